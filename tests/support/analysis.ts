import { uuidv7 } from 'uuidv7';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { NewAnalysis } from '../../shared/schemas/saved-analysis.ts';

/** Four weeks of a campaign against the four before them. */
const SPEC: AnalysisSpec = {
  period: { startsOn: '2024-10-30', endsOn: '2024-11-26' },
  baseline: { startsOn: '2024-10-02', endsOn: '2024-10-29', kind: 'weeks-before' },
  categories: [],
  severities: [],
  area: null,
  patrol: false,
  unverified: false,
  places: { kind: 'areas', level: 'desa' },
  measure: 'count',
  per: 'households',
  expected: 'baseline',
  smoothing: 'none',
  alpha: 0.05,
  fdr: true,
  bandwidthM: null,
  stepDays: 7,
  seed: 20_240_214,
};
const NONE = { patrol: 0, unverified: 0, void: 0, placeless: 0 };

/** An analysis to be saved, of an area (dotted code) or of all that its writer sees. */
export function newAnalysis(area: string | null, changes: Partial<NewAnalysis> = {}): NewAnalysis {
  return {
    id: uuidv7(),
    title: 'Pencurian pada masa kampanye',
    note: 'Titik rawan di utara pasar.',
    view: 'map',
    spec: { ...SPEC, area, seed: 7 },
    camera: { lon: 116.1, lat: -8.55, zoom: 11.5, bearing: 0, pitch: 0 },
    figures: {
      asOf: '2024-11-28T01:00:00Z',
      total: { period: 41, baseline: 20 },
      leftOut: { period: { ...NONE, patrol: 3 }, baseline: NONE },
      places: 24,
      significant: 1,
      measures: [{ name: 'moran.i', value: 0.31, p: 0.004 }],
      top: [
        {
          place: '52.71.01.1004',
          name: 'Pejanggik',
          count: 17,
          baselineCount: 4,
          value: 4.25,
          p: 0.0003,
          class: 'hot',
        },
      ],
    },
    dataVersion: 'a1',
    ...changes,
  };
}
