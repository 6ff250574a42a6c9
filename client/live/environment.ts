import { SUBPROTOCOL } from '../../shared/live/protocol.ts';

/** A WebSocket as far as the live client uses it. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
}

/** What a socket tells. After `closed` it tells nothing more. */
export interface SocketListener {
  opened(): void;
  message(data: string | ArrayBuffer): void;
  /** `code` as in `shared/live/close-codes.ts`; 1006 when there was no word of farewell. */
  closed(code: number): void;
}

/** What the live client needs of the world; tests bring their own. */
export interface LiveEnvironment {
  connect(listener: SocketListener): LiveSocket;
  /** Unix time, milliseconds. */
  now(): number;
  /** The clock that drawing uses, milliseconds; never goes back. */
  performanceNow(): number;
  /** 0…1 */
  random(): number;
  /** Calls back once after `ms`. Returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back when a connection may work again: network back, tab looked at. Returns the way to stop it. */
  onWake(callback: () => void): () => void;
}

/** The browser's own. */
export function browserEnvironment(): LiveEnvironment {
  return {
    connect(listener) {
      const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/live`, SUBPROTOCOL);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => listener.opened();
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => listener.message(data);
      socket.onclose = ({ code }) => listener.closed(code);
      return { send: (text) => socket.send(text), close: () => socket.close() };
    },
    now: () => Date.now(),
    performanceNow: () => performance.now(),
    random: () => Math.random(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    onWake(callback) {
      const whenVisible = () => {
        if (document.visibilityState === 'visible') callback();
      };
      addEventListener('online', callback);
      document.addEventListener('visibilitychange', whenVisible);
      return () => {
        removeEventListener('online', callback);
        document.removeEventListener('visibilitychange', whenVisible);
      };
    },
  };
}

/** A world without a server, for whoever may not watch: nothing is ever connected. */
export function silentEnvironment(): LiveEnvironment {
  return { ...browserEnvironment(), connect: () => ({ send() {}, close() {} }), after: () => () => {} };
}
