import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { cellOfSteps, coverOf, mercatorX, mercatorY, toSteps } from '../../../shared/live/cells.ts';
import { FrameWriter } from '../../../shared/live/frame-writer.ts';
import { FRAME } from '../../../shared/live/frames.ts';
import type { UpMessage } from '../../../shared/live/messages.ts';
import { HEARTBEAT_MS, SUBPROTOCOL, TICKS_PER_SECOND } from '../../../shared/live/protocol.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentPoint,
  SEVERITIES,
} from '../../../shared/schemas/incident.ts';
import { ORGANISATIONS, type Unit } from '../../../shared/schemas/unit.ts';
import { Movers } from './movers.ts';

export interface StandIn {
  url: string;
  /** Whether units report. Off from the beginning. */
  moving: boolean;
  close(): Promise<void>;
}

const CURSOR = 'bench-0';

/**
 * The real server at `target` with another world in it: `count` units that all report once a second, spread over the
 * ticks, and `incidents` incidents. Page, tiles and all else come from the server itself; units are sent over a real
 * WebSocket in the stream's own frames. So the page has all its work, and the machine none for storing positions.
 */
export async function startStandIn(
  target: string,
  bounds: [number, number, number, number],
  { count, incidents, random }: { count: number; incidents: number; random: () => number },
): Promise<StandIn> {
  const movers = new Movers(count, bounds, random);
  const answers = new Map<string, string>([
    ['/api/units', JSON.stringify({ units: unitsOf(count) })],
    ['/api/incidents/points', JSON.stringify({ points: pointsOf(incidents, bounds, random), cursor: CURSOR })],
  ]);
  const server = createServer((request, response) => {
    const own = answers.get((request.url ?? '').split('?')[0] ?? '');
    if (own) response.setHeader('content-type', 'application/json').end(own);
    else passOn(target, request, response);
  });
  const sockets = new WebSocketServer({ server, path: '/api/live', handleProtocols: () => SUBPROTOCOL });
  sockets.on('connection', (socket) => welcome(socket, movers));
  const standIn: StandIn = {
    url: '',
    moving: false,
    async close() {
      clearInterval(ticks);
      clearInterval(beats);
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  let tick = 0;
  const ticks = setInterval(() => {
    if (!standIn.moving) return;
    const frame = changes(movers, tick++ % TICKS_PER_SECOND);
    for (const socket of sockets.clients) socket.send(frame);
  }, 1000 / TICKS_PER_SECOND);
  const beats = setInterval(() => {
    for (const socket of sockets.clients) socket.send(JSON.stringify({ type: 'heartbeat', now: Date.now() }));
  }, HEARTBEAT_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
}

function passOn(target: string, { method, url, headers }: IncomingMessage, response: ServerResponse): void {
  const asked = forward(
    new URL(url ?? '/', target),
    { method, headers: { ...headers, host: new URL(target).host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  asked.on('error', () => response.writeHead(502).end());
  asked.end();
}

function welcome(socket: WebSocket, movers: Movers): void {
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  say({ type: 'welcome', protocol: SUBPROTOCOL, now: Date.now(), heartbeatMs: HEARTBEAT_MS });
  socket.on('message', (data) => {
    const message: UpMessage = JSON.parse(String(data));
    if (message.type === 'resume') say({ type: 'resumed', id: message.id, cursor: message.cursor });
    if (message.type !== 'window') return;
    const { show, level, x0, y0, x1, y1 } = coverOf(message.bounds, message.zoom);
    say({ type: 'window', id: message.id, show, level, cells: [x0, y0, x1, y1] });
    if (show === 'units') socket.send(frameOf(FRAME.snapshot, movers, movers.all()));
  });
}

/** The units whose turn it is report from a little further on. */
function changes(movers: Movers, turn: number): Uint8Array {
  const slots = movers.turn(turn, TICKS_PER_SECOND);
  for (const slot of slots) movers.step(slot);
  return frameOf(FRAME.changes, movers, slots);
}

function frameOf(kind: (typeof FRAME)['snapshot' | 'changes'], movers: Movers, slots: number[]): Uint8Array {
  const writer = new FrameWriter();
  const cells = new Map<number, { slot: number; x: number; y: number }[]>();
  for (const slot of slots) {
    const x = toSteps(mercatorX(movers.lon[slot] ?? 0));
    const y = toSteps(mercatorY(movers.lat[slot] ?? 0));
    const key = cellOfSteps(x, y);
    cells.set(key, [...(cells.get(key) ?? []), { slot, x, y }]);
  }
  writer.header(kind, Date.now());
  for (const [key, inside] of cells) {
    writer.cell(key, inside.length, false);
    let previous = 0;
    for (const { slot, x, y } of inside) {
      const id = slot + 1;
      writer.unit(id - previous, x, y, slot % 3 === 0 ? 1 : 0, 0, 0, movers.headingByte(slot), 40);
      previous = id;
    }
  }
  return writer.bytes.slice(0, writer.at);
}

function unitsOf(count: number): Unit[] {
  return Array.from({ length: count }, (_, slot) => ({
    id: slot + 1,
    callsign: `U-${slot + 1}`,
    organisation: ORGANISATIONS[slot % ORGANISATIONS.length] ?? 'polri',
    status: 'available',
    homeArea: null,
  }));
}

function pointsOf(
  count: number,
  [west, south, east, north]: [number, number, number, number],
  random: () => number,
): IncidentPoint[] {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  return Array.from({ length: count }, (_, at) => {
    const time = Date.now() - Math.floor(random() * 6 * 86_400_000);
    return {
      id: `0199aaaa-0000-7000-8000-${at.toString(16).padStart(12, '0')}`,
      lon: west + random() * (east - west),
      lat: south + random() * (north - south),
      category: one(INCIDENT_CATEGORIES),
      severity: one(SEVERITIES),
      status: one(INCIDENT_STATUSES),
      source: one(INCIDENT_SOURCES),
      title: `Contoh ${at}`,
      occurredAt: time,
      createdAt: time,
      area: '',
      version: 1,
    };
  });
}
