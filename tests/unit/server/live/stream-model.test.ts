import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveClient } from '../../../../client/live/client.ts';
import { Cursors } from '../../../../server/database/cursors.ts';
import type { StoredEvent } from '../../../../server/events.ts';
import { EventFeed, type EventSource } from '../../../../server/live/event-feed.ts';
import { Hub } from '../../../../server/live/hub.ts';
import { UnitWorld } from '../../../../server/live/world.ts';
import { coverOf, covers, mercatorX, mercatorY } from '../../../../shared/live/cells.ts';
import { UNIT_STATUSES } from '../../../../shared/schemas/unit.ts';
import { LiveLink, ManualClock } from '../../../support/live-link.ts';

const OFF_DUTY = UNIT_STATUSES.indexOf('off_duty');
const UNITS = 6;

interface Truth {
  lon: number;
  lat: number;
  time: number;
  status: number;
  alarm: string;
}

/** A server of the live stream whose database survives it. */
class Server {
  readonly clock = new ManualClock();
  readonly truth = new Map<number, Truth>();
  readonly log: StoredEvent[] = [];
  hub: Hub | undefined;
  private feed: EventFeed | undefined;
  private world = new UnitWorld();
  private readonly source: EventSource = {
    head: async () => ({ epoch: 'e1', cursorKey: 'k', seq: this.log.length }),
    read: async (after, limit) => this.log.slice(after, after + limit),
  };

  async start(): Promise<Hub> {
    const world = new UnitWorld();
    for (const [unitId, unit] of this.truth) {
      if (Number.isNaN(unit.lon)) world.setStatus(unitId, unit.status);
      else world.place({ ...unit, unitId, speed: undefined, heading: undefined, flags: 0 });
    }
    world.settle();
    const feed = await EventFeed.open(this.source);
    const hub = new Hub(world, feed, () => this.clock.now);
    feed.onAppended(() => hub.pump());
    Object.assign(this, { world, feed, hub });
    return hub;
  }

  kill(): void {
    this.hub = undefined;
  }

  move(unitId: number, lon: number, lat: number, alarm: string): void {
    const known = this.truth.get(unitId);
    const unit = { lon, lat, time: this.clock.now, status: known?.status ?? 0, alarm };
    this.truth.set(unitId, unit);
    this.world.place({ ...unit, unitId, speed: 3, heading: 90, flags: 0 });
  }

  duty(unitId: number, status: number): void {
    const known = this.truth.get(unitId);
    if (!known) return;
    // Where it was before its duty is not told: it is seen again with its first place since.
    if (known.status === OFF_DUTY && status !== OFF_DUTY) known.lon = Number.NaN;
    known.status = status;
    this.world.setStatus(unitId, status);
  }

  append(count: number, told: 'bus' | 'log only'): void {
    const events = Array.from({ length: count }, (_, index): StoredEvent => {
      const seq = this.log.length + 1 + index;
      const data = { id: seq, callsign: `U${seq}`, organisation: 'polri', status: 'available', homeArea: null };
      return {
        ...{ seq, at: this.clock.now, kind: 'unit.changed', subject: String(seq), data },
        ...{ scopeCodes: [], scopeBefore: null, placeBefore: null },
      };
    });
    this.log.push(...events);
    if (told === 'bus') this.feed?.offer(events);
  }

  async refresh(): Promise<void> {
    if (this.hub) await this.feed?.refresh();
  }
}

const lon = fc.double({ min: 106.7, max: 106.85, noNaN: true });
const lat = fc.double({ min: -6.3, max: -6.15, noNaN: true });

const step = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      unit: fc.integer({ min: 1, max: UNITS }),
      lon,
      lat,
      alarm: fc.constantFrom('', '', 'sos'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('duty' as const),
      unit: fc.integer({ min: 1, max: UNITS }),
      status: fc.integer({ min: 0, max: OFF_DUTY }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('window' as const),
      lon,
      lat,
      size: fc.constantFrom(0.02, 0.06, 0.1, 9),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 5 }),
      told: fc.constantFrom('bus' as const, 'log only' as const),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('heartbeat' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }) },
);

