import { type Static, Type } from 'typebox';
import { body, nullable } from '../schemas/fields.ts';
import { DonePlanEdit, PLAN_STATES } from '../schemas/plan.ts';

/**
 * The live stream of one plan, for whoever writes a client of their own.
 *
 * Open a WebSocket to `/api/plans/:id/live` with the subprotocol `ronda.plan.v1`; without it the upgrade is refused (400),
 * as are who is not signed in (401), who may not read plans (403), who may not see this one (404), and a page of another
 * origin (403). Messages are JSON.
 *
 * 1. The server says `welcome`, and `heartbeat` every {@link HEARTBEAT_MS}; it pings (WebSocket ping) as often.
 * 2. Send `hello` with the revision that you have. The server sends `edits` with every edit after it, in order and without a
 *    gap, and each edit that is done later, one's own among them. Send `hello` again whenever you are elsewhere.
 * 3. Send `cursor` as it moves, at most {@link CURSORS_PER_SECOND} times a second: of more the latest counts. Others are sent it
 *    as `cursor` while the plan is a draft; who reads too slowly misses some. `gone` says that somebody has left.
 * 4. `state` says that the plan was published or archived.
 * 5. Close codes are those of `shared/live/close-codes.ts`, and {@link PLAN_GONE}.
 */
export const PLAN_SUBPROTOCOL = 'ronda.plan.v1';

export const HEARTBEAT_MS = 5_000;
export const CURSORS_PER_SECOND = 10;
/** Edits of one message, at most. */
export const EDITS_AT_ONCE = 50;
/** The largest message that the server reads, characters. */
export const MAX_MESSAGE_LENGTH = 1_000;

/** The plan was deleted, or may not be seen any more: coming back is of no use. */
export const PLAN_GONE = { code: 4404, reason: 'plan_gone', retry: false } as const;

const place = {
  lon: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  /** Id of the zone that is worked on. */
  zone: nullable(Type.String({ maxLength: 36 })),
};

/** What a planner sends. */
export const PlanUpMessage = Type.Union([
  body({ type: Type.Literal('hello'), revision: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }) }),
  body({ type: Type.Literal('cursor'), ...place }),
]);
export type PlanUpMessage = Static<typeof PlanUpMessage>;

/** What the server sends. `who` is of one connection: somebody with two windows is there twice. */
export const PlanDownMessage = Type.Union([
  Type.Object({
    type: Type.Literal('welcome'),
    protocol: Type.String(),
    who: Type.String(),
    revision: Type.Integer(),
    state: Type.Enum(PLAN_STATES),
    heartbeatMs: Type.Number(),
  }),
  Type.Object({ type: Type.Literal('heartbeat') }),
  Type.Object({ type: Type.Literal('edits'), edits: Type.Array(DonePlanEdit) }),
  Type.Object({ type: Type.Literal('cursor'), who: Type.String(), actor: Type.String(), ...place }),
  Type.Object({ type: Type.Literal('gone'), who: Type.String() }),
  Type.Object({ type: Type.Literal('state'), state: Type.Enum(PLAN_STATES) }),
  Type.Object({ type: Type.Literal('error'), code: Type.Literal('bad_message'), message: Type.String() }),
]);
export type PlanDownMessage = Static<typeof PlanDownMessage>;
