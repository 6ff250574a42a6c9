import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { io } from 'socket.io-client';
import WebSocket from 'ws';
import { CELL_ZOOM, cellKey, coverOf } from '../../../shared/live/cells.ts';
import { type FrameSink, readFrame } from '../../../shared/live/frame-reader.ts';
import { SUBPROTOCOL } from '../../../shared/live/protocol.ts';
import { AUTHORIZATION } from '../../support/access.ts';
import { SCENE_ZOOM, type Window } from './scene.ts';

/** Which stream is looked at: ours, JSON to everybody, or socket.io with a room for each cell. */
export type Door = 'ronda' | 'json' | 'socketio';

/** What arrived since the counters were last reset. */
export interface Received {
  bytes: number;
  updates: number;
  frames: number;
}

/** Told of every unit update that arrives: unit id and the number it was sent with. */
export type OnUpdate = (id: number, mark: number) => void;

/** The speed of a fix carries a number by which its arrival is recognised: a quarter of a metre a second for each. */
export const MARKS = 200;
export const MARK_STEP = 0.25;

const closers: (() => void)[] = [];
const raw: (() => number)[] = [];
let updates = 0;
let frames = 0;
let bytesBefore = 0;

const bytesRead = () => raw.reduce((sum, read) => sum + read(), 0);

/** Connects a viewer for each window, and settles when all are connected. */
export async function connectViewers(url: string, door: Door, windows: Window[], onUpdate: OnUpdate): Promise<void> {
  const open = { ronda: openRonda, json: openJson, socketio: openSocketIo }[door];
  for (const window of windows) await open(url, window, onUpdate);
}

/** Connects viewers who never read. */
export async function connectStalled(url: string, windows: Window[]): Promise<void> {
  for (const window of windows) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      'GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n` +
        `Authorization: ${AUTHORIZATION.authorization}\r\n\r\n`,
    );
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`not let in: ${answer}`);
    socket.pause();
    const payload = Buffer.from(JSON.stringify({ type: 'window', id: 1, bounds: window, zoom: SCENE_ZOOM }));
    const length = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
    socket.write(Buffer.concat([length, payload]));
    closers.push(() => socket.destroy());
  }
}

/** Connects viewers who look at nothing yet. */
export async function connectIdle(url: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers: AUTHORIZATION });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    closers.push(() => socket.terminate());
  }
}

export function resetReceived(): void {
  updates = 0;
  frames = 0;
  bytesBefore = bytesRead();
}

export function received(): Received {
  return { bytes: bytesRead() - bytesBefore, updates, frames };
}

export function closeViewers(): void {
  for (const close of closers.splice(0)) close();
  raw.length = 0;
}

/** Bytes that a WebSocket of `ws` has read from the network. */
function countBytes(socket: WebSocket): void {
  let tcp: Socket | undefined;
  socket.once('upgrade', (response) => {
    tcp = response.socket;
  });
  raw.push(() => tcp?.bytesRead ?? 0);
}

async function openRonda(url: string, window: Window, onUpdate: OnUpdate): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, SUBPROTOCOL, { headers: AUTHORIZATION });
  countBytes(socket);
  closers.push(() => socket.terminate());
  const sink: FrameSink = {
    begin: () => {},
    unit: (_cell, id, _x, _y, _fix, _status, _flags, _heading, speed) => {
      updates++;
      onUpdate(id, speed / MARK_STEP);
    },
    left: () => {},
    count: () => {},
    end: () => {},
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) return;
    frames++;
    readFrame(data, sink);
  });
  await opened(socket);
  socket.send(JSON.stringify({ type: 'window', id: 1, bounds: window, zoom: SCENE_ZOOM }));
}

async function openJson(url: string): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  countBytes(socket);
  closers.push(() => socket.terminate());
  // Not even parsed: the receiver's work is not what is measured.
  socket.on('message', () => {
    frames++;
    updates++;
  });
  await opened(socket);
}

async function openSocketIo(url: string, window: Window): Promise<void> {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  closers.push(() => socket.disconnect());
  socket.on('position', () => {
    frames++;
    updates++;
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  // The engine's transport wraps a WebSocket of `ws`, which has the TCP socket.
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: Socket } };
  raw.push(() => ws._socket.bytesRead);
  const cover = coverOf(window, SCENE_ZOOM);
  const cells: number[] = [];
  for (let y = cover.y0; y <= cover.y1; y++) {
    for (let x = cover.x0; x <= cover.x1; x++) cells.push(cellKey(x % 2 ** CELL_ZOOM, y));
  }
  await socket.emitWithAck('watch', cells);
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}
