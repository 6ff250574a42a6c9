import {
  FINDING_KINDS,
  type FindingKind,
  type SavedFigures,
  type SavedMeasure,
  type SavedPlace,
} from '../../../shared/schemas/saved-analysis.ts';
import { LEFT_OUT_REASONS } from '../counted.ts';

/** Something that is no longer as it was saved. */
export type Change =
  /** Incidents counted, of period or baseline. */
  | { kind: 'total'; of: 'period' | 'baseline'; before: number; now: number }
  /** Incidents left out, for one of the reasons. */
  | {
      kind: 'left-out';
      of: 'period' | 'baseline';
      reason: keyof SavedFigures['leftOut']['period'];
      before: number;
      now: number;
    }
  | { kind: 'places'; before: number; now: number }
  | { kind: 'significant'; before: number | null; now: number | null }
  /** A place that the analysis told of has other figures, or is gone (`now` is undefined). */
  | { kind: 'place'; before: SavedPlace; now: SavedPlace | undefined }
  /** A place that it tells of now, and did not. */
  | { kind: 'new-place'; now: SavedPlace }
  | { kind: 'measure'; name: string; before: number | null; now: number | null };

/** Figures are the same when they differ by no more than rounding on the way through JSON. */
const SAME = 1e-9;

/**
 * What differs between the figures of an analysis as they were saved and as they are now, most telling first; empty where they are
 * the same. When they were read plays no part.
 */
export function changesOf(before: SavedFigures, now: SavedFigures): Change[] {
  const changes: Change[] = [];
  for (const of of ['period', 'baseline'] as const)
    if (before.total[of] !== now.total[of])
      changes.push({ kind: 'total', of, before: before.total[of], now: now.total[of] });
  if (before.places !== now.places) changes.push({ kind: 'places', before: before.places, now: now.places });
  if (before.significant !== now.significant)
    changes.push({ kind: 'significant', before: before.significant, now: now.significant });
  changes.push(...changedPlaces(before.top, now.top));
  const open = findingsNotAgain(before, now);
  for (const measure of before.measures) {
    if (open.some((kind) => isOf(kind, measure))) continue;
    const other = now.measures.find(({ name }) => name === measure.name);
    const value = other?.value ?? null;
    if (!isSame(measure.value, value))
      changes.push({ kind: 'measure', name: measure.name, before: measure.value, now: value });
  }
  for (const of of ['period', 'baseline'] as const)
    for (const reason of LEFT_OUT_REASONS)
      if (before.leftOut[of][reason] !== now.leftOut[of][reason])
        changes.push({
          kind: 'left-out',
          of,
          reason,
          before: before.leftOut[of][reason],
          now: now.leftOut[of][reason],
        });
  return changes;
}

/** What other views had found when it was saved, and have not been asked again since. */
export function findingsNotAgain(before: SavedFigures, now: SavedFigures): FindingKind[] {
  const has = ({ measures }: SavedFigures, kind: FindingKind) => measures.some((measure) => isOf(kind, measure));
  return FINDING_KINDS.filter((kind) => has(before, kind) && !has(now, kind));
}

/** Whether a figure is one that a finding stands on. */
export const isOf = (kind: FindingKind, { name }: Pick<SavedMeasure, 'name'>) => name.startsWith(`${kind}.`);

function changedPlaces(before: readonly SavedPlace[], now: readonly SavedPlace[]): Change[] {
  const places = new Map(now.map((place) => [place.place, place]));
  const changed = before.flatMap((place): Change[] => {
    const other = places.get(place.place);
    return other && isSamePlace(place, other) ? [] : [{ kind: 'place', before: place, now: other }];
  });
  const known = new Set(before.map(({ place }) => place));
  return [
    ...changed,
    ...now.flatMap((place): Change[] => (known.has(place.place) ? [] : [{ kind: 'new-place', now: place }])),
  ];
}

function isSamePlace(a: SavedPlace, b: SavedPlace): boolean {
  return (
    a.count === b.count &&
    a.baselineCount === b.baselineCount &&
    isSame(a.value, b.value) &&
    isSame(a.expected ?? null, b.expected ?? null) &&
    isSame(a.p, b.p) &&
    (a.class === b.class || (isRange(a.class) && isRange(b.class)))
  );
}

/** A class from one value to another: its ends move with other places' values, and say nothing of this one's. */
const isRange = (name: string | undefined) => name !== undefined && /^[\d.e+-]+$/.test(name);

/** Whether two figures differ by rounding alone. */
export function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SAME * Math.max(1, Math.abs(a), Math.abs(b));
}
