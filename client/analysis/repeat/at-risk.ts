import type { Risk } from '../../../shared/schemas/analysis.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';

/** Areas that have somebody at risk, and what had to be left out. */
export interface AreasAtRisk {
  /** Indexes into the areas of the answer. */
  index: number[];
  lon: Float64Array;
  lat: Float64Array;
  count: Float64Array;
  /** Zeros unless the baseline is what is compared with. */
  baselineCount: Float64Array;
  /** Households or polling stations; zeros where the baseline is what is compared with. */
  atRisk: Float64Array;
  /** Areas without a figure of who is at risk, and the incidents in them: neither can be judged. */
  leftOut: { areas: number; incidents: number };
}

/** Puts together what the scan of areas needs, by what the expected number goes by. */
export function areasAtRisk({ areas }: Pick<AreaCounts, 'areas'>, risk: Risk): AreasAtRisk {
  const size = (i: number) => (risk === 'baseline' ? 1 : (areas[risk][i] ?? 0));
  const index = areas.code.map((_, i) => i).filter((i) => size(i) > 0);
  const column = (values: readonly (number | null)[]) => Float64Array.from(index, (i) => values[i] ?? 0);
  const zeros = new Float64Array(index.length);
  const count = column(areas.count);
  const all = areas.count.reduce((sum, one) => sum + one, 0);
  return {
    index,
    lon: column(areas.lon),
    lat: column(areas.lat),
    count,
    baselineCount: risk === 'baseline' ? column(areas.baselineCount) : zeros,
    atRisk: risk === 'baseline' ? zeros : column(areas[risk]),
    leftOut: {
      areas: areas.code.length - index.length,
      incidents: all - count.reduce((sum, one) => sum + one, 0),
    },
  };
}
