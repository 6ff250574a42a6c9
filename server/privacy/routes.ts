import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { MyData, Withdrawal } from '../../shared/schemas/my-data.ts';
import { CLOCK } from '../access/actors.ts';
import { recordAudit } from '../access/audit.queries.ts';
import { personOf } from '../access/context.ts';
import { listGrants } from '../access/grants.queries.ts';
import { listSessions } from '../access/sessions.queries.ts';
import type { Db } from '../database/connection.ts';
import { positionDays } from '../database/position-days.ts';
import type { Bus } from '../events.ts';
import { countByDevice, findMyAccount, listMyAudit, listMyDevices, listMyDuties, readPositions } from './queries.ts';
import { applyRetention, type RetentionRules } from './retention.ts';
import { withdraw } from './withdraw.ts';

const DAY_MS = 86_400_000;
/** How often it is looked whether retention is due, and how long after the start it first is. */
const LOOK_MS = 60_000;
const FIRST_MS = 5 * 60_000;

export interface PrivacyOptions {
  /** Unscoped: everybody sees what is kept of himself, wherever that was. */
  db: Db;
  bus: Bus;
  now: () => number;
  rules: RetentionRules;
}

/** „Data saya“: what is kept of the person who asks, to see, to take along, to withdraw; and retention once a day. */
export const privacyRoutes: FastifyPluginAsyncTypebox<PrivacyOptions> = async (http, { db, bus, now, rules }) => {
  keepRetention();

  http.get(
    '/api/me/data',
    {
      config: { access: 'signed-in' },
      schema: { summary: 'What is kept about oneself', response: { 200: MyData } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return myData(request);
    },
  );

  // The default provider types no answers: this one is a stream of JSON text.
  http.withTypeProvider<FastifyTypeProviderDefault>().get(
    '/api/me/data/export',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'What is kept about oneself as a file, with every position of one’s devices',
        response: {
          200: Type.Object({
            ...MyData.properties,
            positions: Type.Array(Type.Object({}, { additionalProperties: true })),
          }),
        },
      },
    },
    async (request, reply) => {
      const data = await myData(request);
      const { username, id } = data.account;
      await recordAudit(db, { at: new Date(now()), actor: username, action: 'me.exported', subject: `account:${id}` });
      return reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="ronda-data-saya.json"')
        .send(Readable.from(asFile(data)));
    },
  );

  http.post(
    '/api/me/withdraw',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Take back the consent to be tracked: one’s devices are revoked and their positions deleted',
        // Nothing is chosen; an empty object is what programs send that always send JSON.
        body: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()])),
        response: { 200: Withdrawal },
      },
    },
    async (request) => {
      const { accountId, principal } = personOf(request);
      return withdraw({ db, bus }, { id: accountId, username: principal.name }, new Date(now()));
    },
  );

  async function myData(request: FastifyRequest): Promise<MyData> {
    const { accountId } = personOf(request);
    const account = await findMyAccount(db, accountId);
    if (!account) throw new RondaError('not_found', 'The account is gone.');
    const at = new Date(now());
    const devices = await listMyDevices(db, accountId);
    const [kept, duties, grants, sessions, audit] = await Promise.all([
      countByDevice(db, devices),
      listMyDuties(db, accountId, now()),
      listGrants(db, { accountIds: [accountId], now: at }),
      listSessions(db, accountId, at),
      listMyAudit(db, account, devices),
    ]);
    const units = new Map(devices.map(({ unitId, callsign }) => [unitId, callsign]));
    return {
      account,
      units: [...units].map(([id, callsign]) => {
        const own = devices.filter(({ unitId }) => unitId === id);
        const positions = own.reduce((sum, device) => sum + (kept.get(device.id)?.count ?? 0), 0);
        return { id, callsign, devices: own.length, positions, duty: duties.get(id) ?? null };
      }),
      devices: devices.map((device) => ({ ...device, lastSeenAt: kept.get(device.id)?.lastAt.toISOString() ?? null })),
      grants,
      sessions: sessions.map((session) => ({
        kind: session.kind,
        createdAt: session.created_at.toISOString(),
        lastSeenAt: session.last_seen_at.toISOString(),
        expiresAt: session.expires_at.toISOString(),
        address: session.address ?? '',
        userAgent: session.user_agent ?? '',
      })),
      audit,
      retentionDays: rules.retentionDays,
    };
  }

  /** The data as JSON text, with the positions day by day. */
  async function* asFile(data: MyData): AsyncGenerator<string> {
    yield `${JSON.stringify(data).slice(0, -1)},"positions":[`;
    let separator = '\n';
    for (const day of data.devices.length > 0 ? await positionDays(db) : []) {
      for (const position of await readPositions(db, data.devices, new Date(day), new Date(day + DAY_MS))) {
        yield `${separator}${JSON.stringify(position)}`;
        separator = ',\n';
      }
    }
    yield ']}\n';
  }

  /** Applies the rules of retention once a day. */
  function keepRetention(): void {
    let due = now() + FIRST_MS;
    let applying: Promise<void> | undefined;
    const apply = async () => {
      const onForgotten = (units: number[]) => bus.emit('positions.forgotten', units);
      const report = await applyRetention(db, rules, now(), { dryRun: false, onForgotten });
      if (Object.values(report).every((count) => count === 0)) return;
      const entry = { at: new Date(now()), actor: CLOCK, action: 'retention.applied', detail: { ...report } };
      await recordAudit(db, entry);
    };
    const timer = setInterval(() => {
      if (applying || now() < due) return;
      due = now() + DAY_MS;
      applying = apply()
        // What failed is done the next day, or by `npm run retention`.
        .catch((error) => http.log.warn({ err: error }, 'retention failed'))
        .finally(() => {
          applying = undefined;
        });
    }, LOOK_MS);
    timer.unref();
    http.addHook('onClose', async () => {
      clearInterval(timer);
      await applying;
    });
  }
};
