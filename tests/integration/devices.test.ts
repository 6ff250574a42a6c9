import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import type { Device, DeviceEnrolment, Enrolled } from '../../shared/schemas/device.ts';
import { engines, freshApp } from '../support/engines.ts';
import { tokenOf } from '../support/visitor.ts';

const MINUTE = 60_000;

describe.each(engines())('devices on %s', (engine) => {
  let app: App;
  let now = Date.UTC(2026, 10, 22, 1);
  let unit: number;
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => now });
    unit = await makeUnit('Rinjani 1');
  });
  afterAll(() => app?.close());

  async function makeUnit(callsign: string): Promise<number> {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign, organisation: 'ronda', homeArea: '52.71.01' },
    });
    return answer.json<{ id: number }>().id;
  }

  const post = (url: string, payload: object, headers = {}) =>
    app.http.inject({ method: 'POST', url, payload, headers: { ...headers } });
  const addDevice = async (of = unit, label = 'HP piket') =>
    (await post(`/api/units/${of}/devices`, { label })).json<DeviceEnrolment>();
  /** The phone opens the link: nobody is signed in there. */
  const open = (link: string) =>
    app.http.inject({ method: 'POST', url: '/api/enrol', headers: { cookie: '' }, payload: { token: tokenOf(link) } });
  /** What the phone then sends, as OsmAnd fills in its address. */
  const send = (osmandUrl: string, values: (string | number)[]) => {
    const url = new URL(osmandUrl.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? '')));
    return app.http.inject({ url: url.pathname + url.search, headers: { cookie: '' } });
  };
  const place = async (id = unit) =>
    (await app.http.inject(`/api/units/${id}`)).json<{ position: { lon: number; lat: number; speed: number } | null }>()
      .position;

  test('a link enrols a phone once, and its OsmAnd address moves the unit', async () => {
    const { device, enrolment } = await addDevice();
    expect(device).toMatchObject({ unitId: unit, callsign: 'Rinjani 1', label: 'HP piket', enrolledAt: null });
    expect(device.linkUntil).toBe(enrolment.expiresAt);
    expect(Date.parse(enrolment.expiresAt) - now).toBe(30 * MINUTE);
    const answer = await open(enrolment.link);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const enrolled = answer.json<Enrolled>();
    expect(Buffer.from(enrolled.token, 'base64url')).toHaveLength(20);
    expect(enrolled).toMatchObject({
      label: 'HP piket',
      unit: { id: unit, callsign: 'Rinjani 1', organisation: 'ronda' },
    });
    expect((await send(enrolled.osmandUrl, [-8.58, 116.1, now - 1_000, 1, 20, 1.5, 90])).statusCode).toBe(200);
    expect(await place()).toMatchObject({ lon: 116.1, lat: -8.58, speed: 1.5 });

    expect((await open(enrolment.link)).json()).toMatchObject({ code: 'not_found' });
    const [listed] = (await app.http.inject(`/api/units/${unit}/devices`)).json<{ devices: Device[] }>().devices;
    expect(listed).toMatchObject({ enrolledAt: new Date(now).toISOString(), linkUntil: null, revokedAt: null });
    // The token is nowhere but in that one answer.
    const { rows } = await app.database.pool.query(
      `SELECT (SELECT json_agg(d)::text FROM device d) || (SELECT json_agg(e)::text FROM enrolment e) || (SELECT json_agg(a)::text FROM audit a) AS text`,
    );
    expect(rows[0].text).not.toContain(enrolled.token);
    expect(rows[0].text).not.toContain(tokenOf(enrolment.link));
  });

  test('Traccar Client sends with the settings of its code', async () => {
    const { enrolment } = await addDevice(unit, 'HP Traccar');
    const { token, traccarClient } = (await open(enrolment.link)).json<Enrolled>();
    const code = new URL(traccarClient.code);
    expect(traccarClient.code.split('?')[0]).toBe(traccarClient.url);
    expect(code.searchParams.get('id')).toBe(token);
    const link = new URL(traccarClient.link);
    expect(link.protocol).toBe('org.traccar.client:');
    expect(link.searchParams.get('url')).toBe(traccarClient.url);
    now += 10_000;
    const answer = await post(
      code.pathname,
      {
        device_id: link.searchParams.get('id'),
        location: { timestamp: new Date(now).toISOString(), coords: { latitude: -8.59, longitude: 116.2, speed: 2 } },
      },
      { cookie: '' },
    );
    expect(answer.statusCode).toBe(200);
    expect(await place()).toMatchObject({ lon: 116.2, speed: 2 });
  });

  test('the batch door knows a device by its token', async () => {
    const { device, enrolment } = await addDevice(unit, 'HP batch');
    const { token } = (await open(enrolment.link)).json<Enrolled>();
    now += 10_000;
    const fixes = [token, device.identifier].map((name) => ({ device: name, time: now, lon: 116.3, lat: -8.5 }));
    const answer = await post('/api/ingest/positions', { fixes }, { cookie: '' });
    expect(answer.json()).toEqual({ verdicts: [{ verdict: 'stored' }, { verdict: 'unknown_device' }] });
    // A gateway with a bearer token names devices; a token is no name.
    const gateway = await post('/api/ingest/positions', { fixes });
    expect(gateway.json()).toEqual({ verdicts: [{ verdict: 'unknown_device' }, { verdict: 'duplicate' }] });
  });

  test('an identifier is no credential', async () => {
    const { device } = await addDevice();
    const url = `/api/ingest/osmand?id=${device.identifier}&lat=-8&lon=116`;
    expect((await app.http.inject({ url, headers: { cookie: '' } })).json()).toMatchObject({ code: 'unknown_device' });
  });

  test('a revoked device is refused at once, by token and by name; a new link enrols it again', async () => {
    const { device, enrolment } = await addDevice(unit, 'HP hilang');
    const first = (await open(enrolment.link)).json<Enrolled>();
    const sendNow = ({ osmandUrl }: Enrolled) => {
      now += 1_000;
      return send(osmandUrl, [-8.58, 116.1, now, 1, 20, 1.5, 90]);
    };
    expect((await sendNow(first)).statusCode).toBe(200);
    const waiting = (await post(`/api/devices/${device.id}/enrolment`, {})).json<DeviceEnrolment>();
    // Until somebody opens the new link, the phone goes on.
    expect((await sendNow(first)).statusCode).toBe(200);
    const revoked = await app.http.inject({ method: 'DELETE', url: `/api/devices/${device.id}` });
    expect(revoked.statusCode).toBe(204);
    expect((await sendNow(first)).statusCode).toBe(404);
    expect((await app.http.inject(`/api/ingest/osmand?id=${device.identifier}&lat=-8&lon=116`)).statusCode).toBe(404);
    expect((await open(waiting.enrolment.link)).statusCode).toBe(404);

    const again = (await post(`/api/devices/${device.id}/enrolment`, {})).json<DeviceEnrolment>();
    const second = (await open(again.enrolment.link)).json<Enrolled>();
    expect((await sendNow(second)).statusCode).toBe(200);
    expect((await sendNow(first)).statusCode).toBe(404);
  });

  test('a link is over after half an hour, and a newer one makes it void', async () => {
    const { device, enrolment } = await addDevice(unit, 'HP telat');
    const newer = (await post(`/api/devices/${device.id}/enrolment`, {})).json<DeviceEnrolment>();
    expect((await open(enrolment.link)).statusCode).toBe(404);
    now += 30 * MINUTE;
    expect((await open(newer.enrolment.link)).statusCode).toBe(404);
  });

  test('of two phones that open a link at once, one is enrolled', async () => {
    const { enrolment } = await addDevice(unit, 'HP kembar');
    const answers = await Promise.all([1, 2, 3].map(() => open(enrolment.link)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404, 404]);
  });

  test('wrong links are not tried without end', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 7; round++) {
      const answer = await app.http.inject({
        method: 'POST',
        url: '/api/enrol',
        remoteAddress: '192.0.2.99',
        headers: { cookie: '' },
        payload: { token: `wrong-${round}` },
      });
      statuses.push(answer.statusCode);
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429]);
  });

  test('devices are renamed, and what was done is in the audit log', async () => {
    const { device } = await addDevice(unit, 'HP lama');
    const renamed = await app.http.inject({
      method: 'PATCH',
      url: `/api/devices/${device.id}`,
      payload: { label: 'HP baru' },
    });
    expect(renamed.json()).toMatchObject({ id: device.id, label: 'HP baru' });
    const missing = await app.http.inject({
      method: 'PATCH',
      url: `/api/devices/${device.id}`,
      payload: { accountId: 99 },
    });
    expect(missing.json()).toMatchObject({ code: 'unprocessable', details: [{ field: 'body.accountId' }] });
    const { entries } = (await app.http.inject('/api/audit?action=device')).json<{
      entries: { action: string; subject: string }[];
    }>();
    expect(entries[0]).toMatchObject({ action: 'device.changed', subject: `device:${device.id}` });
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set(['device.link-created', 'device.enrolled', 'device.changed', 'device.revoked']),
    );
  });

  test('what is not there is said so', async () => {
    expect((await app.http.inject('/api/units/9999/devices')).json()).toMatchObject({ code: 'not_found' });
    expect((await post('/api/devices/9999/enrolment', {})).json()).toMatchObject({ code: 'not_found' });
    expect((await app.http.inject({ url: '/api/devices', headers: { cookie: '' } })).statusCode).toBe(401);
  });
});
