import { useEffect } from 'react';
import type { AreaCounts, CountLevel } from '../../../shared/schemas/hotspot.ts';
import { useView } from '../../state/view.ts';
import { useAnalysisMap } from '../use-analysis-map.ts';
import { lookOf } from './looks.ts';
import { SIDES, type Sides } from './sides.ts';
import { useEffectTexts } from './words.ts';

/** Shows on the map which areas are on which side; takes them off with the view. */
export function usePaintedSides(level: CountLevel, areas: AreaCounts['areas'] | undefined, sides: Sides | undefined) {
  const { t } = useEffectTexts();
  const map = useAnalysisMap();
  const theme = useView((view) => view.theme);
  useEffect(() => {
    if (!map || !areas || !sides) return;
    const colours = new Array<string>(areas.code.length).fill('');
    const marks = new Array<ReturnType<typeof lookOf>['mark']>(areas.code.length).fill('');
    const words = [...areas.name];
    for (const side of SIDES) {
      const { colour, mark } = lookOf(theme, side);
      for (const area of sides[side]) {
        colours[area] = colour;
        marks[area] = mark;
        words[area] = `${areas.name[area]} · ${t(side)}`;
      }
    }
    map.showAreas(level, areas.code, colours, marks, (area) => words[area] ?? '');
  }, [map, level, areas, sides, theme, t]);
  useEffect(() => () => map?.clear(), [map]);
}
