import { describe, expect, test } from 'vitest';
import { AREA_LEVELS } from '../../../../shared/area-code.ts';
import { LEVEL_FROM_ZOOM, levelsOfTile, levelsOfZoom } from '../../../../shared/geo/bands.ts';

describe('the tile of one level', () => {
  test.each([
    ['desa', 6, 'kabkota'],
    ['desa', 9, 'kecamatan'],
    ['desa', 14, 'kecamatan'],
    ['rw', 9, 'kecamatan'],
    ['rw', 14, 'desa'],
    ['kabkota', 3, 'provinsi'],
    ['kabkota', 14, 'provinsi'],
    ['provinsi', 14, undefined],
  ] as const)('%s at zoom %i lies within borders of %s', (level, zoom, border) => {
    expect(levelsOfTile(level, zoom)).toEqual({ areas: [level], border });
  });

  test('holds the level from its own zoom on, which is never beyond the one that shows it anyway', () => {
    for (const level of AREA_LEVELS) {
      const from = LEVEL_FROM_ZOOM[level];
      if (from > 0) expect(levelsOfTile(level, from - 1).areas).toEqual([]);
      for (let zoom = from; zoom <= 14; zoom++) expect(levelsOfTile(level, zoom).areas).toEqual([level]);
      for (let zoom = 0; zoom < from; zoom++) expect(levelsOfZoom(zoom).areas).not.toContain(level);
    }
  });
});
