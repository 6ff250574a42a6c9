import type { Row } from './tally.ts';

/** A GeoJSON collection of the incidents that count in the heat, and how many do and do not. */
export function heatGeoJson(rows: Iterable<Row>): { text: string; shown: number; leftOut: number } {
  const features: string[] = [];
  let leftOut = 0;
  for (const { heat, lon, lat } of rows) {
    if (!heat) leftOut++;
    else features.push(`{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[${lon},${lat}]}}`);
  }
  return {
    text: `{"type":"FeatureCollection","features":[${features.join(',')}]}`,
    shown: features.length,
    leftOut,
  };
}
