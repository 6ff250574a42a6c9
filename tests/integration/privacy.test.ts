import type { Kysely } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as removedTitles from '../../data/migrations/2026-11-22-zr-a-removed-titles.ts';
import type { App } from '../../server/app.ts';
import { latestPositions } from '../../server/live/queries.ts';
import type { RetentionRules } from '../../server/privacy/retention.ts';
import { applyRetention } from '../../server/privacy/retention.ts';
import type { MyData } from '../../shared/schemas/my-data.ts';
import type { UnitDetail } from '../../shared/schemas/unit.ts';
import { engines, freshApp } from '../support/engines.ts';
import { enrolPhone, type Phone, sendBatch, sendFix } from '../support/phones.ts';
import { signInAs } from '../support/towns.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(engines())('privacy on %s', (engine) => {
  let app: App;
  let now = Math.ceil(Date.now() / MINUTE) * MINUTE;
  let everything: number;
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => now });
    const row = await app.database.db
      .selectFrom('jurisdiction')
      .select('id')
      .where('everything', '=', true)
      .executeTakeFirstOrThrow();
    everything = row.id;
  });
  afterAll(() => app?.close());

  async function makeUnit(callsign: string): Promise<number> {
    const payload = { callsign, organisation: 'ronda', homeArea: '52.71.01' };
    return (await app.http.inject({ method: 'POST', url: '/api/units', payload })).json<{ id: number }>().id;
  }
  const detail = async (unit: number) => (await app.http.inject(`/api/units/${unit}`)).json<UnitDetail>();
  const read = <Body>(url: string, headers: Record<string, string>) =>
    app.http.inject({ url, headers }).then((answer) => answer.json<Body>());
  /** The tables in whose texts, however they are kept, a word stands. */
  const tablesWith = async (word: string) => {
    const { rows } = await app.database.pool.query<{ table: string; column: string }>(
      `SELECT relname AS "table", attname AS "column" FROM pg_attribute
       JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
       WHERE nspname = 'public' AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND (
         atttypid IN ('text'::regtype, 'varchar'::regtype, 'json'::regtype, 'jsonb'::regtype, 'text[]'::regtype))`,
    );
    const found = new Set<string>();
    for (const { table, column } of rows) {
      const { rowCount } = await app.database.pool.query(
        `SELECT FROM "${table}" WHERE "${column}"::text ILIKE $1 LIMIT 1`,
        [`%${word}%`],
      );
      if (rowCount) found.add(table);
    }
    return [...found].sort();
  };
  const count = async (unit: number) => {
    const { rows } = await app.database.pool.query('SELECT count(*)::int AS count FROM position WHERE unit_id = $1', [
      unit,
    ]);
    return rows[0].count as number;
  };

  describe('Data saya', () => {
    let unit: number;
    let phone: Phone;
    let colleague: Phone;
    let headers: Record<string, string>;
    beforeAll(async () => {
      unit = await makeUnit('Ronda Sari');
      headers = await signInAs(app, { role: 'viewer', jurisdiction: everything });
      const account = (await read<MyData>('/api/me/data', headers)).account.id;
      phone = await enrolPhone(app, unit, { label: 'HP Sari', accountId: account });
      colleague = await enrolPhone(app, unit, { label: 'HP regu' });
      await sendBatch(app, phone.token, [now - 2 * DAY, now - HOUR, now]);
      await sendBatch(app, colleague.token, [now - HOUR]);
    });

    test('shows what is kept of whoever asks, and of nobody else', async () => {
      const data = await read<MyData>('/api/me/data', headers);
      const until = new Date(now + 12 * HOUR).toISOString();
      const duty = { callsign: 'Ronda Sari', homeArea: '52.71.01', on: true, since: null, until };
      expect(data.units).toEqual([{ id: unit, callsign: 'Ronda Sari', devices: 1, positions: 3, duty }]);
      const lastSeenAt = new Date(now).toISOString();
      expect(data.devices).toMatchObject([{ id: phone.deviceId, label: 'HP Sari', lastSeenAt }]);
      // Also what others did with his device, and nothing of a colleague's.
      const subjects = data.audit.map(({ subject }) => subject);
      expect(subjects).toContain(`device:${phone.deviceId}`);
      expect(subjects).not.toContain(`device:${colleague.deviceId}`);
      expect(data.retentionDays).toBe(30);
      expect(data.grants).toMatchObject([{ role: 'viewer' }]);
      expect(data.sessions).toHaveLength(1);
      const other = await signInAs(app, { role: 'viewer', jurisdiction: everything });
      expect(await read('/api/me/data', other)).toMatchObject({ units: [], devices: [] });
      expect((await app.http.inject('/api/me/data')).json()).toMatchObject({ code: 'forbidden' });
      expect((await app.http.inject({ url: '/api/me/data', headers: { cookie: '' } })).statusCode).toBe(401);
    });

    test('is taken along as a file', async () => {
      const answer = await app.http.inject({ url: '/api/me/data/export', headers });
      expect(answer.headers['content-disposition']).toContain('attachment');
      const file = answer.json<MyData & { positions: { time: number }[] }>();
      expect(file.positions.map(({ time }) => time)).toEqual([now - 2 * DAY, now - HOUR, now]);
      expect(answer.body).not.toContain(phone.token);
      expect((await read<MyData>('/api/me/data', headers)).audit[0]).toMatchObject({ action: 'me.exported' });
    });

    test('is withdrawn: at once nothing is taken any more, and what was sent is gone', async () => {
      const forgotten: number[] = [];
      app.bus.on('positions.forgotten', (ids) => forgotten.push(...ids));
      const answer = await app.http.inject({ method: 'POST', url: '/api/me/withdraw', headers, payload: {} });
      expect(answer.json()).toEqual({ devices: 1, positions: 3 });
      expect((await sendFix(app, phone.token, now)).statusCode).toBe(404);
      expect(await count(unit)).toBe(1);
      expect(forgotten).toEqual([unit]);
      // A colleague's phone still sends for the unit: it goes on, from the next fix.
      expect(await detail(unit)).toMatchObject({ status: 'available', position: null });
      now += 1_000;
      expect((await sendFix(app, colleague.token, now)).statusCode).toBe(200);
      expect((await detail(unit)).position).toMatchObject({ time: now });
      expect(await read('/api/me/data', headers)).toMatchObject({ units: [{ positions: 0 }] });
      const { entries } = (await app.http.inject('/api/audit?action=consent')).json();
      expect(entries).toMatchObject([{ action: 'consent.withdrawn', detail: { devices: [phone.deviceId] } }]);
    });

    if (engine === 'served')
      test('is withdrawn also while somebody switches the unit’s duty', async () => {
        const { pool } = app.database;
        const own = await makeUnit('Ronda Tini');
        const tini = await signInAs(app, { role: 'viewer', jurisdiction: everything });
        const account = (await read<MyData>('/api/me/data', tini)).account.id;
        await enrolPhone(app, own, { label: 'HP Tini', accountId: account });
        const commander = await pool.connect();
        try {
          await commander.query('BEGIN');
          await commander.query('SELECT FROM unit WHERE id = $1 FOR UPDATE', [own]);
          const withdrawing = app.http.inject({ method: 'POST', url: '/api/me/withdraw', headers: tini, payload: {} });
          const isWaiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          const [answer] = await Promise.all([
            withdrawing,
            vi
              .waitUntil(async () => (await pool.query(isWaiting)).rowCount)
              .then(() => commander.query(`UPDATE unit SET status = 'busy' WHERE id = $1`, [own]))
              .then(() => commander.query('COMMIT')),
          ]);
          expect(answer.statusCode, answer.body).toBe(200);
        } finally {
          commander.release();
        }
        expect(await detail(own)).toMatchObject({ status: 'off_duty' });
      });

    test('a unit that nothing sends for any more is off duty', async () => {
      const alone = await makeUnit('Ronda Tunggal');
      const own = await signInAs(app, { role: 'viewer', jurisdiction: everything });
      const { account } = await read<MyData>('/api/me/data', own);
      await enrolPhone(app, alone, { label: 'HP', accountId: account.id });
      await app.http.inject({ method: 'POST', url: '/api/me/withdraw', headers: own, payload: {} });
      expect(await detail(alone)).toMatchObject({ status: 'off_duty' });
    });
  });

  describe('retention', () => {
    const rules: RetentionRules = { retentionDays: 30, thinAfterHours: 48, textRetention: [] };
    const apply = (dryRun: boolean, given = rules, at = now) => applyRetention(app.database.db, given, at, { dryRun });

    test('leaves one fix a minute of what is older, and each with an alarm; a dry run only counts', async () => {
      const unit = await makeUnit('Ronda Lama');
      const phone = await enrolPhone(app, unit);
      const old = Math.floor((now - 5 * DAY) / MINUTE) * MINUTE;
      await sendBatch(
        app,
        phone.token,
        Array.from({ length: 180 }, (_, second) => old + second * 1_000),
      );
      const url = `/api/ingest/osmand?id=${phone.token}&lat=-8.58&lon=116.1&timestamp=${old + 500}&alarm=sos`;
      await app.http.inject({ url, headers: { cookie: '' } });
      const recent = Array.from({ length: 60 }, (_, second) => now - HOUR + second * 1_000);
      await sendBatch(app, phone.token, recent);
      expect(await apply(true)).toMatchObject({ thinned: 177, dropped: 0 });
      expect(await count(unit)).toBe(241);
      expect(await apply(false)).toMatchObject({ thinned: 177 });
      expect(await count(unit)).toBe(64);
      expect(await apply(false)).toMatchObject({ thinned: 0, withdrawn: 0 });
    });

    test('drops whole days that are over, and where units were last', async () => {
      const silent = await makeUnit('Ronda Sunyi');
      await sendFix(app, (await enrolPhone(app, silent)).token, now);
      const before = await apply(true, rules, now + 40 * DAY);
      expect(before.dropped).toBeGreaterThan(60);
      expect(before.places).toBeGreaterThan(0);
      const forgotten: number[] = [];
      const later = { dryRun: false, onForgotten: (units: number[]) => forgotten.push(...units) };
      await applyRetention(app.database.db, rules, now + 30 * DAY, later);
      expect(forgotten).not.toContain(silent);
      expect((await detail(silent)).position).not.toBeNull();
      await applyRetention(app.database.db, rules, now + 40 * DAY, later);
      expect(forgotten).toContain(silent);
      expect((await detail(silent)).position).toBeNull();
      expect((await apply(true, rules, now + 40 * DAY)).places).toBe(0);
      const { rows } = await app.database.pool.query('SELECT count(*)::int AS count FROM position');
      expect(rows[0].count).toBe(0);
    });

    test('removes the texts of closed incidents by category, and what their history says of them', async () => {
      const report = async (category: string, status: string | undefined, days: number) => {
        const id = uuidv7();
        const word = `RAHASIA-${category}-${status}-${days}`;
        const payload = {
          id,
          category,
          severity: 'low',
          source: 'radio',
          title: `${word} judul`,
          description: `${word} uraian`,
          place: `${word} tempat`,
          occurredAt: new Date(now - days * DAY).toISOString(),
          location: { lon: 116.1, lat: -8.58 },
        };
        const created = await app.http.inject({ method: 'POST', url: '/api/incidents', payload });
        expect(created.statusCode, created.body).toBe(201);
        if (status) {
          const closed = await app.http.inject({
            method: 'PATCH',
            // However an id is spelt.
            url: `/api/incidents/${id.toUpperCase()}`,
            headers: { 'if-match': '"1"' },
            payload: { status, title: `${word} judul baru`, note: `${word} catatan` },
          });
          expect(closed.statusCode, closed.body).toBe(200);
        }
        return id;
      };
      const over = await report('kamtibmas', 'resolved', 400);
      const open = await report('kamtibmas', undefined, 400);
      const recent = await report('kamtibmas', 'resolved', 300);
      const other = await report('bencana', 'resolved', 400);
      const texts = {
        ...rules,
        textRetention: [
          { category: 'kamtibmas' as const, days: 365 },
          { category: undefined, days: 730 },
        ],
      };
      expect((await apply(true, texts)).texts).toBe(1);
      expect((await apply(false, texts)).texts).toBe(1);
      expect((await apply(false, texts)).texts).toBe(0);
      const text = async (id: string) =>
        (await app.http.inject(`/api/incidents/${id}`)).body + (await app.http.inject(`/api/incidents/${id}/log`)).body;
      expect(await text(over)).not.toContain('RAHASIA');
      for (const id of [open, recent, other]) expect(await text(id)).toContain('RAHASIA');
      // Nor does anything else in the database keep it; what is kept of the others shows that it would be found.
      expect(await tablesWith('RAHASIA-kamtibmas-resolved-400')).toEqual([]);
      // As an earlier release left it.
      const { pool, db } = app.database;
      const leave = `UPDATE event SET data = jsonb_set(data, '{title}', '"RAHASIA lama"'), subject = upper(subject) WHERE subject = $1`;
      expect((await pool.query(leave, [over])).rowCount).toBe(2);
      expect(await tablesWith('RAHASIA lama')).toEqual(['event']);
      await removedTitles.up(db as unknown as Kysely<unknown>);
      expect(await tablesWith('RAHASIA lama')).toEqual([]);
      expect(await tablesWith('RAHASIA-kamtibmas-resolved-300')).toEqual(['event', 'incident', 'incident_log']);
    });
  });

  test('the ends of a trail, which lead home, are not for those who only look', async () => {
    const unit = await makeUnit('Ronda Pulang');
    const phone = await enrolPhone(app, unit);
    const step = 0.001;
    for (let minute = 0; minute <= 10; minute++) {
      await sendFix(app, phone.token, now - (20 - minute) * MINUTE, [116 + minute * step, -8.5]);
    }
    const trail = async (role: 'viewer' | 'dispatcher') => {
      const headers = await signInAs(app, { role, jurisdiction: everything });
      return (await read<{ points: number[][] }>(`/api/units/${unit}/trail`, headers)).points.map(([lon]) => lon);
    };
    expect(await trail('dispatcher')).toHaveLength(11);
    expect(await trail('viewer')).toHaveLength(9);
    await app.http.inject({ method: 'PATCH', url: `/api/units/${unit}`, payload: { status: 'off_duty' } });
    expect(await trail('viewer')).toHaveLength(7);
    expect(Math.min(...((await trail('viewer')) as number[]))).toBeCloseTo(116 + 2 * step);
  });

  test('where a unit is off duty, or was before its duty, is not for those who only look', async () => {
    const unit = await makeUnit('Ronda Rumah');
    const phone = await enrolPhone(app, unit);
    await sendFix(app, phone.token, now, [116.05, -8.55]);
    const patch = (payload: object) => app.http.inject({ method: 'PATCH', url: `/api/units/${unit}`, payload });
    const headers = {
      viewer: await signInAs(app, { role: 'viewer', jurisdiction: everything }),
      dispatcher: await signInAs(app, { role: 'dispatcher', jurisdiction: everything }),
    };
    const told = async (role: 'viewer' | 'dispatcher') => {
      const { position, positionHidden } = await read<UnitDetail>(`/api/units/${unit}`, headers[role]);
      return [position && [position.lon, position.lat], positionHidden];
    };
    const inWorld = async () => (await latestPositions(app.database.db)).some(({ unitId }) => unitId === unit);
    const home = [[116.05, -8.55], false];
    expect([await told('viewer'), await told('dispatcher')]).toEqual([home, home]);
    expect(await inWorld()).toBe(true);
    await patch({ status: 'off_duty' });
    expect([await told('viewer'), await told('dispatcher')]).toEqual([[null, true], home]);
    for (const url of ['/api/units', `/api/units/${unit}`, `/api/units/${unit}/trail`]) {
      expect((await app.http.inject({ url, headers: headers.viewer })).body).not.toContain('116.05');
    }
    now += 10 * MINUTE;
    await patch({ status: 'available' });
    expect([await told('viewer'), await told('dispatcher')]).toEqual([[null, false], home]);
    expect(await inWorld()).toBe(false);
    await sendFix(app, phone.token, now, [116.06, -8.55]);
    const there = [[116.06, -8.55], false];
    expect([await told('viewer'), await told('dispatcher')]).toEqual([there, there]);
    expect(await inWorld()).toBe(true);
    // The end counts on the minute, also while nobody has taken it off duty yet.
    await patch({ dutyUntil: new Date(now + MINUTE).toISOString() });
    expect(await told('viewer')).toEqual(there);
    now += MINUTE;
    expect(await told('viewer')).toEqual([null, true]);
  });

  test('who writes somebody’s NIK or number is warned, and not hindered', async () => {
    const payload = {
      id: uuidv7(),
      category: 'lainnya',
      severity: 'low',
      source: 'radio',
      title: 'Laporan warga 5271010101900001',
      description: 'Hubungi 0812-3456-7890',
      occurredAt: new Date(now).toISOString(),
      location: { lon: 116.1, lat: -8.58 },
    };
    const created = await app.http.inject({ method: 'POST', url: '/api/incidents', payload });
    expect(created.statusCode).toBe(201);
    expect(created.json().warnings.map(({ field }: { field: string }) => field)).toEqual([
      'body.title',
      'body.description',
    ]);
    const patch = (body: object) =>
      app.http.inject({
        method: 'PATCH',
        url: `/api/incidents/${payload.id}`,
        headers: { 'if-match': '"1"' },
        payload: body,
      });
    expect((await patch({ title: 'Laporan warga' })).json().warnings).toBeUndefined();
  });
});
