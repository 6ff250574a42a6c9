import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { App } from '../../../server/app.ts';
import { CLOSE } from '../../../shared/live/close-codes.ts';
import { PLAN_GONE, PLAN_SUBPROTOCOL, type PlanDownMessage } from '../../../shared/plans/live.ts';
import type { DonePlanEdit } from '../../../shared/schemas/plan.ts';
import { ADMIN_TOKEN } from '../../support/access.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { adding, moving, newPlan, putWards, zoneOf } from '../../support/plans.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

const PROMISED_MS = 5_000;

/** Somebody who looks at a plan: all that came over the wire is kept. */
class Wire {
  readonly messages: PlanDownMessage[] = [];
  closed: number | undefined;
  readonly socket: WebSocket;

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url.replace('http', 'ws'), PLAN_SUBPROTOCOL, { headers });
    this.socket.on('message', (data: Buffer) => void this.messages.push(JSON.parse(data.toString())));
    this.socket.on('close', (code) => {
      this.closed = code;
    });
    this.socket.on('error', () => {});
  }
  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
  of<Type extends PlanDownMessage['type']>(type: Type) {
    return this.messages.filter(
      (message): message is Extract<PlanDownMessage, { type: Type }> => message.type === type,
    );
  }
  get edits(): DonePlanEdit[] {
    return this.of('edits').flatMap(({ edits }) => edits);
  }
}

