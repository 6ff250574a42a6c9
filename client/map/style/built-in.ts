import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { AREA_TILE_MAX_ZOOM } from '../../../shared/geo/bands.ts';
import type { Theme } from '../../palette.ts';
import { inSlots, type Slot } from '../anchors.ts';
import { areaFillLayers, areaLabelLayers, areaLineLayers } from './area-layers.ts';
import { baseLayers, streetLayers } from './base-layers.ts';
import { MAP_COLOURS } from './colours.ts';

/** Addresses that the style needs, all of this server. */
export interface StyleAddresses {
  /** Such as `https://ronda.example`, without a slash at its end. */
  origin: string;
  /** Web fonts that all text is drawn from. */
  fonts: { regular: string; semibold: string };
}

/** The declared layers of a theme by slot, beneath and between which the modules in layers/ add theirs. */
export function layersBySlot(theme: Theme): Partial<Record<Slot, LayerSpecification[]>> {
  const colours = MAP_COLOURS[theme];
  return {
    base: baseLayers(colours),
    street: streetLayers(colours),
    'area-fill': areaFillLayers(colours),
    'area-line': areaLineLayers(colours),
    'area-label': areaLabelLayers(colours),
  };
}

/** The whole built-in style: nothing in it points outside this server. */
export function builtInStyle(theme: Theme, { origin, fonts }: StyleAddresses): StyleSpecification {
  return {
    version: 8,
    name: 'Ronda',
    'font-faces': { 'Noto Sans': fonts.regular, 'Noto Sans Semibold': fonts.semibold },
    transition: { duration: 200, delay: 0 },
    sources: {
      world: { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, maxzoom: 9, tolerance: 0.5 },
      base: { type: 'vector', tiles: [`${origin}/tiles/base/{z}/{x}/{y}.mvt`], minzoom: 8, maxzoom: 14 },
      areas: {
        type: 'vector',
        tiles: [`${origin}/tiles/areas/{z}/{x}/{y}.mvt`],
        minzoom: 0,
        maxzoom: AREA_TILE_MAX_ZOOM,
        promoteId: 'code',
      },
    },
    layers: inSlots(layersBySlot(theme)),
  };
}

/** One paint property that differs between two themes. */
export interface PaintChange {
  layer: string;
  property: string;
  value: unknown;
}

/** What to repaint so that the map changes theme without losing anything else. */
export function paintChanges(from: Theme, to: Theme): PaintChange[] {
  const before = new Map(
    Object.values(layersBySlot(from))
      .flat()
      .map((layer) => [layer.id, paintOf(layer)]),
  );
  return Object.values(layersBySlot(to))
    .flat()
    .flatMap((layer) =>
      Object.entries(paintOf(layer)).flatMap(([property, value]) =>
        JSON.stringify(before.get(layer.id)?.[property]) === JSON.stringify(value)
          ? []
          : [{ layer: layer.id, property, value }],
      ),
    );
}

function paintOf(layer: LayerSpecification): Record<string, unknown> {
  return { ...layer.paint };
}
