import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunTable } from '../../../../server/live/run-table.ts';
import { type Cover, cellKey, cellX, cellY, covers } from '../../../../shared/live/cells.ts';
import { type FrameSink, readFrame } from '../../../../shared/live/frame-reader.ts';
import { FRAME } from '../../../../shared/live/frames.ts';

const TILES = 8192;

test('a window is sent exactly its cells, whatever the runs, across the 180th meridian too', () => {
  const column = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: TILES - 20, max: TILES - 1 }));
  const cell = fc.tuple(column, fc.integer({ min: 4000, max: 4010 })).map(([x, y]) => cellKey(x, y));
  fc.assert(
    fc.property(
      fc.uniqueArray(cell, { maxLength: 80 }),
      column,
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 3999, max: 4011 }),
      fc.integer({ min: 0, max: 12 }),
      (keys, x0, width, y0, height) => {
        const table = new RunTable();
        table.reset(FRAME.changes, 1_763_700_000_000);
        keys.sort((a, b) => a - b);
        for (const key of keys) {
          table.begin(key);
          table.writer.cell(key, 1, false);
          table.writer.unit(key, 0, 0, 0, 0, 0, -1, -1);
        }
        table.seal();
        const cover: Cover = { show: 'units', level: 13, x0, y0, x1: x0 + width, y1: y0 + height };
        const expected = keys.filter((key) => covers(cover, cellX(key), cellY(key)));
        const frame = table.frame(cover);
        if (!frame) {
          expect(expected).toEqual([]);
          return;
        }
        const seen: number[] = [];
        const nothing = () => {};
        const sink: FrameSink = {
          begin: nothing,
          unit: (key) => seen.push(key),
          left: nothing,
          count: nothing,
          end: nothing,
        };
        readFrame(frame, sink);
        expect(seen.sort((a, b) => a - b)).toEqual(expected);
        for (const key of keys) expect(table.tile(key)).toBeDefined();
      },
    ),
  );
});
