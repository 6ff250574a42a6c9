import { useEffect } from 'react';
import type { DensityFigure, PlaceFigure } from '../../shared/measures/figure.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import { placeLooks } from './looks.ts';
import { densityClasses } from './map/legend-of.ts';
import { brief } from './numbers.ts';
import { type Counts, keysOf } from './places.ts';
import { useAnalysis } from './state.ts';

/**
 * Draws a figure of places on the map as long as it is there, in step with what lists point at; a click on a place points at it
 * everywhere. @param tell what the pointer says of the place at an index
 */
export function useDrawn(
  counts: Counts | undefined,
  figure: PlaceFigure | undefined,
  tell: (place: number) => string,
): void {
  const map = useSession((session) => session.map);
  const theme = useView((view) => view.theme);
  const focus = useAnalysis((analysis) => analysis.focus);

  useEffect(() => {
    if (!map || !counts || !figure) return;
    let wanted = true;
    void map.analysis().then((drawn) => {
      if (!wanted) return;
      const { colours, marks } = placeLooks(figure, theme);
      if ('areas' in counts) drawn.showAreas(counts.level, counts.areas.code, colours, marks, tell);
      else drawn.showCells(counts.grid, counts.cells.q, counts.cells.r, colours, marks, tell);
      drawn.focus(useAnalysis.getState().focus);
    });
    return () => {
      wanted = false;
    };
  }, [map, counts, figure, theme, tell]);

  useCleared(figure !== undefined);

  useEffect(() => {
    void map?.analysis().then((drawn) => drawn.focus(focus));
  }, [map, focus]);

  useEffect(() => {
    if (!map) return;
    let stop = () => {};
    let gone = false;
    void map.analysis().then((drawn) => {
      if (gone) return;
      stop = drawn.onPick((place) => useAnalysis.getState().set({ focus: place }));
    });
    return () => {
      gone = true;
      stop();
    };
  }, [map]);
}

/** Takes what is drawn off the map once there is nothing to draw: colours without a legend would be those of another question. */
function useCleared(isDrawn: boolean): void {
  const map = useSession((session) => session.map);
  useEffect(() => {
    if (!map || !isDrawn) return;
    return () => void map.analysis().then((drawn) => drawn.clear());
  }, [map, isDrawn]);
}

/** Draws a density with its contours as long as it is there. */
export function useDrawnDensity(figure: DensityFigure | undefined): void {
  const map = useSession((session) => session.map);
  const theme = useView((view) => view.theme);
  const { language } = useTexts();
  useCleared(figure !== undefined);
  useEffect(() => {
    if (!map || !figure) return;
    let wanted = true;
    void map.analysis().then((drawn) => {
      const label = (level: number) => brief(level, language);
      if (wanted) drawn.showDensity(figure, densityClasses(figure, theme), { contours: figure.contours, label });
    });
    return () => {
      wanted = false;
    };
  }, [map, figure, theme, language]);
}

/** Points at a place everywhere, and brings it into the map's window. */
export function pointAt(counts: Counts, place: number): void {
  useAnalysis.getState().set({ focus: keysOf(counts)[place] });
  if (!('areas' in counts)) return;
  const { map } = useSession.getState();
  const [lon, lat] = [counts.areas.lon[place], counts.areas.lat[place]];
  if (!map || lon === undefined || lat === undefined) return;
  const [west, south, east, north] = map.bounds();
  if (lon < west || lon > east || lat < south || lat > north) map.flyTo({ lon, lat });
}
