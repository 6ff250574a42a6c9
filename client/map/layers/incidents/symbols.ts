import type { ClusterColumns } from '../../../workers/cluster-index.ts';
import { type Composition, compositionAt, imageKey } from './composition.ts';
import { reachOf } from './symbol-image.ts';

/** A cluster or single incident on the map. */
export interface MapSymbol {
  /** Slot of its earliest incident. */
  identity: number;
  lon: number;
  lat: number;
  /** Web Mercator, 0..1. */
  x: number;
  y: number;
  expansion: number;
  composition: Composition;
  key: string;
  /** Radius of its symbol, CSS pixels. */
  reach: number;
  /** The image it shows, which may still be that of an earlier composition. */
  cell: { number: number; key: string } | undefined;
  /** Where it was last drawn, CSS pixels from the top left of the map; NaN when it was not on the screen. */
  screenX: number;
  screenY: number;
}

/**
 * The symbols of an answer of the worker, in its order. A symbol of known identity goes on with the image it has, and
 * one that did not change at all is the same object.
 */
export function follow(
  known: ReadonlyMap<number, MapSymbol>,
  columns: ClusterColumns,
  selected: number | undefined,
): Map<number, MapSymbol> {
  const symbols = new Map<number, MapSymbol>();
  columns.identity.forEach((identity, row) => {
    const composition = compositionAt(columns, row, identity === selected);
    const key = imageKey(composition);
    const lon = columns.lon[row] ?? 0;
    const lat = columns.lat[row] ?? 0;
    const expansion = columns.expansion[row] ?? 0;
    const before = known.get(identity);
    if (before && before.key === key && before.lon === lon && before.lat === lat && before.expansion === expansion) {
      symbols.set(identity, before);
      return;
    }
    const sin = Math.sin((lat * Math.PI) / 180);
    symbols.set(identity, {
      identity,
      lon,
      lat,
      x: lon / 360 + 0.5,
      y: 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI,
      expansion,
      composition,
      key,
      reach: reachOf(composition),
      cell: before?.cell,
      screenX: before?.screenX ?? Number.NaN,
      screenY: before?.screenY ?? Number.NaN,
    });
  });
  return symbols;
}

/** The topmost symbol at a place on the screen (CSS pixels). */
export function symbolAt(symbols: Iterable<MapSymbol>, x: number, y: number): MapSymbol | undefined {
  let found: MapSymbol | undefined;
  for (const symbol of symbols) {
    if (Math.hypot(symbol.screenX - x, symbol.screenY - y) <= symbol.reach) found = symbol;
  }
  return found;
}