describe('the live stream against a model', () => {
  test('R6: the client ends with the truth of its window, and with every event once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 200, size: 'max' }), async (steps) => {
        const server = new Server();
        const { clock } = server;
        const link = new LiveLink(clock, await server.start());
        const client = new LiveClient(link);
        const seen: string[] = [];
        client.onEvent((event) => seen.push(event.subject));
        client.startFrom(new Cursors({ epoch: 'e1', cursorKey: 'k' }).write(0, '*'));
        let window: { bounds: [number, number, number, number]; zoom: number } | undefined;

        for (const action of steps) {
          clock.advance(17);
          if (action.do === 'move') server.move(action.unit, action.lon, action.lat, action.alarm);
          else if (action.do === 'duty') server.duty(action.unit, action.status);
          else if (action.do === 'append') server.append(action.count, action.told);
          else if (action.do === 'tick') server.hub?.tick();
          else if (action.do === 'deliver') link.deliver();
          else if (action.do === 'heartbeat') server.hub?.heartbeat();
          else if (action.do === 'cut') link.cut();
          else if (action.do === 'wait') clock.advance(action.ms);
          else if (action.do === 'window') {
            const { lon: x, lat: y, size } = action;
            window = { bounds: [x - size, y - size, x + size, y + size], zoom: size > 1 ? 6 : 12 };
            client.setWindow(window.bounds, window.zoom);
          } else {
            server.kill();
            link.hub = undefined;
            link.cut();
            clock.advance(2_000);
            link.hub = await server.start();
          }
          await server.refresh();
        }

        const goOn = async (ms: number) => {
          clock.advance(ms);
          server.hub?.tick();
          // A server that is up is never silent for long, also where nobody moves: its clock sees to that.
          server.hub?.heartbeat();
          link.deliver();
          await server.refresh();
        };
        // Let everything settle: the connection comes back, the windows are answered, the events arrive.
        for (let round = 0; round < 400 && !(round > 10 && client.status.state === 'live'); round++) await goOn(200);
        for (let round = 0; round < 10; round++) await goOn(100);
        expect(client.status.state).toBe('live');
        expect(seen).toEqual(server.log.map(({ subject }) => subject));

        const cover = window && coverOf(window.bounds, window.zoom);
        const expected = [...server.truth].filter(([, unit]) => {
          if (!cover || unit.status === OFF_DUTY || Number.isNaN(unit.lon)) return false;
          const tiles = 2 ** cover.level;
          return covers(cover, Math.floor(mercatorX(unit.lon) * tiles), Math.floor(mercatorY(unit.lat) * tiles));
        });
        const { units } = client;
        if (cover?.show === 'counts') {
          expect(units.count).toBe(0);
          expect(units.counts.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
          expect(units.counts.reduce((sum, { alarms }) => sum + alarms, 0)).toBe(
            expected.filter(([, unit]) => unit.alarm !== '').length,
          );
        } else {
          expect(units.counts).toEqual([]);
          const shown = [...units.ids.subarray(0, units.count)].sort((a, b) => a - b);
          expect(shown).toEqual(expected.map(([id]) => id).sort((a, b) => a - b));
          for (const [id, unit] of expected) {
            const slot = units.slotOf(id);
            expect(units.toX[slot]).toBeCloseTo(mercatorX(unit.lon), 7);
            expect(units.toY[slot]).toBeCloseTo(mercatorY(unit.lat), 7);
            expect(units.status[slot]).toBe(unit.status);
            expect((units.flags[slot] ?? 0) !== 0).toBe(unit.alarm !== '');
            expect(Math.abs((units.fixMs[slot] ?? 0) - unit.time)).toBeLessThanOrEqual(50);
          }
        }
        client.close();
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});
