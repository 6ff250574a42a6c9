import { useEffect, useRef, useState } from 'react';
import type { Look } from '../../figure-palette.ts';
import type { ComparisonMode, ComparisonWords, SecondMap } from '../../map/second-map.ts';
import { useSession } from '../../session.ts';
import { type Counts, keysOf } from '../places.ts';
import { useAnalysis } from '../state.ts';

interface Drawn {
  counts: Counts;
  colours: string[];
  marks: Look['mark'][];
  /** What the pointer says of the place at an index. */
  tell(place: number): string;
}

/** Holds a second map with the same view as long as a mode is given, and draws on it; a click on a place points at it everywhere. */
export function useSecondMap(
  mode: ComparisonMode | undefined,
  { left, right, handle }: ComparisonWords,
  drawn: Drawn | undefined,
): void {
  const first = useSession((session) => session.map);
  const focus = useAnalysis((analysis) => analysis.focus);
  const [second, setSecond] = useState<SecondMap>();
  const words = useRef({ left, right, handle });
  words.current = { left, right, handle };

  useEffect(() => {
    if (!first || !mode) return;
    let made: SecondMap | undefined;
    let wanted = true;
    void import('../../map/second-map.ts').then(({ SecondMap }) => {
      if (!wanted) return;
      made = new SecondMap(first.map, mode, words.current, first.basemap);
      setSecond(made);
    });
    return () => {
      wanted = false;
      made?.remove();
      setSecond(undefined);
    };
  }, [first, mode]);

  useEffect(() => second?.setTitles({ left, right }), [second, left, right]);

  useEffect(() => {
    if (!second || !drawn) return;
    let wanted = true;
    const { counts, colours, marks, tell } = drawn;
    void second.figures.then((figures) => {
      if (!wanted) return;
      if ('areas' in counts) figures.showAreas(counts.level, keysOf(counts), colours, marks, tell);
      else figures.showCells(counts.grid, counts.cells.q, counts.cells.r, colours, marks, tell);
      figures.onPick((place) => useAnalysis.getState().set({ focus: place }));
      figures.focus(useAnalysis.getState().focus);
    });
    return () => {
      wanted = false;
    };
  }, [second, drawn]);

  useEffect(() => {
    let wanted = true;
    void second?.figures.then((figures) => wanted && figures.focus(focus));
    return () => {
      wanted = false;
    };
  }, [second, focus]);
}
