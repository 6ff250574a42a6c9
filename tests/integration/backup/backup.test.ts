import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { backup } from '../../../data/backup/backup.ts';
import { BackupError } from '../../../data/backup/format.ts';
import { restore } from '../../../data/backup/restore.ts';
import { Terminal } from '../../../data/importers/terminal.ts';
import type { App } from '../../../server/app.ts';
import { openDatabase } from '../../../server/database/connection.ts';
import { emptyConfig, engines, freshConfig, openApp } from '../../support/engines.ts';
import { signInAs, twoTowns } from '../../support/towns.ts';

const quiet = new Terminal({ write: () => {} });

describe.each(engines())('R14: a backup of %s', (engine) => {
  let app: App;
  let file: string;
  beforeAll(async () => {
    app = await openApp(await freshConfig(engine));
    const { jurisdictions } = await twoTowns(app);
    await signInAs(app, { role: 'commander', jurisdiction: jurisdictions.polygon });
    const { db } = app.database;
    await sql`INSERT INTO passkey (credential_id, account_id, public_key, label, transports)
      SELECT 'k', id, '\\x00ff', 'kunci "a", {b}', '{usb,"n,fc"}' FROM account LIMIT 1`.execute(db);
    const device = { device: 'MILIK5271-hp', lon: 116.1, lat: -8.55, speed: 1 / 3 };
    const fixes = Array.from({ length: 1000 }, (_, n) => ({ ...device, time: Date.now() - n * 170_000 }));
    await app.http.inject({ method: 'POST', url: '/api/ingest/positions', payload: { fixes } });
    file = join(mkdtempSync(join(inject('scratch'), 'backup-')), 'ronda.backup');
  });
  afterAll(() => app?.close());

  test.each(engines())('R14: comes back on %s with the same counts and digests', async (target) => {
    const totals = await backup(app.database.db, app.database.kind, file, quiet);
    expect(totals).toMatchObject({
      incident: { rows: 2 },
      account: { rows: 1 },
      passkey: { rows: 1 },
      area: { rows: 3 },
      plan: { rows: 2 },
      plan_edit: { rows: 2 },
      plan_version: { rows: 2 },
    });
    expect(totals.position?.rows).toBeGreaterThan(900);
    const config = await emptyConfig(target);
    const empty = await openDatabase(config);
    expect(await restore(empty.db, file, quiet)).toEqual(totals);
    await expect(restore(empty.db, file, quiet)).rejects.toThrow(/already holds data/);
    await empty.close();
    const restored = await openApp(config);
    const lists = [
      '/api/incidents',
      '/api/units',
      '/api/places',
      '/api/areas?q=kota',
      '/api/quarantine',
      '/api/jurisdictions',
      '/api/plans',
    ];
    for (const url of lists) {
      const [before, after] = [await app.http.inject(url), await restored.http.inject(url)];
      expect([url, after.statusCode, after.json()]).toEqual([url, 200, before.json()]);
    }
    const unit = { callsign: 'BARU', organisation: 'polri' };
    const added = await restored.http.inject({ method: 'POST', url: '/api/units', payload: unit });
    expect(added.statusCode, added.body).toBe(201);
    await restored.close();
  });

  test('R14: is taken beside a running server and has all that was acknowledged before', async () => {
    let running = true;
    let sent = 0;
    const device = 'MILIK5271-hp';
    const writer = (async () => {
      while (running) {
        const fixes = Array.from({ length: 50 }, (_, n) => ({
          device,
          lon: 116.1,
          lat: -8.5,
          time: Date.now() - n - sent++,
        }));
        await app.http.inject({ method: 'POST', url: '/api/ingest/positions', payload: { fixes } });
        const unit = { callsign: `U${sent}`, organisation: 'polri', devices: [`hp-${sent}`] };
        await app.http.inject({ method: 'POST', url: '/api/units', payload: unit });
      }
    })();
    const { db, kind } = app.database;
    const before = await db.selectFrom('position').select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow();
    const totals = await backup(db, kind, file, quiet);
    running = false;
    await writer;
    expect(totals.position?.rows).toBeGreaterThanOrEqual(before.n);
    const empty = await openDatabase(await freshConfig(engine));
    expect(await restore(empty.db, file, quiet)).toEqual(totals);
    await empty.close();
  });

  test('R14: has imported incidents, and nothing of an import that is not finished', async () => {
    const { db, kind } = app.database;
    const hidden = async (published: boolean, title: string) => {
      const word = `%${title}%`;
      await sql`WITH import AS (INSERT INTO incident_import (file_name, source, owner, published_at)
          VALUES ('a.csv', ${title}, 'nobody', CASE WHEN ${published} THEN now() END) RETURNING id)
        UPDATE incident SET import_id = import.id FROM import WHERE title LIKE ${word}`.execute(db);
    };
    await hidden(true, 'MILIK5271');
    await hidden(false, 'RAHASIA5208');
    const totals = await backup(db, kind, file, quiet);
    await sql`UPDATE incident SET import_id = NULL`.execute(db);
    await sql`DELETE FROM incident_import`.execute(db);
    expect(totals).toMatchObject({ incident: { rows: 1 }, incident_log: { rows: 1 }, incident_import: { rows: 1 } });
    const empty = await openDatabase(await freshConfig(engine));
    expect(await restore(empty.db, file, quiet)).toEqual(totals);
    const { rows } = await sql`SELECT title, i.source FROM incident JOIN incident_import i ON i.id = import_id`.execute(
      empty.db,
    );
    expect(rows).toEqual([{ title: 'MILIK5271 laporan', source: 'MILIK5271' }]);
    await empty.close();
  });

  test('R14: what is damaged, foreign or newer is refused, and nothing of it stored', async () => {
    await backup(app.database.db, app.database.kind, file, quiet);
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString();
    const bad = (content: Buffer | string) => {
      const path = `${file}.bad`;
      writeFileSync(path, content);
      return path;
    };
    const empty = await openDatabase(await freshConfig(engine));
    for (const [content, message] of [
      [whole.subarray(0, whole.length - 200), /ends too early/],
      [gzipSync(text.slice(0, text.lastIndexOf('\n', text.length - 2))), /ends too early/],
      [gzipSync(text.replace('MILIK5271 laporan', 'MILIK5271 laporaN')), /table incident.* is not as it was written/],
      [gzipSync(text.replace('"2026-11-21-foundation"', '"2099-01-01-later"')), /newer than this Ronda/],
      ['not a backup', /is not a backup/],
      [gzipSync('{"a":1}\n'), /is not a backup/],
      [gzipSync(''), /is empty/],
    ] as const) {
      const refusal = await restore(empty.db, bad(content), quiet).catch((error: unknown) => error);
      expect(refusal, String(message)).toBeInstanceOf(BackupError);
      expect((refusal as BackupError).message).toMatch(message);
    }
    await expect(restore(empty.db, `${file}.none`, quiet)).rejects.toThrow(/cannot be read \(ENOENT\)/);
    // Nothing stands in the way of the right one.
    await restore(empty.db, file, quiet);
    await empty.close();
  });
});
