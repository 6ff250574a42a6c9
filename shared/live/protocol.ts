/**
 * The live stream, for whoever writes a client of their own.
 *
 * Open a WebSocket to `/api/live` with the subprotocol `ronda.v1`; without it the upgrade is refused (400), as are who is
 * not signed in (401), who may not look, and a page of another origin (403). Everything below is what the viewer's
 * permission reaches and nothing else: units that belong there or are there, incidents that lie there. Text messages are
 * JSON in both directions (`messages.ts`); binary messages are frames from the server (`frames.ts`).
 *
 * 1. The server says `welcome`. From then on it says `heartbeat` every {@link HEARTBEAT_MS}; who hears nothing for
 *    {@link STALE_AFTER_MS} should treat what it shows as old, close, and connect again. The server pings (WebSocket
 *    ping) as often and drops who does not answer.
 * 2. Positions (state: the latest wins). Send `window` with what you look at. Within a tick the server answers `window`
 *    with the cells it will send, and a frame: a *snapshot* the first time, which is all there is in those cells.
 *    After that come *changes*, at most {@link TICKS_PER_SECOND} a second. When you send another `window`, its answer tells
 *    the new cells: forget the units of cells that are no longer listed; units of the new ones follow in the next
 *    changes. A window that covers too many cells is answered with *counts* per coarser cell, once a second, instead.
 *    A unit that goes off duty leaves the stream, as does one that leaves the window or what may be seen; a unit that never
 *    sent a position is not in it. Who reads too slowly misses changes and gets one fresh snapshot as soon as there is room.
 * 3. Events (each one, once, in order). Send `resume` with the cursor of your last event, or the one that
 *    `GET /api/incidents/points` gave with its snapshot. The server answers `resumed` and then every `event` after it;
 *    each says its own cursor and, as `previous`, that of the event before it that you were sent: it must equal the last you
 *    have, or something is missing. A `heartbeat` may carry a newer cursor: nothing for you happened up to there. Answered
 *    `resync`, the cursor is too old or unknown: read the snapshot again and resume from its cursor. An
 *    incident outside your `filter` is left out, unless it may have been inside before the change. `incident.withdrawn` and
 *    `unit.withdrawn` say that it went where you may not look: forget it. `warning.raised` and `warning.changed` tell of early
 *    warnings of areas within your permission. Cursors are opaque, and hold for one permission.
 *    Who leaves {@link MAX_PENDING_EVENT_BYTES} of events unread, or any for {@link MAX_PENDING_MS}, is closed with 4008.
 * 4. `published` says that an import changed the areas or the base map: their tiles are to be fetched again. Who was away
 *    does so after coming back.
 * 5. Close codes say whether to come back (`close-codes.ts`): 4401 when the session ended, 4403 when what may be seen
 *    changed, after which everything is to be read anew. Wait longer after every failure, and at random.
 */
export const SUBPROTOCOL = 'ronda.v1';

export const TICKS_PER_SECOND = 8;
export const HEARTBEAT_MS = 5_000;
export const STALE_AFTER_MS = 12_000;

/** The largest text message the server reads. */
export const MAX_MESSAGE_BYTES = 64 * 1024;
/** Messages a second that a viewer may send for long; as many again at once. */
export const MAX_MESSAGES_PER_SECOND = 50;
/** Messages that cannot be understood before the viewer is closed. */
export const MAX_BAD_MESSAGES = 5;

export const MAX_PENDING_EVENT_BYTES = 1024 * 1024;
export const MAX_PENDING_MS = 10_000;

/** How far back a cursor can be resumed, whichever is less. */
export const MAX_RESUME_EVENTS = 50_000;
export const MAX_RESUME_MS = 15 * 60_000;
