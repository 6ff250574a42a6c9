/** The load: units that report over HTTP, and viewers that watch, in one process so that one clock times both. */

import { Agent, request } from 'node:http';
import { AUTHORIZATION } from '../../support/access.ts';
import { answerCalls } from './child.ts';
import { type Scene, STEP, type Window } from './scene.ts';
import {
  closeViewers,
  connectIdle,
  connectStalled,
  connectViewers,
  type Door,
  MARK_STEP,
  MARKS,
  type Received,
  received,
  resetReceived,
} from './viewers.ts';

const BATCH = 100;
const LONGEST_MS = 10_000;

export interface RunOptions {
  batchesPerSecond: number;
  seconds: number;
}

/** What a run gave. Latencies from the request sent to the frame received, milliseconds. */
export interface RunResult extends Received {
  sent: number;
  refused: number;
  p50: number;
  p99: number;
  p999: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let url = '';
let scene: Scene = { places: [], windows: [] };
let firstId = 1;
let rounds = new Uint8Array(0);
/** When the request left that carried this mark of this unit. */
let sentAt = new Float64Array(0);
let latencies = new Uint32Array(LONGEST_MS + 1);
let next = 0;
let refused = 0;

answerCalls({
  prepare(options: { url: string; scene: Scene; firstId: number }) {
    ({ url, scene, firstId } = options);
    const units = scene.places.length / 2;
    rounds = new Uint8Array(units);
    sentAt = new Float64Array(units * 256);
  },
  watch: ({ door, windows, at }: { door: Door; windows: Window[]; at?: string }) =>
    connectViewers(at ?? url, door, windows, onUpdate),
  watchNothing: (count: number) => connectIdle(url, count),
  watchWithoutReading: (windows: Window[]) => connectStalled(url, windows),
  run,
  reset: resetReceived,
  received,
  leave: closeViewers,
});

function onUpdate(id: number, mark: number): void {
  const sent = sentAt[(id - firstId) * 256 + mark] ?? 0;
  if (sent === 0) return;
  const latency = Math.min(LONGEST_MS, Math.floor(performance.now() - sent));
  latencies[latency] = (latencies[latency] ?? 0) + 1;
}

async function run({ batchesPerSecond, seconds }: RunOptions): Promise<RunResult> {
  latencies = new Uint32Array(LONGEST_MS + 1);
  sentAt.fill(0);
  resetReceived();
  refused = 0;
  const total = batchesPerSecond * seconds;
  const begun = performance.now();
  const posts: Promise<void>[] = [];
  for (let batch = 0; batch < total; batch++) {
    const due = begun + (batch / batchesPerSecond) * 1000;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    posts.push(post());
  }
  await Promise.all(posts);
  // What was stored last is on its way for a tick yet.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return {
    ...received(),
    sent: total * BATCH,
    refused,
    p50: quantile(0.5),
    p99: quantile(0.99),
    p999: quantile(0.999),
  };
}

function quantile(share: number): number {
  let left = latencies.reduce((sum, count) => sum + count, 0) * share;
  for (let ms = 0; ms <= LONGEST_MS; ms++) {
    left -= latencies[ms] ?? 0;
    if (left <= 0) return ms;
  }
  return LONGEST_MS;
}

/** Reports the next hundred units, each a step on. */
function post(): Promise<void> {
  const units = rounds.length;
  const now = new Date().toISOString();
  const fixes: string[] = [];
  const marked: number[] = [];
  for (let i = 0; i < BATCH; i++) {
    const unit = next++ % units;
    const mark = ((rounds[unit] ?? 0) + 1) % MARKS;
    rounds[unit] = mark;
    marked.push(unit * 256 + mark);
    const place = unit * 2;
    const lon = (scene.places[place] ?? 0) + STEP * (mark % 2);
    scene.places[place] = (scene.places[place] ?? 0) + (mark < MARKS / 2 ? STEP : -STEP) / 10;
    const lat = scene.places[place + 1] ?? 0;
    fixes.push(
      `{"device":"bench-${unit}","time":"${now}","lon":${lon.toFixed(7)},"lat":${lat.toFixed(7)},"speed":${mark * MARK_STEP},"heading":${mark}}`,
    );
  }
  const body = `{"fixes":[${fixes.join()}]}`;
  const sent = performance.now();
  for (const index of marked) sentAt[index] = sent;
  return new Promise((resolve) => {
    const outgoing = request(
      `${url}/api/ingest/positions`,
      {
        method: 'POST',
        agent,
        headers: {
          ...AUTHORIZATION,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (answer) => {
        if (answer.statusCode !== 200) refused += BATCH;
        answer.resume();
        answer.on('end', resolve);
      },
    );
    outgoing.on('error', () => {
      refused += BATCH;
      resolve();
    });
    outgoing.end(body);
  });
}
