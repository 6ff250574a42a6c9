import type * as maplibregl from 'maplibre-gl';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { request } from '../api/request.ts';
import type { Theme } from '../palette.ts';
import { anchor } from './anchors.ts';
import { layersBySlot } from './style/built-in.ts';

/** Sources and layers of a foreign style get this prefix, so that they never meet ours. */
const PREFIX = 'custom-';
const PATIENCE_MS = 15_000;

/** What is needed of a foreign style; MapLibre checks the rest when it is added. */
const ForeignStyle = Type.Object({
  version: Type.Literal(8),
  sources: Type.Record(Type.String(), Type.Object({ type: Type.String() })),
  layers: Type.Array(Type.Object({ id: Type.String(), type: Type.String() })),
  glyphs: Type.Optional(Type.String()),
  sprite: Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.Object({ id: Type.String(), url: Type.String() }))]),
  ),
});

/**
 * Replaces the built-in base map by the style or the PMTiles file at `address`, beneath our own layers.
 * Rejects with what is wrong when it cannot be used; the built-in base map then stands as before.
 */
export async function replaceBasemap(map: maplibregl.Map, address: string, theme: Theme): Promise<void> {
  const absolute = new URL(address, location.href).href;
  const style = /\.pmtiles($|\?)/.test(absolute)
    ? await (await import('./pmtiles-style.ts')).pmtilesStyle(absolute, theme)
    : await loadStyle(absolute);
  const added = { sources: [] as string[], layers: [] as string[] };
  try {
    addForeign(map, style, added);
    await firstTile(map, added.sources);
  } catch (error) {
    for (const id of added.layers) if (map.getLayer(id)) map.removeLayer(id);
    for (const id of added.sources) if (map.getSource(id)) map.removeSource(id);
    throw error;
  }
  // Only now is ours in the way.
  const { base = [], street = [] } = layersBySlot(theme);
  for (const { id } of [...base, ...street]) if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', 'none');
  map.setPaintProperty('area-fill', 'fill-opacity', 0.12);
}

async function loadStyle(address: string): Promise<maplibregl.StyleSpecification> {
  const style = await request<unknown>(address);
  if (!Value.Check(ForeignStyle, style)) {
    const [first] = Value.Errors(ForeignStyle, style);
    throw new Error(
      `it is not a MapLibre style: ${first?.instancePath || '/'} ${first?.message ?? 'is not as expected'}`,
    );
  }
  return resolveAddresses(style as unknown as maplibregl.StyleSpecification, address);
}

/** A style may name its files relative to itself. */
function resolveAddresses(style: maplibregl.StyleSpecification, base: string): maplibregl.StyleSpecification {
  const absolute = (address: string) => new URL(address, base).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  const sources = Object.fromEntries(
    Object.entries(style.sources).map(([id, source]) => {
      const resolved = { ...source };
      if ('url' in resolved && typeof resolved.url === 'string') resolved.url = absolute(resolved.url);
      if ('tiles' in resolved && resolved.tiles) resolved.tiles = resolved.tiles.map(absolute);
      return [id, resolved];
    }),
  );
  return { ...style, sources, ...(style.glyphs ? { glyphs: absolute(style.glyphs) } : {}) };
}

function addForeign(
  map: maplibregl.Map,
  style: maplibregl.StyleSpecification,
  added: { sources: string[]; layers: string[] },
): void {
  if (style.glyphs) map.setGlyphs(style.glyphs);
  if (typeof style.sprite === 'string') map.setSprite(style.sprite);
  for (const [id, source] of Object.entries(style.sources)) {
    map.addSource(PREFIX + id, source);
    added.sources.push(PREFIX + id);
  }
  for (const layer of style.layers) {
    const renamed = { ...layer, id: PREFIX + layer.id };
    if ('source' in renamed && typeof renamed.source === 'string') renamed.source = PREFIX + renamed.source;
    map.addLayer(renamed, anchor('base'));
    added.layers.push(renamed.id);
  }
}

/** Settles at the first content of one of the sources; rejects at their first error or when nothing comes. */
function firstTile(map: maplibregl.Map, sources: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      map.off('sourcedata', arrived);
      map.off('error', failed);
    };
    const arrived = (event: maplibregl.MapSourceDataEvent) => {
      if (!sources.includes(event.sourceId) || !(event.tile || event.isSourceLoaded)) return;
      stop();
      resolve();
    };
    const failed = (event: maplibregl.ErrorEvent) => {
      // Errors of sources carry their id, though the type does not say so.
      if (!('sourceId' in event) || !sources.includes(String(event.sourceId))) return;
      stop();
      reject(event.error);
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`nothing came from it within ${PATIENCE_MS / 1000} s`));
    }, PATIENCE_MS);
    map.on('sourcedata', arrived);
    map.on('error', failed);
    if (sources.length === 0) {
      stop();
      resolve();
    }
  });
}
