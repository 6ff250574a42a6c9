/** The fan-out alone: units move in memory, frames go to real sockets; or, for the limit, ready-made buffers do. */
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { Shape } from '../../../server/access/shape.ts';
import { EventFeed } from '../../../server/live/event-feed.ts';
import { Hub } from '../../../server/live/hub.ts';
import { everywhere, Territory } from '../../../server/live/territory.ts';
import { UnitWorld } from '../../../server/live/world.ts';
import { SUBPROTOCOL, TICKS_PER_SECOND } from '../../../shared/live/protocol.ts';
import { answerCalls } from './child.ts';
import { type Ring, type Scene, STEP } from './scene.ts';
import { MARK_STEP, MARKS } from './viewers.ts';

const TICK_MS = 1000 / TICKS_PER_SECOND;
const WARM_TICKS = 200;

/** CPU of this process and what it sent. */
export interface FanOutResult {
  cpuSeconds: number;
  bytes: number;
  /** Bytes sent to each viewer in each tick, by turns. */
  sizes: number[];
}

const viewers: WebSocket[] = [];
let hub: Hub;
let world: UnitWorld;
let sizes: number[] = [];

answerCalls({ start, run, runReady });

/** With grants, viewer `i` may look only where grant `i % grants` lies; without, everywhere. */
async function start({ mode, grants = [] }: { mode: 'hub' | 'ready'; grants?: Ring[] }): Promise<string> {
  world = new UnitWorld();
  const feed = await EventFeed.open({
    head: async () => ({ epoch: 'bench', cursorKey: '', seq: 0 }),
    read: async () => [],
  });
  hub = new Hub(world, feed, Date.now);
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false, handleProtocols: () => SUBPROTOCOL });
  const anywhere = everywhere();
  const territories = grants.map((ring, index) => {
    const shape = new Shape([[ring]]);
    return new Territory({ key: String(index), everything: false, codes: [], within: [] }, [
      { id: index, hash: '', all: shape, drawn: shape },
    ]);
  });
  server.on('connection', (socket) => {
    const territory = territories[viewers.length % territories.length] ?? anywhere;
    viewers.push(socket);
    if (mode === 'ready') return;
    const viewer = hub.join(
      {
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
        send(data) {
          if (typeof data !== 'string') sizes.push(data.length);
          socket.send(data);
        },
        ping: () => socket.ping(),
        close: () => socket.terminate(),
      },
      territory,
    );
    socket.on('message', (data: Buffer, isBinary) => viewer.receive(data, isBinary));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** Moves a share of the units each tick and sends, for so many seconds. */
async function run({ scene, seconds }: { scene: Scene; seconds: number }): Promise<FanOutResult> {
  const units = scene.places.length / 2;
  const share = units / TICKS_PER_SECOND;
  const move = (tick: number) => {
    const time = Date.now();
    const round = Math.floor(tick / TICKS_PER_SECOND);
    for (let i = 0; i < share; i++) {
      const unit = ((tick % TICKS_PER_SECOND) * share + i) % units;
      const lon = (scene.places[unit * 2] ?? 0) + STEP * (round % 2);
      const lat = scene.places[unit * 2 + 1] ?? 0;
      const speed = (round % MARKS) * MARK_STEP;
      world.place({ unitId: unit + 1, time, lon, lat, speed, heading: 90, status: 0, alarm: '', flags: 0 });
    }
  };
  // Everybody is somewhere, every window is answered, and the program is compiled, before it counts.
  for (let tick = 0; tick < WARM_TICKS; tick++) {
    move(tick);
    hub.tick();
    await pause(TICK_MS / 8);
  }
  sizes = [];
  return measure(seconds, (tick) => {
    move(tick);
    hub.tick();
  });
}

/** Sends buffers of these sizes, made beforehand, at the same rate. */
function runReady({ sizes: given, seconds }: { sizes: number[]; seconds: number }): Promise<FanOutResult> {
  const buffers = given.map((size) => Buffer.alloc(size, 7));
  sizes = [];
  const ticks = seconds * TICKS_PER_SECOND;
  const perTick = buffers.length / ticks;
  return measure(seconds, (tick) => {
    const end = Math.round((tick + 1) * perTick);
    for (let i = Math.round(tick * perTick); i < end; i++) {
      const buffer = buffers[i];
      if (!buffer) continue;
      sizes.push(buffer.length);
      viewers[i % viewers.length]?.send(buffer);
    }
  });
}

async function measure(seconds: number, tickOf: (tick: number) => void): Promise<FanOutResult> {
  const before = process.cpuUsage();
  const begun = performance.now();
  for (let tick = 0; tick < seconds * TICKS_PER_SECOND; tick++) {
    tickOf(tick);
    await pause(begun + (tick + 1) * TICK_MS - performance.now());
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, bytes: sizes.reduce((sum, size) => sum + size, 0), sizes };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
