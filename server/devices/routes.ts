import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { Device, DeviceEnrolment, DevicePatch, EnrolBody, Enrolled, NewDevice } from '../../shared/schemas/device.ts';
import { RowId } from '../../shared/schemas/fields.ts';
import { appendAudit } from '../access/audit.queries.ts';
import { baseUrl, principalOf } from '../access/context.ts';
import { requireStepUp } from '../access/step-up.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { enrol, makeLink } from './enrolment.ts';
import { changeDevice, hasAccount, hasUnit, insertDevice, listDevices, revokeDevices } from './queries.ts';

const Id = Type.Object({ id: RowId });
type ById = FastifyRequest<{ Params: { id: number } }>;
const Devices = Type.Object({ devices: Type.Array(Device) });
const manages = { config: { access: 'device.manage' as const } };

export interface DeviceOptions {
  /** Unscoped: links and the audit log are nobody's rows; what may be changed is asked of the scope before. */
  db: Db;
  bus: Bus;
  now: () => number;
  publicUrl: string | undefined;
}

/** Devices of units: register, enrol by a link, rename, revoke. */
export const deviceRoutes: FastifyPluginAsyncTypebox<DeviceOptions> = async (http, { db, bus, now, publicUrl }) => {
  const at = () => new Date(now());
  const server = (request: FastifyRequest) => baseUrl(request, publicUrl);
  /** The device of the address, when its unit belongs to where whoever asks looks after devices. */
  const shown = async ({ db, scope, params: { id } }: ById): Promise<Device> => {
    const [device] = await listDevices(db, scope, at(), { id });
    return device ?? notFound('device', id);
  };

  http.get(
    '/api/devices',
    { ...manages, schema: { summary: 'Every device of the units in one’s jurisdiction', response: { 200: Devices } } },
    async ({ db, scope }) => ({ devices: await listDevices(db, scope, at()) }),
  );

  http.get(
    '/api/units/:id/devices',
    { ...manages, schema: { summary: 'The devices of a unit', params: Id, response: { 200: Devices } } },
    async ({ db, scope, params: { id } }) => {
      if (!(await hasUnit(db, scope, id))) notFound('unit', id);
      return { devices: await listDevices(db, scope, at(), { unitId: id }) };
    },
  );

  http.post(
    '/api/units/:id/devices',
    {
      ...manages,
      schema: {
        summary: 'Add a device to a unit; the answer has the link that enrols it, once',
        params: Id,
        body: NewDevice,
        response: { 201: DeviceEnrolment },
      },
    },
    async (request, reply) => {
      const { scope, body, params } = request;
      const principal = principalOf(request);
      if (!(await hasUnit(request.db, scope, params.id))) notFound('unit', params.id);
      await requireAccount(db, body.accountId);
      requireAnother(request, body.accountId);
      await requireStepUp({ db, now }, principal);
      const { id, enrolment } = await db.transaction().execute(async (trx) => {
        const id = await insertDevice(trx, {
          unitId: params.id,
          identifier: `hp-${randomBytes(6).toString('hex')}`,
          label: body.label,
          accountId: body.accountId ?? null,
        });
        const device = { id, unitId: params.id };
        return { id, enrolment: await makeLink(trx, server(request), device, principal.name, at()) };
      });
      bus.emit('devices.changed');
      const [device] = await listDevices(request.db, scope, at(), { id });
      reply.header('cache-control', 'no-store');
      return reply.status(201).send({ device: device ?? notFound('device', id), enrolment });
    },
  );

  http.post(
    '/api/devices/:id/enrolment',
    {
      ...manages,
      schema: {
        summary: 'A new link for a device: until it is opened the old token works, and then no more',
        params: Id,
        // Nothing is chosen; an empty object is what programs send that always send JSON.
        body: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()])),
        response: { 201: DeviceEnrolment },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const device = await shown(request);
      await requireStepUp({ db, now }, principal);
      const enrolment = await db
        .transaction()
        .execute((trx) => makeLink(trx, server(request), device, principal.name, at()));
      reply.header('cache-control', 'no-store');
      return reply.status(201).send({ device: { ...device, linkUntil: enrolment.expiresAt }, enrolment });
    },
  );

  http.patch(
    '/api/devices/:id',
    {
      ...manages,
      schema: {
        summary: 'Rename a device, or say whose it is',
        params: Id,
        body: DevicePatch,
        response: { 200: Device },
      },
    },
    async (request) => {
      const device = await shown(request);
      const { body } = request;
      await requireAccount(db, body.accountId ?? undefined);
      requireAnother(request, body.accountId);
      requireUnused(device, body.accountId);
      await db.transaction().execute(async (trx) => {
        await changeDevice(trx, device.id, body);
        await note(trx, request, 'device.changed', device, {
          fields: Object.keys(body),
          ...(body.accountId === undefined ? {} : { accountId: body.accountId }),
        });
      });
      return shown(request);
    },
  );

  http.delete(
    '/api/devices/:id',
    {
      ...manages,
      schema: {
        summary: 'Revoke a device: nothing that it sends is taken from now on',
        params: Id,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const device = await shown(request);
      await db.transaction().execute(async (trx) => {
        await revokeDevices(trx, [device.id], at());
        await note(trx, request, 'device.revoked', device);
      });
      bus.emit('devices.changed');
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/enrol',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Open an enrolment link on the phone: its token and the settings of its app, once',
        body: EnrolBody,
        response: { 200: Enrolled },
      },
    },
    async (request, reply) => {
      const { token } = request.body;
      const enrolled = await enrol(db, { token, address: request.ip, server: server(request), at: at() });
      bus.emit('devices.changed');
      reply.header('cache-control', 'no-store');
      return enrolled;
    },
  );

  /** Writes into the audit log what whoever asks did to a device. */
  function note(
    trx: Parameters<typeof appendAudit>[0],
    request: FastifyRequest,
    action: string,
    { id, unitId }: Device,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const { name } = principalOf(request);
    return appendAudit(trx, {
      at: at(),
      actor: name,
      action,
      subject: `device:${id}`,
      detail: { unit: unitId, ...detail },
    });
  }
};

function notFound(what: 'unit' | 'device', id: number): never {
  throw new RondaError('not_found', `There is no ${what} ${id} where you look after devices.`);
}

/**
 * Throws `forbidden` for somebody who may see no positions and says that a device is his own: whose device it is sees what
 * it sent.
 */
function requireAnother(request: FastifyRequest, accountId: number | null | undefined): void {
  const { principal } = request;
  if (typeof accountId !== 'number' || accountId !== principal?.accountId || request.within('position.read')) return;
  const problem = 'is your own, and you may see no positions; somebody else must say that it is yours';
  throw fieldError('forbidden', 'body.accountId', problem);
}

/** Throws `conflict` for a device that has sent for somebody else: its new owner would be shown where that one was. */
function requireUnused({ accountId: before, enrolledAt }: Device, accountId: number | null | undefined): void {
  if (typeof accountId !== 'number' || accountId === before || enrolledAt === null) return;
  const problem = 'is of another person than the one the device was enrolled for; add a new device for this one';
  throw fieldError('conflict', 'body.accountId', problem);
}

async function requireAccount(db: Db, id: number | undefined): Promise<void> {
  if (id === undefined || (await hasAccount(db, id))) return;
  const problem = 'is of no account';
  throw new RondaError('unprocessable', `body.accountId ${problem}; name an existing one, or leave it out.`, {
    details: [{ field: 'body.accountId', problem }],
  });
}
