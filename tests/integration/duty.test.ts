import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { App } from '../../server/app.ts';
import { endDuties } from '../../server/duty/queries.ts';
import type { StoredEvent } from '../../server/events.ts';
import type { Duty } from '../../shared/schemas/duty.ts';
import type { MyData } from '../../shared/schemas/my-data.ts';
import type { UnitDetail } from '../../shared/schemas/unit.ts';
import { engines, freshApp } from '../support/engines.ts';
import { enrolPhone, type Phone, sendBatch, sendFix } from '../support/phones.ts';
import { invite, setUp } from '../support/visitor.ts';

const HOUR = 3_600_000;
const OFF: Duty = { callsign: 'Ronda 3', homeArea: '52.71.01', on: false, since: null, until: null };

describe.each(engines())('duty on %s', (engine) => {
  let app: App;
  let now = Date.UTC(2026, 10, 22, 12);
  let unit: number;
  let phone: Phone;
  const events: StoredEvent[] = [];
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => now });
    app.bus.on('events.appended', (appended) => events.push(...appended));
    unit = await makeUnit('Ronda 3');
    phone = await enrolPhone(app, unit);
  });
  afterAll(() => app?.close());

  async function makeUnit(callsign: string): Promise<number> {
    const payload = { callsign, organisation: 'ronda', homeArea: '52.71.01' };
    return (await app.http.inject({ method: 'POST', url: '/api/units', payload })).json<{ id: number }>().id;
  }
  const detail = async () => (await app.http.inject(`/api/units/${unit}`)).json<UnitDetail>();
  const patch = (payload: object) => app.http.inject({ method: 'PATCH', url: `/api/units/${unit}`, payload });
  const duty = (payload: object, token = phone.token) =>
    app.http.inject({ method: 'POST', url: '/api/duty', headers: { cookie: '' }, payload: { token, ...payload } });
  const discarded = async () => {
    const { discarded: counts } = (await app.http.inject('/api/quarantine')).json<{
      discarded: { unitId: number; count: number }[];
    }>();
    return counts.find(({ unitId }) => unitId === unit)?.count ?? 0;
  };
  const stored = async () => {
    const { rows } = await app.database.pool.query('SELECT count(*)::int AS count FROM position WHERE unit_id = $1', [
      unit,
    ]);
    return rows[0].count as number;
  };

  test('ends by itself: fixes are refused on the minute, then the unit is off, told and written down', async () => {
    const until = new Date(now + HOUR).toISOString();
    expect((await patch({ dutyUntil: until })).statusCode).toBe(200);
    expect(await detail()).toMatchObject({ status: 'available', dutyUntil: until });
    now += HOUR - 1_000;
    await sendFix(app, phone.token, now);
    expect(await stored()).toBe(1);
    now += 1_000;
    expect((await sendFix(app, phone.token, now)).statusCode).toBe(200);
    expect([await stored(), await discarded()]).toEqual([1, 1]);

    // Either the server's own look or this one finds it.
    await vi.waitUntil(async () => {
      app.bus.emit('events.appended', await endDuties(app.database.db, new Date(now)));
      return (await detail()).status === 'off_duty';
    });
    expect(await detail()).toMatchObject({ dutyUntil: null });
    await vi.waitUntil(() => events.some(({ data }) => (data as { status?: string }).status === 'off_duty'));
    const { entries } = (await app.http.inject('/api/audit?action=unit.off-duty')).json();
    expect(entries).toMatchObject([{ actor: 'waktu', subject: `unit:${unit}` }]);
    expect(await endDuties(app.database.db, new Date(now))).toEqual([]);
  });

  test('lasts twelve hours where no other end is named; without an end only by name', async () => {
    const make = async (fields: object) => {
      const payload = { callsign: `Ronda ${JSON.stringify(fields)}`.slice(0, 40), organisation: 'ronda', ...fields };
      const made = await app.http.inject({ method: 'POST', url: '/api/units', payload });
      const { id, ...refused } = made.json();
      return id ? (await app.http.inject(`/api/units/${id}`)).json<UnitDetail>() : refused;
    };
    const [twelve, two] = [12, 2].map((hours) => new Date(now + hours * HOUR).toISOString());
    expect(await make({})).toMatchObject({ status: 'available', dutyUntil: twelve });
    expect(await make({ status: 'busy' })).toMatchObject({ status: 'busy', dutyUntil: twelve });
    expect(await make({ dutyUntil: two })).toMatchObject({ status: 'available', dutyUntil: two });
    expect(await make({ dutyUntil: null })).toMatchObject({ status: 'available', dutyUntil: null });
    const { entries } = (await app.http.inject('/api/audit?action=unit.created')).json();
    expect(entries[0]).toMatchObject({ detail: { dutyUntil: null } });
    expect(await make({ status: 'off_duty', dutyUntil: two })).toMatchObject({ status: 'off_duty', dutyUntil: null });
    expect(await make({ dutyUntil: new Date(now).toISOString() })).toMatchObject({
      code: 'unprocessable',
      details: [{ field: 'body.dutyUntil' }],
    });

    await patch({ status: 'off_duty' });
    await patch({ status: 'available' });
    expect(await detail()).toMatchObject({ status: 'available', dutyUntil: twelve });
    now += HOUR;
    await patch({ status: 'busy' });
    expect(await detail()).toMatchObject({ status: 'busy', dutyUntil: twelve });
    await patch({ dutyUntil: null });
    await patch({ status: 'available' });
    expect(await detail()).toMatchObject({ status: 'available', dutyUntil: null });
    await patch({ status: 'off_duty' });
    await patch({ dutyUntil: new Date(now + HOUR).toISOString() });
    await patch({ status: 'available' });
    expect(await detail()).toMatchObject({ dutyUntil: new Date(now + HOUR).toISOString() });
    await patch({ status: 'off_duty' });
  });

  test('a phone switches its unit on, for twelve hours at most, and off', async () => {
    expect((await duty({})).json()).toEqual(OFF);
    const on = (await duty({ on: true })).json<Duty>();
    expect(on).toEqual({
      ...OFF,
      on: true,
      since: new Date(now).toISOString(),
      until: new Date(now + 12 * HOUR).toISOString(),
    });
    expect(await detail()).toMatchObject({ status: 'available', dutySince: on.since, dutyUntil: on.until });
    const before = await stored();
    await sendFix(app, phone.token, now);
    expect(await stored()).toBe(before + 1);
    expect((await duty({ on: true, until: new Date(now + 13 * HOUR).toISOString() })).json()).toMatchObject({
      code: 'unprocessable',
      details: [{ field: 'body.until' }],
    });
    expect((await duty({ on: true, until: '2026-12-31T23:59:60Z' })).statusCode).toBe(400);
    expect((await duty({ on: false })).json()).toEqual(OFF);
    now += 1_000;
    await sendFix(app, phone.token, now);
    expect(await stored()).toBe(before + 1);
    const { entries } = (await app.http.inject('/api/audit?action=unit')).json();
    expect(entries.slice(0, 2)).toMatchObject([
      { actor: `device:${phone.deviceId}`, action: 'unit.off-duty' },
      { actor: `device:${phone.deviceId}`, action: 'unit.on-duty' },
    ]);
  });

  test('what a phone saw before its duty is not taken, however late it is sent', async () => {
    now += HOUR;
    expect((await duty({ on: true })).statusCode).toBe(200);
    const before = await stored();
    const answer = await sendBatch(app, phone.token, [now - HOUR / 2, now - 60_000, now]);
    expect(answer.json()).toEqual({
      verdicts: [{ verdict: 'discarded', reason: 'off_duty' }, { verdict: 'stored' }, { verdict: 'stored' }],
    });
    expect(await stored()).toBe(before + 2);
  });

  test('a duty that begins before anybody saw the last one end is a new one', async () => {
    for (const begin of [() => duty({ on: true }), () => patch({ dutyUntil: null }), () => patch({ status: 'busy' })]) {
      await duty({ on: true, until: new Date(now + 60_000).toISOString() });
      now += HOUR;
      // The server looks every few seconds: this is one in which it has not yet.
      await app.database.db
        .updateTable('unit')
        .set({ status: 'available', duty_until: new Date(now - HOUR + 60_000) })
        .where('id', '=', unit)
        .execute();
      const answer = await begin();
      expect(answer.statusCode, answer.body).toBe(200);
      expect(await detail()).toMatchObject({ dutySince: new Date(now).toISOString() });
      const batch = await sendBatch(app, phone.token, [now - HOUR / 2, now]);
      expect(batch.json()).toEqual({ verdicts: [{ verdict: 'discarded', reason: 'off_duty' }, { verdict: 'stored' }] });
    }
  });

  test('an end that has gone by is refused; nobody else’s token switches anything', async () => {
    expect((await patch({ dutyUntil: new Date(now - 1).toISOString() })).json()).toMatchObject({
      code: 'unprocessable',
      details: [{ field: 'body.dutyUntil' }],
    });
    expect((await duty({ on: false }, phone.identifier)).json()).toMatchObject({ code: 'unknown_device' });
    expect((await patch({ dutyUntil: null })).statusCode).toBe(200);
    expect(await detail()).toMatchObject({ dutyUntil: null });
  });

  test('a person switches the unit that his own device sends for, from his own page, and no other', async () => {
    const administrator = await setUp(app, now);
    const { visitor, id } = await invite(app, administrator, 'tetangga');
    const own = await makeUnit('Ronda 4');
    const device = await enrolPhone(app, own, { label: 'HP', accountId: id });
    const duty = (payload: object) => visitor.ask<Duty>('POST', '/api/me/duty', payload);
    const mine = async () => (await visitor.ask<MyData>('GET', '/api/me/data')).body.units[0]?.duty;
    expect((await duty({ unitId: own, on: false })).body).toEqual({ ...OFF, callsign: 'Ronda 4' });
    now += 60_000;
    const on = { since: new Date(now).toISOString(), until: new Date(now + 4 * HOUR).toISOString() };
    const { body } = await duty({ unitId: own, on: true, until: on.until });
    expect(body).toEqual({ callsign: 'Ronda 4', homeArea: '52.71.01', on: true, ...on });
    expect(await mine()).toEqual(body);
    const { entries } = (await app.http.inject('/api/audit?action=unit.on-duty')).json();
    expect(entries[0]).toMatchObject({ actor: 'tetangga', subject: `unit:${own}` });

    expect((await duty({ unitId: unit, on: false })).status).toBe(404);
    expect((await duty({ unitId: own, on: true, until: new Date(now + 13 * HOUR).toISOString() })).status).toBe(422);
    await app.http.inject({ method: 'DELETE', url: `/api/devices/${device.deviceId}` });
    expect((await duty({ unitId: own, on: false })).status).toBe(404);
    expect(await mine()).toBeNull();
  });

  test('a switch is no signal', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 25; round++) statuses.push((await duty({})).statusCode);
    expect(statuses.at(-1)).toBe(429);
    now += 10_000;
    expect((await duty({})).statusCode).toBe(200);
  });
});
