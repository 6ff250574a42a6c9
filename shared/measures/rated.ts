import type { Neighbours } from '../stats/index.ts';
import { type Asked, noteCode, type PlaceFigure, type PlaceInput } from './figure.ts';

/**
 * The places whose households, polling stations or area are known, where the measure reckons with them and some are not known.
 * A place of which that is not known is no place without people: whatever happens there would be more than expected, and its
 * neighbours would be judged by it. Undefined where all places can be judged together.
 */
export function ratedPlaces(
  { population, days }: Pick<PlaceInput, 'population' | 'days'>,
  { measure, expected, smoothing }: Pick<Asked, 'measure' | 'expected' | 'smoothing'>,
): Uint32Array | undefined {
  const reckonsWithIt =
    measure === 'window'
      ? expected !== 'baseline' || !(days.baseline > 0)
      : (measure === 'getis' || measure === 'moran') && smoothing !== 'none';
  if (!reckonsWithIt || !population) return undefined;
  return knownPlaces(population);
}

/** Indexes of the places with a figure above 0; undefined where all have one, or none. */
export function knownPlaces(population: Float64Array): Uint32Array | undefined {
  const known = Uint32Array.from([...population.keys()].filter((place) => (population[place] ?? 0) > 0));
  return known.length === 0 || known.length === population.length ? undefined : known;
}

/** The columns of some places alone; who is left out is nobody's neighbour. @param places ascending indexes */
export function amongPlaces(input: PlaceInput, places: Uint32Array): PlaceInput {
  const of = (column: Float64Array) => Float64Array.from(places, (place) => column[place] ?? 0);
  return {
    ...input,
    count: of(input.count),
    baselineCount: of(input.baselineCount),
    population: input.population && of(input.population),
    neighbours: input.neighbours && neighboursAmong(input.neighbours, places),
    // By step and place; no measure that reckons with a denominator has steps.
    series: undefined,
  };
}

/** Neighbours of some places among themselves, by their new indexes. @param places ascending indexes */
export function neighboursAmong({ starts, neighbours }: Neighbours, places: Uint32Array): Neighbours {
  const index = new Map(Array.from(places, (place, at) => [place, at] as const));
  const kept: number[] = [];
  const begins = new Uint32Array(places.length + 1);
  for (const [at, place] of places.entries()) {
    for (let entry = starts[place] ?? 0; entry < (starts[place + 1] ?? 0); entry++) {
      const other = index.get(neighbours[entry] ?? -1);
      if (other !== undefined) kept.push(other);
    }
    begins[at + 1] = kept.length;
  }
  return { starts: begins, neighbours: Uint32Array.from(kept) };
}

/** The figure of some places as one of all: the others have none, for want of a denominator. @param size of all places */
export function amongAll(figure: PlaceFigure, places: Uint32Array, size: number): PlaceFigure {
  const spread = <Column extends Float64Array | Int8Array | Uint8Array>(all: Column, some: Column): Column => {
    for (const [at, place] of places.entries()) all[place] = some[at] ?? 0;
    return all;
  };
  const { test } = figure;
  return {
    ...figure,
    value: spread(new Float64Array(size), figure.value),
    cls: spread(new Int8Array(size).fill(-1), figure.cls),
    note: spread(new Uint8Array(size).fill(noteCode('no-denominator')), figure.note),
    test: test && {
      ...test,
      p: spread(new Float64Array(size).fill(1), test.p),
      adjusted: spread(new Float64Array(size).fill(1), test.adjusted),
      significant: spread(new Uint8Array(size), test.significant),
      ...(test.n && { n: spread(new Float64Array(size), test.n) }),
    },
  };
}
