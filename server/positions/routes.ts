import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import { type Static, Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { visibleUnits } from '../access/visible.queries.ts';
import type { Database } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import type { Meters } from '../meters.ts';
import { receiveBatch } from './batch-door.ts';
import { Devices } from './devices.ts';
import { Discards } from './discards.ts';
import { OSMAND_DOOR } from './documented.ts';
import { Limits } from './limits.ts';
import { type DeviceMessage, parseOsmand, withSpeedUnit } from './osmand.ts';
import { Partitions } from './partitions.ts';
import { findByIdentifier, findByToken, listQuarantine, loadSightings } from './queries.ts';
import { Receiver } from './receiver.ts';
import { parseTraccarClient } from './traccar-client.ts';
import { Tracks } from './track.ts';
import { PositionWriter } from './writer.ts';

/** A batch is larger than other bodies. */
const BATCH_BODY_LIMIT = 1024 * 1024;
const MOST_IN_BATCH = 1_000;
const MAINTENANCE_MS = 3_600_000;
/** Flushes under way at once. */
const DEPTH = { embedded: 1, served: 2 };

const Batch = Type.Object(
  {
    fixes: Type.Array(
      Type.Unsafe<unknown>({
        description:
          '{device, time?, lon, lat, speed?, heading?, altitude?, accuracy?, battery?, alarm?, mock?, valid?}: time as Unix time or ISO 8601, ' +
          'degrees, metres, metres a second, percent; further fields are kept as attributes. Each is judged by itself.',
      }),
      { maxItems: MOST_IN_BATCH },
    ),
  },
  { additionalProperties: false },
);
const Verdicts = Type.Object({
  verdicts: Type.Array(
    Type.Object({
      verdict: Type.Enum(['stored', 'duplicate', 'discarded', 'quarantined', 'refused', 'unknown_device']),
      reason: Type.Optional(Type.String()),
    }),
  ),
});
const Quarantine = Type.Object({
  counts: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() })),
  fixes: Type.Array(
    Type.Object({
      device: Type.String(),
      unitId: Type.Integer(),
      receivedAt: Type.String(),
      reason: Type.String(),
      fix: Type.Unknown(),
    }),
  ),
  /** Fixes of units off duty: not kept, only counted. */
  discarded: Type.Array(Type.Object({ unitId: Type.Integer(), count: Type.Integer() })),
});

export interface PositionOptions {
  database: Pick<Database, 'db' | 'pool' | 'kind'>;
  bus: Bus;
  now: () => number;
  /** How long positions are kept, milliseconds: what is older is not taken either. */
  retentionMs: number;
  meters: Meters;
}

