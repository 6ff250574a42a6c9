import WebSocket from 'ws';
import type { LiveEnvironment } from '../../client/live/environment.ts';
import { SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { AUTHORIZATION } from './access.ts';

/** The live client's world in Node, over a real socket. `speed` times as fast a clock, so that waiting takes no time. */
export function nodeEnvironment(
  url: () => string,
  speed = 1,
  headers: Record<string, string> = AUTHORIZATION,
): LiveEnvironment {
  return {
    connect(listener) {
      const socket = new WebSocket(`${url().replace(/^http/, 'ws')}/api/live`, SUBPROTOCOL, { headers });
      socket.binaryType = 'arraybuffer';
      socket.on('open', () => listener.opened());
      socket.on('message', (data: ArrayBuffer | Buffer, isBinary) => {
        if (isBinary && data instanceof ArrayBuffer) listener.message(data);
        else listener.message(data.toString());
      });
      socket.on('error', () => {});
      socket.on('close', (code) => listener.closed(code));
      return { send: (text) => socket.send(text), close: () => socket.terminate() };
    },
    now: () => Date.now() * speed,
    performanceNow: () => performance.now(),
    random: () => Math.random(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
    onWake: () => () => {},
  };
}
