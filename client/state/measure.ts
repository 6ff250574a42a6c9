import { create } from 'zustand';

/** What the measuring tools have found so far. */
export interface MeasureState {
  /** Clicked points, [lon, lat] in degrees. */
  points: [number, number][];
  /** Length of the line or of the outline, in metres. */
  metres: number;
  /** Area within the outline in square metres; 0 while measuring a distance. */
  squareMetres: number;
  /** Whether the figure is final: ended by double click or Enter. */
  done: boolean;
}

export const NO_MEASURE: MeasureState = { points: [], metres: 0, squareMetres: 0, done: false };

/** Written by the map's measuring tool, read by the panel that shows the figures. */
export const useMeasure = create<MeasureState>(() => NO_MEASURE);