describe.each(engines())('planners at one plan, on %s', (engine) => {
  let app: App;
  let url: string;
  let towns: Towns;
  let plan: string;
  const wires: Wire[] = [];
  beforeAll(async () => {
    app = await freshApp(engine);
    url = await app.http.listen({ port: 0, host: '127.0.0.1' });
    towns = await twoTowns(app);
    await putWards(app.database.db, '52.71', 116.02, -8.62);
  });
  beforeEach(async () => {
    const body = newPlan();
    plan = body.id;
    await app.http.inject({ method: 'POST', url: '/api/plans', payload: body });
  });
  afterEach(() => {
    for (const wire of wires.splice(0)) wire.socket.terminate();
  });
  afterAll(() => app?.close());

  const signIn = async (
    role: Parameters<typeof signInAs>[1]['role'] = 'planner',
    jurisdiction = towns.jurisdictions.area,
  ) => {
    const { cookie = '' } = await signInAs(app, { role, jurisdiction });
    return { cookie, origin: url, host: new URL(url).host };
  };
  const look = async (headers: Record<string, string>, revision?: number) => {
    const wire = new Wire(`${url}/api/plans/${plan}/live`, headers);
    wires.push(wire);
    await vi.waitFor(() => expect(wire.of('welcome')).toHaveLength(1));
    if (revision !== undefined) wire.send({ type: 'hello', revision });
    return wire;
  };
  const edit = async (of: object, headers: Record<string, string>) => {
    const payload = { id: uuidv7(), edit: of };
    const answer = await app.http.inject({ method: 'POST', url: `/api/plans/${plan}/edits`, payload, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<DonePlanEdit>();
  };
  const act = (method: 'POST' | 'DELETE', path: string, payload?: object) =>
    app.http.inject({
      method,
      url: `/api/plans/${plan}${path}`,
      headers: { 'if-match': '"0"' },
      ...(payload && { payload }),
    });

  test('each sees the other’s edits at once and in order, whoever came later all that was before', async () => {
    const [ani, budi] = [await signIn(), await signIn('commander')];
    const one = await look(ani, 0);
    const two = await look(budi, 0);
    const zone = zoneOf([1]);
    const done = [await edit(adding(zone), ani), await edit(moving(null, zone, [2]), budi)];
    for (const wire of [one, two]) await vi.waitFor(() => expect(wire.edits).toEqual(done));
    const late = await look(ani, 1);
    await vi.waitFor(() => expect(late.edits).toEqual(done.slice(1)));
    expect(late.of('welcome')).toMatchObject([{ revision: 2, state: 'draft' }]);
    // Many at once, of both.
    const more = await Promise.all(
      Array.from({ length: 30 }, (_, at) => edit([{ kind: 'add', zone: zoneOf([]), at: 0 }], at % 2 ? ani : budi)),
    );
    const all = [...done, ...more.sort((a, b) => a.revision - b.revision)];
    for (const wire of [one, two]) await vi.waitFor(() => expect(wire.edits).toEqual(all));
    expect(late.edits.map(({ revision }) => revision)).toEqual(all.slice(1).map(({ revision }) => revision));
  });

  test('what another process stores is told within two seconds', async () => {
    const one = await look(await signIn(), 0);
    await sql`WITH done AS (UPDATE plan SET revision = revision + 1 WHERE id = ${plan}::uuid RETURNING id, revision)
      INSERT INTO plan_edit SELECT id, revision, id, 'Jauh', now(), '[]' FROM done`.execute(app.database.db);
    await vi.waitFor(() => expect(one.edits).toMatchObject([{ revision: 1, actor: 'Jauh' }]), { timeout: 2_000 });
    await sql`UPDATE plan SET state = 'published' WHERE id = ${plan}::uuid`.execute(app.database.db);
    await vi.waitFor(() => expect(one.of('state')).toEqual([{ type: 'state', state: 'published' }]), {
      timeout: 2_000,
    });
  });

  test('each sees where the other’s cursor is, ten times a second at most, and when he has gone', async () => {
    const one = await look(await signIn(), 0);
    const two = await look(await signIn('commander'), 0);
    const { who } = one.of('welcome')[0] ?? { who: '' };
    const began = Date.now();
    for (let at = 0; at < 40; at++) one.send({ type: 'cursor', lon: 116 + at / 1000, lat: -8.6, zone: null });
    await vi.waitFor(() => expect(two.of('cursor').at(-1)).toMatchObject({ who, lon: 116.039, lat: -8.6, zone: null }));
    expect(two.of('cursor').length).toBeLessThanOrEqual((Date.now() - began) / 100 + 1);
    expect(two.of('cursor')[0]?.actor).toMatch(/^akun-/);
    expect(one.of('cursor')).toEqual([]);
    one.socket.close();
    await vi.waitFor(() => expect(two.of('gone')).toEqual([{ type: 'gone', who }]));
    // Nothing of it is stored.
    const { rows } = await sql<{ text: string }>`SELECT to_jsonb(p)::text AS text FROM plan p`.execute(app.database.db);
    expect(JSON.stringify(rows)).not.toContain('116.039');
  });

  test('who looks at a plan that is deleted is closed', async () => {
    const one = await look(await signIn(), 0);
    await act('DELETE', '');
    await vi.waitFor(() => expect(one.closed).toBe(PLAN_GONE.code));
  });

  test('nobody comes in who may not see the plan, or comes from elsewhere', async () => {
    const path = `/api/plans/${plan}/live`;
    const refused = async (headers: Record<string, string>, protocol = PLAN_SUBPROTOCOL, to = path) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}${to}`, protocol, { headers });
      return new Promise((resolve) => {
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => {});
      }).finally(() => socket.terminate());
    };
    const ani = await signIn();
    expect(await refused(ani)).toBe('open');
    expect(await refused({ authorization: `Bearer ${ADMIN_TOKEN}` })).toBe('open');
    expect(await refused({})).toBe(401);
    expect(await refused(await signIn('viewer'))).toBe(403);
    // A draft is for who works on it.
    expect(await refused(await signIn('operator'))).toBe(404);
    expect(await refused(await signIn('planner', towns.jurisdictions.polygon))).toBe('open');
    expect(await refused(ani, PLAN_SUBPROTOCOL, `/api/plans/${towns.other.plan}/live`)).toBe(404);
    expect(await refused(ani, PLAN_SUBPROTOCOL, `/api/plans/${uuidv7()}/live`)).toBe(404);
    expect(await refused(ani, PLAN_SUBPROTOCOL, '/api/plans/7/live')).toBe(400);
    expect(await refused(ani, 'ronda.v1')).toBe(400);
    expect(await refused({ ...ani, origin: 'https://evil.example' })).toBe(403);
    expect(await refused({ authorization: `Bearer ${ADMIN_TOKEN}`, origin: 'https://evil.example' })).toBe(403);
    expect((await app.http.inject({ url: path, headers: { cookie: ani.cookie } })).statusCode).toBe(426);
  });

  test('whose right ends is closed within five seconds, whoever takes it back', { timeout: 30_000 }, async () => {
    const { db } = app.database;
    const accountOf = (wire: Wire, headers: { cookie: string }) =>
      app.http.inject({ url: '/api/access/me', headers }).then((me) => ({ wire, id: me.json().account.id as number }));
    const people = [];
    for (let at = 0; at < 3; at++) {
      const headers = await signIn();
      people.push(await accountOf(await look(headers, 0), headers));
    }
    const [revoked, signedOut, stays] = people;
    if (!revoked || !signedOut || !stays) throw new Error('nobody is there');
    const narrowed = await signIn('operator');
    await act('POST', '/edits', { id: uuidv7(), edit: adding(zoneOf(Array.from({ length: 16 }, (_, at) => at + 1))) });
    expect((await act('POST', '/publish', { reason: 'x' })).statusCode).toBe(200);
    const reader = await look(narrowed, 0);
    const began = Date.now();
    // As another process would: nobody here is told.
    await db.updateTable('access_grant').set({ revoked_at: new Date() }).where('account_id', '=', revoked.id).execute();
    await db.updateTable('session').set({ revoked_at: new Date() }).where('account_id', '=', signedOut.id).execute();
    await vi.waitFor(() => expect(revoked.wire.closed).toBe(CLOSE.permission.code), { timeout: PROMISED_MS });
    await vi.waitFor(() => expect(signedOut.wire.closed).toBe(CLOSE.signedOut.code), { timeout: PROMISED_MS });
    expect(Date.now() - began).toBeLessThan(PROMISED_MS);
    expect([stays.wire.closed, reader.closed]).toEqual([undefined, undefined]);
  });

  test('who floods, or sends what can’t be understood, is closed', async () => {
    const headers = await signIn();
    const flood = await look(headers, 0);
    for (let at = 0; at < 200; at++) flood.send({ type: 'cursor', lon: 1, lat: 1, zone: null });
    await vi.waitFor(() => expect(flood.closed).toBe(CLOSE.tooMany.code));
    const odd = await look(headers, 0);
    for (let at = 0; at < 6; at++) odd.socket.send('{"type":"draw"}');
    await vi.waitFor(() => expect(odd.closed).toBe(CLOSE.badMessages.code));
    expect(odd.of('error')).toHaveLength(5);
    const big = await look(headers, 0);
    big.socket.send('x'.repeat(70_000));
    await vi.waitFor(() => expect(big.closed).toBe(1009));
  });

  test('a server that stops says so', async () => {
    const other = await freshApp(engine);
    const address = await other.http.listen({ port: 0, host: '127.0.0.1' });
    await putWards(other.database.db, '52.71', 116.02, -8.62);
    const body = newPlan();
    await other.http.inject({ method: 'POST', url: '/api/plans', payload: body });
    const wire = new Wire(`${address}/api/plans/${body.id}/live`, { authorization: `Bearer ${ADMIN_TOKEN}` });
    await vi.waitFor(() => expect(wire.of('welcome')).toHaveLength(1));
    await other.close();
    await vi.waitFor(() => expect(wire.closed).toBe(CLOSE.restart.code));
  });
});
