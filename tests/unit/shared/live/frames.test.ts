import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellOfSteps,
  fromSteps,
  latitudeOf,
  longitudeOf,
  mercatorX,
  mercatorY,
  toSteps,
} from '../../../../shared/live/cells.ts';
import { FrameError, type FrameSink, readFrame } from '../../../../shared/live/frame-reader.ts';
import { FrameWriter, headingByte, speedByte } from '../../../../shared/live/frame-writer.ts';
import { FRAME } from '../../../../shared/live/frames.ts';

const BASE = 1_763_700_000_000;

interface Seen {
  cell: number;
  id: number;
  lon: number;
  lat: number;
  fixMs: number;
  status: number;
  flags: number;
  heading: number;
  speed: number;
}

/** Reads a frame into plain lists. */
function read(bytes: Uint8Array) {
  const seen = {
    kind: 0,
    timeMs: 0,
    units: [] as Seen[],
    left: [] as [number, number][],
    counts: [] as number[][],
    ended: false,
  };
  const sink: FrameSink = {
    begin: (kind, timeMs) => Object.assign(seen, { kind, timeMs }),
    unit: (cell, id, x, y, fixMs, status, flags, heading, speed) =>
      seen.units.push({
        cell,
        id,
        lon: longitudeOf(fromSteps(x)),
        lat: latitudeOf(fromSteps(y)),
        fixMs,
        status,
        flags,
        heading,
        speed,
      }),
    left: (cell, id) => seen.left.push([cell, id]),
    count: (...count) => seen.counts.push(count),
    end: () => {
      seen.ended = true;
    },
  };
  readFrame(bytes, sink);
  return seen;
}

function metresBetween(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const east = (lon2 - lon1) * Math.cos((lat1 * Math.PI) / 180) * 111_320;
  return Math.hypot(east, (lat2 - lat1) * 111_320);
}

const unit = fc.record({
  id: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  age: fc.integer({ min: -86_400_000, max: 90 * 86_400_000 }),
  status: fc.integer({ min: 0, max: 7 }),
  flags: fc.integer({ min: 0, max: 255 }),
  heading: fc.option(fc.double({ min: 0, max: 360, noNaN: true }), { nil: undefined }),
  speed: fc.option(fc.double({ min: 0, max: 60, noNaN: true }), { nil: undefined }),
});

type Sent = typeof unit extends fc.Arbitrary<infer Value> ? Value : never;

function encode(units: Sent[]): Uint8Array {
  const writer = new FrameWriter(16);
  writer.header(FRAME.changes, BASE);
  for (const { id, lon, lat, age, status, flags, heading, speed } of units) {
    const x = toSteps(mercatorX(lon));
    const y = toSteps(mercatorY(lat));
    writer.cell(cellOfSteps(x, y), 1, false);
    writer.unit(id, x, y, status, flags, age, headingByte(heading), speedByte(speed));
  }
  return writer.bytes.slice(0, writer.at);
}

describe('frames', () => {
  test('every unit comes back: place within 1 m, time within 50 ms, heading within 1°, speed within 0.2 m/s', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
        const seen = read(encode(units));
        expect(seen).toMatchObject({ kind: FRAME.changes, timeMs: BASE, ended: true });
        expect(seen.units.length).toBe(units.length);
        for (const [index, sent] of units.entries()) {
          const got = seen.units[index];
          if (!got) throw new Error('missing');
          expect(got).toMatchObject({ id: sent.id, status: sent.status, flags: sent.flags });
          expect(metresBetween(sent.lon, sent.lat, got.lon, got.lat)).toBeLessThanOrEqual(1);
          expect(Math.abs(BASE - sent.age - got.fixMs)).toBeLessThanOrEqual(50);
          if (sent.heading === undefined) expect(got.heading).toBeNaN();
          else expect(Math.abs(((got.heading - sent.heading + 540) % 360) - 180)).toBeLessThanOrEqual(0.71);
          if (sent.speed === undefined) expect(got.speed).toBeNaN();
          else expect(Math.abs(got.speed - sent.speed)).toBeLessThanOrEqual(0.126);
        }
      }),
    );
  });

  test('a cell of many units, and ids that left', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 200 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 50 }),
        (ids, left) => {
          ids.sort((a, b) => a - b);
          left.sort((a, b) => a - b);
          const writer = new FrameWriter(16);
          writer.header(FRAME.snapshot, BASE);
          writer.cell(12345, ids.length, left.length > 0);
          ids.forEach((id, index) => {
            writer.unit(id - (ids[index - 1] ?? 0), 0, 0, 0, 0, 0, -1, -1);
          });
          if (left.length > 0) writer.left(left);
          const seen = read(writer.bytes.slice(0, writer.at));
          expect(seen.units.map(({ id }) => id)).toEqual(ids);
          expect(seen.left).toEqual(left.map((id) => [12345, id]));
        },
      ),
    );
  });

  test('a unit in a crowded cell takes at most 10 bytes', () => {
    const writer = new FrameWriter();
    writer.header(FRAME.changes, BASE);
    writer.cell(1, 50, false);
    for (let i = 0; i < 50; i++) writer.unit(200, 1000 + i, 2000, 1, 0, 900, 12, 40);
    expect(writer.at / 50).toBeLessThanOrEqual(10);
  });

  test('times past 2106 and at the epoch survive the header', () => {
    for (const time of [0, 100, 4_294_967_295_900, 10_000_000_000_000]) {
      const writer = new FrameWriter(16);
      writer.header(FRAME.changes, time);
      expect(read(writer.bytes.slice(0, writer.at)).timeMs).toBe(time);
    }
  });

  test('counts come back with the mean place', () => {
    const writer = new FrameWriter(16);
    writer.header(FRAME.counts, BASE);
    writer.level(9);
    writer.count(400, 260, 1234, 2, 0.25, 0.75);
    const [[x = 0, y = 0, units, alarms] = []] = read(writer.bytes.slice(0, writer.at)).counts;
    expect([units, alarms]).toEqual([1234, 2]);
    expect(x * 512).toBeCloseTo(400.25, 2);
    expect(y * 512).toBeCloseTo(260.75, 2);
  });

  test('a frame cut anywhere but between cells is refused, and never ends', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 5 }), fc.nat(), (units, cut) => {
        const whole = encode(units);
        const part = whole.slice(0, cut % whole.length);
        const boundaries = units.map((_, index) => encode(units.slice(0, index)).length);
        if (boundaries.includes(part.length)) return;
        expect(() => read(part)).toThrow(FrameError);
      }),
    );
  });

  test('foreign bytes, another version and unknown kinds are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        fc.pre(bytes[0] !== 0x52 || bytes[1] !== 0x4e);
        expect(() => read(bytes)).toThrow(FrameError);
      }),
    );
    for (const versionAndKind of [0x21, 0x01, 0x10, 0x14]) {
      const bytes = encode([]);
      bytes[2] = versionAndKind;
      expect(() => read(bytes)).toThrow(FrameError);
    }
  });

  test('damaged bytes end in a frame error or in a reading, never in anything else', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(255), (units, where, value) => {
        const bytes = encode(units);
        bytes[where % bytes.length] = value;
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
    );
  });
});
