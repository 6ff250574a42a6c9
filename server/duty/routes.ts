import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { Duty, DutyBody, MyDutyBody } from '../../shared/schemas/duty.ts';
import type { UnitStatus } from '../../shared/schemas/unit.ts';
import { personOf } from '../access/context.ts';
import { Allowance } from '../allowance.ts';
import type { Db } from '../database/connection.ts';
import { DUTY_MS, isOn, type OnDuty, presentDuty } from '../database/duty.ts';
import type { Bus } from '../events.ts';
import { endDuties, findByToken, findOwn, switchDuty } from './queries.ts';

/** How often it is looked whose duty is over. Fixes are refused on the minute without it. */
const LOOK_MS = 5_000;
/** A switch, not a signal. */
const SWITCHES = { burst: 20, perSecond: 0.1 };

/** Duty: units are off when their time is over, and a volunteer switches himself on and off by his phone. */
export const dutyRoutes: FastifyPluginAsyncTypebox<{ db: Db; bus: Bus; now: () => number }> = async (
  http,
  { db, bus, now },
) => {
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    const events = await endDuties(db, new Date(now()));
    if (events.length > 0) bus.emit('events.appended', events);
  };
  const timer = setInterval(() => {
    // A database that is away is asked again the next time.
    looking = looking.then(look).catch(() => {});
  }, LOOK_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearInterval(timer);
    await looking;
  });

  const switches = new Allowance(SWITCHES, now);
  const mayAsk = (deviceId: number) => {
    const wait = Math.ceil(switches.take(deviceId));
    if (wait === 0) return;
    throw new RondaError('too_many_requests', `Duty was switched too often; try again in ${wait} s.`, {
      retryAfterSeconds: wait,
    });
  };
  const change = async (device: OnDuty, actor: string, { on, until }: { on: boolean; until?: string }) => {
    const at = new Date(now());
    const duty = wantedDuty(on, until, device.status, at);
    bus.emit('events.appended', await switchDuty(db, { unitId: device.unitId, actor }, duty, at));
    return { ...device, ...duty, since: isOn(device, at.getTime()) ? device.since : at };
  };

  http.post(
    '/api/duty',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Switch the duty of a device’s unit by the device’s token, or ask how it is',
        body: DutyBody,
        response: { 200: Duty },
      },
    },
    async ({ body }, reply) => {
      const { token, on, ...wanted } = body;
      const device = await findByToken(db, token);
      if (!device) {
        throw new RondaError('unknown_device', 'body.token is not the token of an enrolled device; enrol it in Ronda.');
      }
      mayAsk(device.deviceId);
      reply.header('cache-control', 'no-store');
      const duty = on === undefined ? device : await change(device, `device:${device.deviceId}`, { on, ...wanted });
      return presentDuty(duty, now());
    },
  );

  http.post(
    '/api/me/duty',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'Switch the duty of a unit that one’s own device sends for',
        body: MyDutyBody,
        response: { 200: Duty },
      },
    },
    async (request) => {
      const { unitId, ...wanted } = request.body;
      const { accountId, principal } = personOf(request);
      const device = await findOwn(db, accountId, unitId);
      if (!device) {
        throw new RondaError('not_found', `No device of yours sends for a unit ${unitId}; have one enrolled for you.`);
      }
      mayAsk(device.deviceId);
      return presentDuty(await change(device, principal.name, wanted), now());
    },
  );
};

/** Throws `unprocessable` for an end that has gone by or is too far ahead: a phone begins no duty that is longer. */
function wantedDuty(on: boolean, until: string | undefined, status: UnitStatus, at: Date) {
  if (!on) return { status: 'off_duty' as const, until: null };
  const latest = new Date(at.getTime() + DUTY_MS);
  const end = until === undefined ? latest : new Date(until);
  if (end <= at || end > latest) {
    const problem = 'is not within the next twelve hours; name such a time, or leave it out';
    throw fieldError('unprocessable', 'body.until', problem);
  }
  return { status: status === 'off_duty' ? ('available' as const) : status, until: end };
}
