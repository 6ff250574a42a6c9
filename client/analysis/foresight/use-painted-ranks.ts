import { useEffect } from 'react';
import { sequentialColours } from '../../figure-palette.ts';
import { useTexts } from '../../i18n/i18n.ts';
import type { Theme } from '../../palette.ts';
import { useView } from '../../state/view.ts';
import { percent } from '../numbers.ts';
import { type Counts, keysOf } from '../places.ts';
import { useAnalysisMap } from '../use-analysis-map.ts';
import { type Foresight, WATCHED } from './foresight.ts';

/** Colours of the shares watched, the smallest share's first. */
export const rankColours = (theme: Theme) => sequentialColours(theme, WATCHED.length).toReversed();

/** Shows on the map the places that it would have had watched: the first per cent brightest, and those up to five and ten. */
export function usePaintedRanks({ rows, order }: Foresight, counts: Counts): void {
  const map = useAnalysisMap();
  const theme = useView((view) => view.theme);
  const { language } = useTexts();
  useEffect(() => {
    if (!map) return;
    const keys = keysOf(counts);
    const colours = new Array<string>(keys.length).fill('');
    const words = 'areas' in counts ? [...counts.areas.name] : keys.map(() => '');
    const ramp = rankColours(theme);
    let rank = 0;
    WATCHED.forEach((share, at) => {
      for (const end = rows[at]?.map?.places ?? 0; rank < end; rank++) {
        const place = order[rank] ?? 0;
        colours[place] = ramp[at] ?? '';
        words[place] = [words[place], `≤ ${percent(share, language)}`].filter(Boolean).join(' · ');
      }
    });
    const marks = keys.map(() => '' as const);
    const tell = (place: number) => words[place] ?? '';
    if ('areas' in counts) map.showAreas(counts.level, keys, colours, marks, tell);
    else map.showCells(counts.grid, counts.cells.q, counts.cells.r, colours, marks, tell);
  }, [map, rows, order, counts, theme, language]);
  useEffect(() => () => map?.clear(), [map]);
}
