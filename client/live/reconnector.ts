import { CLOSE, isRetryable } from '../../shared/live/close-codes.ts';
import { STALE_AFTER_MS } from '../../shared/live/protocol.ts';
import type { LiveEnvironment, LiveSocket } from './environment.ts';

/** How the live stream is, for the interface to show. */
export interface LiveStatus {
  /**
   * `reconnecting`: cut a moment ago, what is shown is nearly right. `stale`: nothing was heard for so long that what
   * is shown is old, whether or not a connection seems to stand.
   */
  state: 'connecting' | 'live' | 'reconnecting' | 'stale';
  /** Unix time in milliseconds: live since, else when the server was heard last (`connecting`: since the beginning). */
  since: number;
  /** Attempts made since the connection was lost; 0 while live. */
  attempt: number;
  /** The server refused for good: the page must be loaded again. `signed out`: and somebody must sign in. */
  ended?: 'refused' | 'signed out';
}

/** Why what was heard may be seen no longer. */
export type Withdrawal = 'permission' | 'signed out';

export interface StreamHandler {
  /** A new connection stands, and this was its first message; say what is wanted. */
  welcome(data: string | ArrayBuffer): void;
  /** Everything after the welcome. What it throws ends the connection, and another is tried. */
  message(data: string | ArrayBuffer): void;
  /** What may be seen is no longer what was, or nothing may be any more: all that was heard is to be forgotten. */
  withdrawn(why: Withdrawal): void;
}

/** Where the connection is. Only one attempt is ever in flight. */
type State =
  | { kind: 'waiting'; callOff: () => void }
  | { kind: 'attempting'; socket: LiveSocket | undefined; callOff: () => void }
  | { kind: 'live'; socket: LiveSocket; since: number }
  | { kind: 'ended' };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const ATTEMPT_MS = 10_000;
const WATCH_MS = 1_000;
/** A connection that held this long was a good one: the next cut is waited for as if it were the first. */
const GOOD_MS = 10_000;
/** A connection that did not hold counts as this many failures at most. */
const MOST_AFTER_WELCOME = 3;

/** Keeps one connection: jittered back-off, at once when the network or the viewer comes back, given up when nothing is heard. */
export class Reconnector {
  status: LiveStatus;
  private readonly environment: LiveEnvironment;
  private readonly handler: StreamHandler;
  private readonly listeners = new Set<(status: LiveStatus) => void>();
  private stopWaking: () => void;
  private stopWatching: () => void = () => {};
  private state: State = { kind: 'ended' };
  private failures = 0;
  private heardAt: number;

  constructor(environment: LiveEnvironment, handler: StreamHandler) {
    this.environment = environment;
    this.handler = handler;
    this.heardAt = environment.now();
    this.status = { state: 'connecting', since: this.heardAt, attempt: 0 };
    this.stopWaking = environment.onWake(() => this.wake());
    this.attempt();
    this.watch();
  }

  subscribe(callback: (status: LiveStatus) => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Sends where there is a connection; without one it is dropped: `welcome` says everything again. */
  send(text: string): void {
    if (this.state.kind === 'live') this.state.socket.send(text);
  }

  /** Tries now instead of later; a connection that the server had refused for good is begun anew. */
  comeBack(): void {
    if (this.state.kind !== 'ended') {
      this.wake();
      return;
    }
    this.failures = 0;
    this.stopWaking = this.environment.onWake(() => this.wake());
    this.attempt();
    this.watch();
  }

  /** Stops trying: another answer of the server's said that nobody is signed in. {@link comeBack} begins anew. */
  signOut(): void {
    if (this.state.kind !== 'ended') this.end('signed out');
  }

  close(): void {
    const { state } = this;
    this.state = { kind: 'ended' };
    this.stopWaking();
    this.stopWatching();
    if (state.kind === 'waiting' || state.kind === 'attempting') state.callOff();
    if (state.kind === 'live' || state.kind === 'attempting') state.socket?.close();
  }

  private attempt(): void {
    const callOff = this.environment.after(ATTEMPT_MS, () => this.lose(mine));
    const mine: State = { kind: 'attempting', socket: undefined, callOff };
    let own: State = mine;
    this.state = mine;
    this.show();
    const isOwn = () => this.state === own;
    const socket = this.environment.connect({
      opened: () => {},
      message: (data) => {
        if (!isOwn()) return;
        this.heardAt = this.environment.now();
        if (own.kind === 'attempting') {
          // The first message is the welcome.
          own.callOff();
          own = { kind: 'live', socket, since: this.heardAt };
          this.state = own;
          this.show();
          this.handler.welcome(data);
          return;
        }
        if (this.status.state !== 'live') this.show();
        try {
          this.handler.message(data);
        } catch {
          this.lose(own);
        }
      },
      closed: (code) => {
        if (!isOwn()) return;
        if (isRetryable(code)) this.lose(own);
        else this.end(code === CLOSE.signedOut.code ? 'signed out' : 'refused');
        if (code === CLOSE.permission.code) this.handler.withdrawn('permission');
        if (code === CLOSE.signedOut.code) this.handler.withdrawn('signed out');
      },
    });
    mine.socket = socket;
  }

  /** Gives this connection up, and plans the next attempt. */
  private lose(lost: State): void {
    if (this.state !== lost || lost.kind === 'ended' || lost.kind === 'waiting') return;
    this.failures++;
    // A server that answered is not down: the wait stays short, though not none, for it may throw us out again.
    if (lost.kind === 'live') {
      const wasGood = this.environment.now() - lost.since >= GOOD_MS;
      this.failures = wasGood ? 1 : Math.min(this.failures, MOST_AFTER_WELCOME);
    }
    if (lost.kind === 'attempting') lost.callOff();
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.failures - 1));
    // At random over the whole span: those whom one cut threw out do not come back together.
    const delay = this.environment.random() * longest;
    this.state = { kind: 'waiting', callOff: this.environment.after(delay, () => this.attempt()) };
    lost.socket?.close();
    this.show();
  }

  private end(ended: 'refused' | 'signed out'): void {
    this.close();
    this.setStatus({ state: 'stale', since: this.heardAt, attempt: this.failures, ended });
  }

  private wake(): void {
    this.check();
    if (this.state.kind !== 'waiting') return;
    this.state.callOff();
    this.attempt();
  }

  private watch(): void {
    this.stopWatching = this.environment.after(WATCH_MS, () => {
      this.watch();
      this.check();
    });
  }

  /** Whoever stands connected and says nothing is as good as gone. */
  private check(): void {
    if (this.state.kind === 'live' && this.silence > STALE_AFTER_MS) this.lose(this.state);
    else this.show();
  }

  private get silence(): number {
    return this.environment.now() - this.heardAt;
  }

  private show(): void {
    const { state, heardAt } = this;
    if (state.kind === 'ended') return;
    if (state.kind === 'live') this.setStatus({ state: 'live', since: state.since, attempt: 0 });
    else if (this.silence > STALE_AFTER_MS) this.setStatus({ state: 'stale', since: heardAt, attempt: this.failures });
    else if (this.status.state === 'connecting') this.setStatus({ ...this.status, attempt: this.failures });
    else this.setStatus({ state: 'reconnecting', since: heardAt, attempt: this.failures });
  }

  private setStatus(status: LiveStatus): void {
    const old = this.status;
    if (
      old.state === status.state &&
      old.since === status.since &&
      old.attempt === status.attempt &&
      old.ended === status.ended
    )
      return;
    this.status = status;
    for (const listener of this.listeners) listener(status);
  }
}
