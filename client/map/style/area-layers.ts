import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { AREA_LEVELS, type AreaLevel } from '../../../shared/area-code.ts';
import type { MapColours } from './colours.ts';

/** Ids of the layers that a click or the pointer finds areas in. */
export const AREA_FILL = 'area-fill';

/** Text by level: size at the zooms where the level begins and ends to be named, capitals for the wide ones. */
const NAMES: Record<AreaLevel, { minzoom: number; maxzoom: number; size: [number, number]; wide: boolean }> = {
  provinsi: { minzoom: 3.5, maxzoom: 8, size: [11, 16], wide: true },
  kabkota: { minzoom: 6, maxzoom: 11, size: [11, 16], wide: true },
  kecamatan: { minzoom: 9, maxzoom: 13.5, size: [11, 16], wide: true },
  desa: { minzoom: 11, maxzoom: 16, size: [11, 16], wide: false },
  rw: { minzoom: 13.5, maxzoom: 24, size: [10.5, 14], wide: false },
};

const WIDTHS: Record<AreaLevel, [number, number]> = {
  provinsi: [1, 2.6],
  kabkota: [0.8, 2.4],
  kecamatan: [0.7, 2],
  desa: [0.7, 1.8],
  rw: [0.5, 1.2],
};

const isLevel = (level: AreaLevel): ExpressionSpecification => ['==', ['get', 'level'], level];

/** Fills of each zoom's narrowest level, thinner where the ground is shown in detail. */
export function areaFillLayers(colours: MapColours): LayerSpecification[] {
  return [
    {
      id: AREA_FILL,
      type: 'fill',
      source: 'areas',
      'source-layer': 'area',
      paint: {
        'fill-color': colours.area,
        'fill-antialias': false,
        'fill-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          9,
          1,
          12,
          // An RW lies upon its desa, which is filled already.
          ['case', ['==', ['get', 'level'], 'rw'], 0, 0.5],
        ],
      },
    },
    {
      id: 'area-hover',
      type: 'fill',
      source: 'areas',
      'source-layer': 'area',
      paint: {
        'fill-color': colours.selected,
        'fill-antialias': false,
        'fill-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.09, 0],
      },
    },
  ];
}

/** Hairline borders: of the areas that are filled, and above them of the wider levels. */
export function areaLineLayers(colours: MapColours): LayerSpecification[] {
  const byLevel = (value: (level: AreaLevel) => string | number): ExpressionSpecification => [
    'match',
    ['get', 'level'],
    'provinsi',
    value('provinsi'),
    'kabkota',
    value('kabkota'),
    'kecamatan',
    value('kecamatan'),
    'desa',
    value('desa'),
    value('rw'),
  ];
  return (['area', 'border'] as const).map((layer) => ({
    id: `area-line-${layer}`,
    type: 'line',
    source: 'areas',
    'source-layer': layer,
    layout: { 'line-join': 'round', 'line-sort-key': byLevel((level) => -AREA_LEVELS.indexOf(level)) },
    paint: {
      'line-color': byLevel((level) => colours.borders[level]),
      'line-width': [
        'interpolate',
        ['linear'],
        ['zoom'],
        5,
        byLevel((level) => WIDTHS[level][0]),
        15,
        byLevel((level) => WIDTHS[level][1]),
      ],
      // Broken, so that a border is never taken for a street.
      'line-dasharray': layer === 'border' ? [7, 2, 2, 2] : [4, 2.5],
    },
  }));
}

/** Names, the wider levels first when there is no room for all. */
export function areaLabelLayers(colours: MapColours): LayerSpecification[] {
  return AREA_LEVELS.toReversed().map((level) => {
    const { minzoom, maxzoom, size, wide } = NAMES[level];
    return {
      id: `area-label-${level}`,
      type: 'symbol',
      source: 'areas',
      'source-layer': 'label',
      minzoom,
      maxzoom,
      filter: isLevel(level),
      layout: {
        'text-field': wide ? ['upcase', ['get', 'name']] : ['get', 'name'],
        'text-font': [level === 'rw' ? 'Noto Sans' : 'Noto Sans Semibold'],
        'text-size': ['interpolate', ['linear'], ['zoom'], minzoom, size[0], Math.min(maxzoom, 18), size[1]],
        'text-letter-spacing': wide ? 0.12 : 0.02,
        'text-max-width': 8,
        'text-padding': 6,
        'symbol-sort-key': ['coalesce', ['get', 'rank'], 0],
      },
      paint: {
        'text-color': level === 'rw' || wide ? colours.textQuiet : colours.text,
        'text-halo-color': colours.halo,
        'text-halo-width': 1.6,
        'text-halo-blur': 0.4,
      },
    };
  });
}
