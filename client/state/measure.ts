import { create } from 'zustand';

/** What the measuring tools have found so far. */
export interface MeasureState {
  /** Clicked points, [lon, lat] in degrees. */
  points: [number, number][];
  /** Length of the line or of the outline, in metres. */
  metres: number;
  /** Area within the outline in square metres; 0 while measuring a distance. */
  squareMetres: number;
}

export const NO_MEASURE: MeasureState = { points: [], metres: 0, squareMetres: 0 };

/** Written by the map's measuring tool, read by the panel that shows the figures; set to {@link NO_MEASURE}, the tool begins anew. */
export const useMeasure = create<MeasureState>(() => NO_MEASURE);
