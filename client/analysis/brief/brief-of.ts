import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { FindingKind } from '../../../shared/schemas/saved-analysis.ts';
import type { Picture } from '../../map/paper-picture.ts';
import type { MapLegendProps } from '../map/map-legend.tsx';
import type { Basis } from './basis-of.ts';
import type { Facts } from './facts.ts';
import type { PlaceSeries } from './top-series.ts';

/** All that a brief shows, in words and figures. */
export interface Brief {
  spec: AnalysisSpec;
  title: string;
  where: string;
  span: string;
  facts: Facts;
  decision: string;
  /** Paragraphs of the analyst. */
  text: string[];
  picture: Picture;
  legend: MapLegendProps | undefined;
  /** Of the first place, or of the whole. */
  series: PlaceSeries & { name: string };
  rows: {
    key: string;
    name: string;
    count: number;
    baselineCount: number;
    value: string;
    significant: boolean;
  }[];
  /** How many places there are in all. */
  places: number;
  /** Answers of the other views to the same question, each with its heading, its verdict and what that rests on. */
  findings: { kind: FindingKind; heading: string; verdict: string; lines: string[]; found: string }[];
  basis: Basis;
  /** What whoever reads the figures must know first: what is counted beyond the usual, and why to compare with care. */
  caution: string[];
  /** As of when, of which version of the data, and the seed. */
  version: string;
  /** Whether it is about the fictional demonstration. */
  sample: boolean;
}
