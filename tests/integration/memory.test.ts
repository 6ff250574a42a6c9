import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { usageOf } from '../bench/usage.ts';
import { AUTHORIZATION, ask } from '../support/access.ts';
import { engines, freshConfig } from '../support/engines.ts';
import { rounds } from '../support/long.ts';
import { startServer } from '../support/server.ts';

const MEGABYTE = 1024 * 1024;
/** Megabytes; of the embedded engine with its database, which is its child. */
const LIMIT = { served: 512, embedded: 1_536 };
const IDLE = rounds(500, 2_000);
const ACTIVE = rounds(50, 200);
const SECONDS = rounds(5, 60);
const DEVICES = Array.from({ length: 500 }, (_, index) => `hp-${index}`);
const WINDOW = { bounds: [116, -8.7, 116.3, -8.4], zoom: 12 };

/** The whole of it, with the slope of half an hour, is measured by the benchmark `memory`. */
test.each(engines())(
  'R8: viewers, idle and active, fit the server on %s into its memory',
  async (engine) => {
    const limit = LIMIT[engine];
    const { dataDir, databaseUrl } = await freshConfig(engine);
    const env = { DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }) };
    const server = await startServer(env);
    const sockets: WebSocket[] = [];
    const look = async () => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers: AUTHORIZATION }); // biome-ignore format: one line
      sockets.push(socket);
      await once(socket, 'message');
      return socket;
    };
    const send = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await ask(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      expect(answer.ok, await answer.text()).toBe(true);
    };
    const resident = () => usageOf(server.process.pid ?? 0).residentBytes / MEGABYTE;
    try {
      for (const [index, device] of DEVICES.entries()) {
        await send('/api/units', { callsign: `Unsur ${index}`, organisation: 'ronda', devices: [device] });
      }
      const alone = resident();
      for (let n = 0; n < IDLE; n += 50) await Promise.all(Array.from({ length: 50 }, look));
      const idle = resident();
      const active = await Promise.all(Array.from({ length: ACTIVE }, look));
      let heard = 0;
      for (const socket of active) {
        socket.send(JSON.stringify({ type: 'window', id: 1, ...WINDOW }));
        socket.on('message', (_data, isBinary) => {
          if (isBinary) heard++;
        });
      }
      let most = 0;
      for (let second = 0; second < SECONDS; second++) {
        const move = (index: number) => 116.05 + 0.0004 * index + 0.0001 * second;
        await send('/api/ingest/positions', {
          fixes: DEVICES.map((device, index) => ({ device, lon: move(index), lat: -8.55, time: Date.now() })),
        });
        await delay(1_000);
        most = Math.max(most, resident());
      }
      console.log(
        `R8 (${engine}): ${alone.toFixed(0)} MB alone, ${idle.toFixed(0)} with ${IDLE} idle, ${most.toFixed(0)} at most with ${ACTIVE} active, who heard ${heard} frames`,
      );
      // One frame for each second that units moved in; two seconds may come together.
      expect(heard).toBeGreaterThanOrEqual(ACTIVE * (SECONDS - 1));
      expect(sockets.every(({ readyState }) => readyState === WebSocket.OPEN)).toBe(true);
      expect(Math.max(idle, most)).toBeLessThan(limit);
      // 2,000 of them must fit as well.
      expect((idle - alone) / IDLE).toBeLessThan((limit - 160) / 2_000);
    } finally {
      for (const socket of sockets) socket.terminate();
      await server.stop();
    }
  },
  300_000,
);
