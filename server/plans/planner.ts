import { Value } from 'typebox/value';
import { CLOSE } from '../../shared/live/close-codes.ts';
import { MAX_BAD_MESSAGES } from '../../shared/live/protocol.ts';
import { MAX_MESSAGE_LENGTH, type PlanDownMessage, PlanUpMessage } from '../../shared/plans/live.ts';

/** The planner's end of the connection: a WebSocket of `ws`, or a stand-in in tests. */
export interface PlannerSocket {
  /** Bytes accepted for sending that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string): void;
  ping(): void;
  /** Says why, and cuts the connection soon after if the other side does not answer. */
  close(code: number, reason: string): void;
}

/** Where somebody's cursor is, degrees, and the zone that is worked on. */
export type Place = Pick<Extract<PlanUpMessage, { type: 'cursor' }>, 'lon' | 'lat' | 'zone'>;

/** Above this, cursors are left out: they would only wait. */
const ENOUGH_FOR_CURSORS = 64 * 1024;
/** Above this, edits wait in the database, and not in this planner's socket. */
const ENOUGH_FOR_EDITS = 256 * 1024;
/** Heartbeats without a pong until the connection is given up. */
const MAX_MISSED_PONGS = 3;

/** One connection of somebody who looks at a plan. */
export class Planner {
  /** Names the connection to the others. */
  readonly who: string;
  readonly actor: string;
  /** The revision that it has been sent; `undefined` before it said what it has. */
  has: number | undefined;
  cursor: Place | undefined;
  /** Whether the others have not been told yet where the cursor is. */
  moved = false;
  closed = false;
  readonly #socket: PlannerSocket;
  #badMessages = 0;
  #missedPongs = 0;

  constructor(socket: PlannerSocket, who: string, actor: string) {
    this.#socket = socket;
    this.who = who;
    this.actor = actor;
  }

  get hasRoomForEdits(): boolean {
    return this.#socket.bufferedAmount < ENOUGH_FOR_EDITS;
  }

  /** Reads a message; one that can't be understood is answered with what is wrong, and `undefined`. */
  read(data: Uint8Array | string, isBinary: boolean): PlanUpMessage | undefined {
    const message = isBinary ? 'a message must be text: JSON' : readMessage(data.toString());
    if (typeof message !== 'string') return message;
    this.tell({ type: 'error', code: 'bad_message', message });
    if (++this.#badMessages >= MAX_BAD_MESSAGES) this.close(CLOSE.badMessages);
    return undefined;
  }

  tell(message: PlanDownMessage): void {
    this.send(JSON.stringify(message));
  }

  send(text: string): void {
    if (!this.closed) this.#socket.send(text);
  }

  /** Tells of a cursor, if the connection keeps up. */
  tellCursor(text: string): void {
    if (this.#socket.bufferedAmount <= ENOUGH_FOR_CURSORS) this.send(text);
  }

  pong(): void {
    this.#missedPongs = 0;
  }

  /** Says that the server is there, and asks whether the planner is. */
  heartbeat(): void {
    if (this.closed) return;
    if (this.#missedPongs >= MAX_MISSED_PONGS) {
      this.close(CLOSE.silent);
      return;
    }
    this.#missedPongs++;
    this.#socket.ping();
    if (this.hasRoomForEdits) this.tell({ type: 'heartbeat' });
  }

  close({ code, reason }: { code: number; reason: string }): void {
    if (this.closed) return;
    this.closed = true;
    this.#socket.close(code, reason);
  }
}

function readMessage(text: string): PlanUpMessage | string {
  if (text.length > MAX_MESSAGE_LENGTH) return `a message has at most ${MAX_MESSAGE_LENGTH} characters`;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'the message is not JSON';
  }
  if (Value.Check(PlanUpMessage, message)) return message;
  return 'the message is neither hello (revision) nor cursor (lon, lat, zone)';
}
