import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf } from '../../server/access/principals.ts';
import type { App } from '../../server/app.ts';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import { newAnalysis } from '../support/analysis.ts';
import { engines, freshConfig, openApp } from '../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../support/towns.ts';

const PRETENDED = join(import.meta.dirname, '../support/pretend-chromium.mjs');

describe.each(engines())('pictures of analyses on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let analyst: Record<string, string>;
  beforeAll(async () => {
    app = await openApp(await freshConfig(engine, { chromiumPath: PRETENDED }));
    towns = await twoTowns(app);
    analyst = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    await app.http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => app?.close());

  const audited = async () =>
    (await app.http.inject('/api/audit?action=analysis.pictured')).json<{ entries: AuditEntry[] }>().entries;
  const picture = (headers: Record<string, string>, changes: object = {}) => {
    const { title, spec } = newAnalysis('52.71');
    const payload = { kind: 'png', title, spec, ...changes };
    return app.http.inject({ method: 'POST', url: '/api/analyses/pictures', headers, payload });
  };
  const pdf = (id: string, headers: Record<string, string>, query = '') =>
    app.http.inject({ url: `/api/analyses/${id}.pdf${query}`, headers });
  const idle = async () => {
    const headers = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    const { db } = app.database;
    const idHash = hashOf((headers.cookie ?? '').replace('ronda=', ''));
    const session = await db
      .selectFrom('session')
      .select('account_id')
      .where('id_hash', '=', idHash)
      .executeTakeFirstOrThrow();
    await db.updateTable('account').set({ password_hash: 'one' }).where('id', '=', session.account_id).execute();
    const before = new Date(Date.now() - 11 * 60_000);
    await db.updateTable('session').set({ stepped_up_at: before }).where('id_hash', '=', idHash).execute();
    return headers;
  };

  test('a picture is written down before it is made, and bears who took it and when', async () => {
    const answer = await picture(analyst);
    expect(answer.statusCode, answer.body).toBe(201);
    const [entry] = await audited();
    expect(entry).toMatchObject({ detail: { kind: 'png', spec: { area: '52.71', seed: 7 } } });
    expect(answer.json()).toEqual({ watermark: `Ronda · ${entry?.actor} · ${entry?.at}`, at: entry?.at });
    const entries = (await audited()).length;
    expect((await picture(await idle())).json().code).toBe('step_up_required');
    expect((await picture(analyst, { kind: 'gif' })).statusCode).toBe(400);
    const viewer = await signInAs(app, { role: 'viewer', jurisdiction: towns.jurisdictions.area });
    expect((await picture(viewer)).statusCode).toBe(403);
    expect(await audited()).toHaveLength(entries);
  });

  test('a brief is printed by a browser that reads as who asked, and no longer than it prints', async () => {
    const answer = await pdf(towns.own.analysis, analyst);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect((await app.http.inject('/api/settings')).json().pdf).toBe(true);
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="ronda-analisis-\d{4}-\d\d-\d\d\.pdf"$/,
    );
    const printed = answer.json();
    const [entry] = await audited();
    expect(entry).toMatchObject({ subject: `analysis:${towns.own.analysis}`, detail: { kind: 'pdf' } });
    expect(printed.mark).toContain(`Ronda · ${entry?.actor} · ${entry?.at}`);
    expect(new URL(printed.url).search).toBe(`?ruang=analisis&cetak=${towns.own.analysis}`);
    expect(JSON.parse(printed.me.body)).toMatchObject({ account: { username: entry?.actor } });
    expect(JSON.parse(printed.analysis.body)).toMatchObject({ id: towns.own.analysis });
    expect(printed.list.body).not.toContain(towns.other.word);
    expect(printed.write.status).toBe(403);
    expect(printed.write.body).toContain('only reads');
    // The person's own cookie and the server's secrets stay here; what was lent is worth nothing any more.
    expect(printed.cookie).toMatch(/^ronda-print=/);
    expect(printed.cookie).not.toContain((analyst.cookie ?? '').replace('ronda=', ''));
    expect(printed.environment.sort()).toEqual(['HOME', 'LANG', 'PATH']);
    const later = await app.http.inject({ url: '/api/access/me', headers: { cookie: printed.cookie } });
    expect(later.json().signedIn).toBe(false);
    const list = await app.http.inject({ url: '/api/analyses', headers: { cookie: printed.cookie } });
    expect(list.statusCode).toBe(401);
    const beside = { ...analyst, cookie: `${printed.cookie}; ${analyst.cookie}` };
    expect((await app.http.inject({ url: '/api/analyses', headers: beside })).statusCode).toBe(200);
  });

  test('a brief is in the language that is asked for, and keeps what the other views had found', async () => {
    const words = { id: ['Ya, tampaknya membantu.'], en: ['Yes, it seems to have helped.'] };
    const body = newAnalysis('52.71');
    const findings = [{ kind: 'effect' as const, at: '2024-11-28T01:00:00Z', words }];
    const payload = { ...body, figures: { ...body.figures, findings } };
    const made = await app.http.inject({ method: 'POST', url: '/api/analyses', headers: analyst, payload });
    expect(made.statusCode, made.body).toBe(201);
    const printed = (await pdf(body.id, analyst, '?language=en')).json();
    expect(new URL(printed.url).search).toBe(`?ruang=analisis&bahasa=en&cetak=${body.id}`);
    expect(JSON.parse(printed.analysis.body).figures.findings).toEqual(findings);
    expect((await pdf(body.id, analyst, '?language=fr')).statusCode).toBe(400);
    const unknown = [{ ...findings[0], kind: 'fortune' }];
    const refused = { ...newAnalysis('52.71'), figures: { ...body.figures, findings: unknown } };
    const answer = await app.http.inject({ method: 'POST', url: '/api/analyses', headers: analyst, payload: refused });
    expect([answer.statusCode, answer.json().details[0].field]).toEqual([400, 'body.figures.findings.0.kind']);
  });

  test('who may read more than he may take away prints nothing of the rest', async () => {
    const { area, everything } = towns.jurisdictions;
    const wide = await signInAs(
      app,
      { role: 'viewer', jurisdiction: everything },
      { role: 'analyst', jurisdiction: area },
    );
    const other = towns.other.analysis;
    expect((await app.http.inject({ url: `/api/analyses/${other}`, headers: wide })).statusCode).toBe(200);
    expect((await pdf(other, wide)).statusCode).toBe(404);
    const printed = (await pdf(towns.own.analysis, wide)).json();
    expect(printed.list.body).toContain(towns.own.word);
    expect(printed.list.body).not.toContain(towns.other.word);
  });

  test('only what may be seen is printed, after a proof, one at a time', async () => {
    const entries = (await audited()).length;
    expect((await pdf(towns.other.analysis, analyst)).statusCode).toBe(404);
    expect((await pdf(uuidv7(), analyst)).statusCode).toBe(404);
    expect((await pdf('7', analyst)).statusCode).toBe(400);
    expect((await pdf(towns.own.analysis, await idle())).json().code).toBe('step_up_required');
    expect(await audited()).toHaveLength(entries);
    const both = await Promise.all([pdf(towns.own.analysis, analyst), pdf(towns.own.analysis, analyst)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 503]);
    const refused = both.find(({ statusCode }) => statusCode === 503);
    expect([refused?.json().code, refused?.headers['retry-after']]).toEqual(['overloaded', '10']);
    expect((await pdf(towns.own.analysis, analyst)).statusCode).toBe(200);
  });
});

test('where no Chromium is set up, the answer says so', { timeout: 120_000 }, async () => {
  const app = await openApp(await freshConfig('embedded'));
  const body = newAnalysis(null);
  expect((await app.http.inject({ method: 'POST', url: '/api/analyses', payload: body })).statusCode).toBe(201);
  const answer = await app.http.inject(`/api/analyses/${body.id}.pdf`);
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'not_configured']);
  expect(answer.json().message).toContain('CHROMIUM_PATH');
  await app.close();
});