/** The doors through which devices send their positions. */
export const positionRoutes: FastifyPluginAsyncTypebox<PositionOptions> = async (
  http,
  { database: { db, pool, kind: engine }, bus, now, retentionMs, meters },
) => {
  const byToken = new Devices(db, findByToken);
  const byIdentifier = new Devices(db, findByIdentifier);
  const forget = () => {
    byToken.forget();
    byIdentifier.forget();
  };
  bus.on('events.appended', (events) => {
    if (events.some(({ kind }) => kind === 'unit.changed')) forget();
  });
  bus.on('devices.changed', forget);
  // An identifier is a name that anybody may know: it counts only from whoever may send for every device.
  const devicesFor = (request: FastifyRequest) => (request.within('position.write') ? byIdentifier : byToken);
  const tracks = new Tracks();
  for (const { unitId, alarmed, ...sighting } of await loadSightings(db)) tracks.load(unitId, sighting, alarmed);
  bus.on('positions.forgotten', (ids) => {
    for (const id of ids) tracks.forget(id);
  });
  const partitions = new Partitions(db);
  await partitions.maintain(now(), retentionMs);
  // A failure now is tried again in an hour; ingest makes what it needs by itself.
  const maintenance = setInterval(() => partitions.maintain(now(), retentionMs).catch(() => {}), MAINTENANCE_MS);
  maintenance.unref();
  const writer = new PositionWriter({
    pool,
    tracks,
    partitions,
    depth: DEPTH[engine],
    // The embedded engine's connections share one session, where a name can be given once only.
    prepared: engine === 'served',
    onMoved: (positions) => bus.emit('positions.written', positions),
  });
  http.addHook('onClose', async () => {
    clearInterval(maintenance);
    await writer.drain();
  });
  const fixes = meters.counter('ronda_ingest_fixes_total', 'Fixes and heartbeats by what became of them', 'verdict');
  meters.gauge('ronda_ingest_waiting_rows', 'Rows that wait for the database or are under way', () => writer.pending);
  const receiver = new Receiver(tracks, now, retentionMs, fixes);
  const limits = new Limits(now);
  const discards = await Discards.load(db);
  const learn = async (devices: Devices, identifier: string, address: string) => {
    if (!devices.wasKnown(identifier)) limits.admitStranger(address);
    const device = (await devices.learn([identifier])).get(identifier);
    if (device) return device;
    limits.countStranger(address);
    throw new RondaError(
      'unknown_device',
      'id is not the token of an enrolled device; enrol the device in Ronda and use the id that it is given.',
    );
  };

  const receiveOne = async (request: FastifyRequest, reply: FastifyReply) => {
    const message = readMessage(request);
    const { identifier } = message;
    const devices = devicesFor(request);
    const device = devices.remembered(identifier) ?? (await learn(devices, identifier, request.ip));
    const { fix } = message;
    if (devices === byToken) limits.admitFix(device, fix);
    const delivery = Receiver.delivery();
    const judged = fix && message.rawSpeed ? withSpeedUnit(fix, device.speedUnit) : fix;
    if (receiver.receive(device, judged, delivery) === 'discarded') await discards.add(device.unitId);
    else await writer.write(delivery);
    return reply.status(200).send();
  };
  const { querystring } = OSMAND_DOOR;
  const ofOne = {
    schema: { summary: 'A fix or a heartbeat from OsmAnd (query or form) or Traccar Client (query, form or JSON)' },
  };
  http.get('/api/ingest/osmand', { config: { access: 'device', documented: { querystring } }, ...ofOne }, receiveOne);
  http.post('/api/ingest/osmand', { config: { access: 'device', documented: OSMAND_DOOR }, ...ofOne }, receiveOne);

  // The default provider types no answers: this one is JSON text made at once.
  http.withTypeProvider<FastifyTypeProviderDefault>().post<{ Body: Static<typeof Batch> }>(
    '/api/ingest/positions',
    {
      bodyLimit: BATCH_BODY_LIMIT,
      config: { access: 'device' },
      schema: {
        summary: `Up to ${MOST_IN_BATCH} fixes, with a verdict for each`,
        body: Batch,
        response: { 200: Verdicts },
      },
    },
    async (request, reply) => {
      reply.type('application/json; charset=utf-8');
      const { ip, body, principal } = request;
      const devices = devicesFor(request);
      const gateway = devices === byIdentifier ? principal?.name : undefined;
      return receiveBatch(body.fixes, { devices, receiver, writer, discards, limits, gateway, address: ip });
    },
  );

  http.get(
    '/api/quarantine',
    {
      config: { access: 'quarantine.read' },
      schema: {
        summary: 'Fixes that parse but are unusable, with their reasons, newest first',
        querystring: Type.Object(
          {
            device: Type.Optional(Type.String({ maxLength: 128 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Quarantine },
      },
    },
    async ({ db, scope, query }) => {
      const discarded = discards.list();
      const visible = await visibleUnits(
        db,
        scope,
        discarded.map(({ unitId }) => unitId),
      );
      return {
        ...(await listQuarantine(db, scope, query.device, query.limit ?? 50)),
        discarded: discarded.filter(({ unitId }) => visible.has(unitId)),
      };
    },
  );
};

/** The message in the query, or in the body when the query is empty. */
function readMessage(request: FastifyRequest): DeviceMessage {
  const query = request.query as Record<string, string>;
  for (const _ in query) return parseOsmand(query);
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  if (request.body === undefined || isForm) {
    return parseOsmand((request.body ?? {}) as Record<string, string>);
  }
  return parseTraccarClient(request.body);
}
