import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { appendAudit, auditHead, recordAudit, verifyAudit } from '../../../server/access/audit.queries.ts';
import { hashOf } from '../../../server/access/audit.ts';
import { noteHead, readNote } from '../../../server/access/audit-note.ts';
import type { App } from '../../../server/app.ts';
import type { Db } from '../../../server/database/connection.ts';
import { engines, freshApp } from '../../support/engines.ts';

/** One entry of every kind that is written, with details of every shape. */
const KINDS: [action: string, detail: Record<string, unknown>][] = [
  ['link.created', { kind: 'setup' }],
  ['session.created', { way: 'password', kind: 'browser', address: '192.0.2.1' }],
  ['session.refused', { what: 'password', address: '::1' }],
  ['session.paused', { what: 'totp', address: '192.0.2.1' }],
  ['session.stepped-up', { way: 'passkey' }],
  ['session.ended', { sessionsEnded: 3 }],
  ['password.set', { by: 'owner', sessionsEnded: 0 }],
  ['totp.set', {}],
  ['totp.removed', {}],
  ['passkey.added', { label: 'Kunci “biru” 🔑 \\ "' }],
  ['passkey.removed', {}],
  ['oidc.bound', { issuer: 'https://sso.polri.example' }],
  ['account.created', { username: 'siti' }],
  ['account.renamed', {}],
  ['account.disabled', {}],
  ['account.enabled', {}],
  ['grant.created', { accountId: 1, role: 'viewer', jurisdictionId: 2, validTo: null, reason: '' }],
  ['grant.revoked', { accountId: 1, role: 'viewer', jurisdictionId: 2 }],
  ['break-glass.opened', { reason: 'gempa', minutes: 30 }],
  ['jurisdiction.created', { areas: ['52.71', '52.08'], polygons: 1, everything: false }],
  ['jurisdiction.changed', { nested: { b: 1.5, a: [1e21, -0.25, null, { z: true }] } }],
  ['jurisdiction.removed', {}],
  ['unit.created', { callsign: 'Rinjani 1', organisation: 'polri', status: 'available', homeArea: null }],
  ['unit.changed', { status: 'off_duty', dutyUntil: null }],
  ['audit.accepted', { before: null }],
];

