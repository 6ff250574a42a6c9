import type { WebSocket } from 'ws';
import type { LivePosition } from '../../shared/schemas/position.ts';
import type { Meters } from '../meters.ts';

/** Upper bounds of what a position may wait for its tick, seconds. */
const WAIT_SECONDS = [0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5];

/** Measures the live stream: its viewers, what waits for them, and how long a stored position waits until it is sent. */
export function measureLive(meters: Meters, sockets: ReadonlySet<WebSocket>) {
  meters.gauge('ronda_live_viewers', 'Open live streams', () => sockets.size);
  meters.gauge('ronda_live_buffered_bytes', 'What the network has not taken yet, of all viewers', () => {
    let sum = 0;
    for (const { bufferedAmount } of sockets) sum += bufferedAmount;
    return sum;
  });
  const closed = meters.counter('ronda_live_closed_total', 'Closed live streams by code; 4008 did not keep up', 'code');
  const positions = meters.counter('ronda_live_positions_total', 'Positions that became the newest of their unit');
  const wait = meters.histogram(
    'ronda_live_wait_seconds',
    'From stored to sent, the oldest of each tick',
    WAIT_SECONDS,
  );
  let oldest: number | undefined;
  return {
    /** Takes note of positions that became their unit's newest. */
    written(moved: readonly LivePosition[]): void {
      positions.add('', moved.length);
      oldest ??= performance.now();
    },
    /** A tick has been sent. */
    sent(): void {
      if (oldest === undefined) return;
      wait.observe((performance.now() - oldest) / 1000);
      oldest = undefined;
    },
    closed: (code: number) => closed.add(String(code)),
  };
}