describe.each(engines())('the audit log (%s)', (engine) => {
  let app: App;
  let db: Db;
  const begin = Date.parse('2026-11-22T08:00:00.123Z');

  beforeAll(async () => {
    app = await freshApp(engine);
    db = app.database.db;
    for (const [index, [action, detail]] of KINDS.entries()) {
      await recordAudit(db, {
        at: new Date(begin + index),
        actor: 'siti',
        action,
        subject: `account:${index}`,
        detail,
      });
    }
  });
  afterAll(() => app?.close());

  /** What is found after a change that is then taken back. */
  async function faultsAfter(change: (trx: Db) => Promise<unknown>, note?: Parameters<typeof verifyAudit>[1]) {
    let found: Awaited<ReturnType<typeof verifyAudit>>['faults'] = [];
    await db
      .transaction()
      .execute(async (trx) => {
        await change(trx);
        found = (await verifyAudit(trx, note)).faults;
        throw new Error('taken back');
      })
      .catch((error: Error) => {
        if (error.message !== 'taken back') throw error;
      });
    return found;
  }

  test('S15: as written, it is whole', async () => {
    const { entries, faults, head } = await verifyAudit(db);
    expect(faults).toEqual([]);
    expect(entries).toBe(KINDS.length);
    expect(head).toEqual(await auditHead(db));
  });

  test('S15: an edit of any field of any kind of entry is found', async () => {
    const edits = [
      sql`at = at + interval '1 millisecond'`,
      sql`at = at + interval '1 microsecond'`,
      sql`actor = 'budi'`,
      sql`action = action || 'x'`,
      sql`subject = ''`,
      sql`detail = detail || '{"more": 1}'`,
      sql`previous = repeat('0', 64)`,
      sql`hash = repeat('0', 64)`,
    ];
    let mutations = 0;
    for (let seq = 1; seq <= KINDS.length; seq++) {
      for (const edit of edits) {
        const faults = await faultsAfter((trx) => sql`UPDATE audit SET ${edit} WHERE seq = ${seq}`.execute(trx));
        expect(faults.map((fault) => fault.seq)).toContain(seq);
        mutations++;
      }
    }
    console.log(`S15 (${engine}): ${mutations} edits of ${KINDS.length} kinds of entries, ${mutations} found`);
  });

  test('S15: entries taken out, put in, moved and cut off are found, wherever they stand', async () => {
    const last = KINDS.length;
    for (let seq = 1; seq <= last; seq++) {
      const faults = await faultsAfter((trx) => sql`DELETE FROM audit WHERE seq = ${seq}`.execute(trx));
      expect(faults, `without ${seq}`).not.toEqual([]);
      // Closing the gap does not help.
      const closed = await faultsAfter(async (trx) => {
        await sql`DELETE FROM audit WHERE seq = ${seq}`.execute(trx);
        for (let at = seq + 1; at <= last; at++)
          await sql`UPDATE audit SET seq = ${at - 1} WHERE seq = ${at}`.execute(trx);
        await sql`UPDATE audit_head SET seq = ${last - 1}`.execute(trx);
      });
      expect(closed, `closed over ${seq}`).not.toEqual([]);
    }
    for (let seq = 1; seq < last; seq++) {
      const faults = await faultsAfter(async (trx) => {
        await sql`UPDATE audit SET seq = -1 WHERE seq = ${seq}`.execute(trx);
        await sql`UPDATE audit SET seq = ${seq} WHERE seq = ${seq + 1}`.execute(trx);
        await sql`UPDATE audit SET seq = ${seq + 1} WHERE seq = -1`.execute(trx);
      });
      expect(faults, `${seq} and ${seq + 1} exchanged`).not.toEqual([]);
    }
    const copy = (seq: number) =>
      sql`INSERT INTO audit SELECT ${seq}, at, actor, action, subject, detail, previous, hash FROM audit WHERE seq = 1`;
    expect(await faultsAfter((trx) => copy(last + 1).execute(trx))).not.toEqual([]);
    expect(await faultsAfter((trx) => copy(0).execute(trx))).not.toEqual([]);
    expect(await faultsAfter((trx) => sql`DELETE FROM audit WHERE seq > ${last - 2}`.execute(trx))).not.toEqual([]);
    expect(await faultsAfter((trx) => sql`DELETE FROM audit`.execute(trx))).not.toEqual([]);
    expect(await faultsAfter((trx) => sql`DELETE FROM audit_head`.execute(trx))).not.toEqual([]);
    expect((await verifyAudit(db)).faults).toEqual([]);
  });

  test('S15: an end cut off together with its note in the database, and a chain made anew, are found by the note outside', async () => {
    const dataDir = mkdtempSync(join(inject('scratch'), 'note-'));
    expect(await noteHead(db, dataDir, new Date(begin))).toBe(true);
    const note = readNote(dataDir);
    expect(note).toMatchObject(await auditHead(db));
    const last = KINDS.length;
    const cut = (trx: Db) =>
      sql`WITH gone AS (DELETE FROM audit WHERE seq = ${last})
        UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit WHERE seq = ${last - 1})`.execute(trx);
    expect(await faultsAfter(cut)).toEqual([]);
    expect(await faultsAfter(cut, note)).toMatchObject([{ seq: last, problem: expect.stringContaining('cut off') }]);

    const remake = async (trx: Db) => {
      let previous = '';
      for (const row of await trx.selectFrom('audit').selectAll().orderBy('seq').execute()) {
        const entry = { ...row, seq: Number(row.seq), at: row.at.toISOString(), actor: 'budi', previous };
        previous = hashOf(entry);
        await sql`UPDATE audit SET actor = 'budi', previous = ${entry.previous}, hash = ${previous} WHERE seq = ${row.seq}`.execute(
          trx,
        );
      }
      await sql`UPDATE audit_head SET hash = ${previous}`.execute(trx);
    };
    expect(await faultsAfter(remake)).toEqual([]);
    expect(await faultsAfter(remake, note)).toHaveLength(1);
    // The note is not written over a log that does not contain it.
    await faultsAfter(async (trx) => {
      await cut(trx);
      expect(await noteHead(trx, dataDir, new Date(begin))).toBe(false);
    });
    expect(readNote(dataDir)).toEqual(note);
  });

  test('appending at once from many sides makes one chain', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        recordAudit(db, { at: new Date(begin), actor: `a${n}`, action: 'session.created' }),
      ),
    );
    expect((await verifyAudit(db)).faults).toEqual([]);
    await expect(
      db.transaction().execute(async (trx) => {
        await appendAudit(trx, { at: new Date(begin), actor: 'x', action: 'session.created' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    const { entries, faults } = await verifyAudit(db);
    expect({ entries, faults }).toEqual({ entries: KINDS.length + 20, faults: [] });
  });
});
