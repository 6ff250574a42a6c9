import { create } from 'zustand';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import { FINDING_KINDS, type FindingKind, type SavedMeasure } from '../../shared/schemas/saved-analysis.ts';
import type { Language } from '../i18n/i18n.ts';
import { encodeLink } from './link.ts';
import { firstSpec } from './state.ts';

/** The answer to a question, kept when its view is left. */
export interface Finding {
  /** What was asked, of all that it depends on; see {@link questionOf}. */
  question: string;
  /** When it was found, Unix time in milliseconds. */
  at: number;
  /** The verdict first, then what it rests on, a sentence or two each. */
  say(language: Language): string[];
  measures: SavedMeasure[];
}

/** What was found since the page was opened; of each kind the newest. */
export const useFindings = create<Partial<Record<FindingKind, Finding>>>(() => ({}));

type Part = keyof AnalysisSpec;
const LOOKS: Part[] = ['measure', 'smoothing', 'expected'];
/** What a finding does not depend on: whoever changes that afterwards has not asked anything else. */
const FREE: Record<FindingKind, Part[]> = {
  effect: ['places', 'per', 'bandwidthM', 'stepDays', 'seed', 'fdr', 'repeat', 'foresight'],
  repeats: ['baseline', 'places', 'per', 'bandwidthM', 'stepDays', 'effect', 'foresight'],
  clusters: ['per', 'bandwidthM', 'effect', 'foresight'],
  test: ['stepDays', 'seed', 'fdr', 'effect', 'repeat'],
};

/** The question of a kind as one text: the same for all specs that have the same answer on the same data. */
export function questionOf(kind: FindingKind, spec: AnalysisSpec): string {
  const free = [...LOOKS, ...FREE[kind]];
  const asked = Object.entries(spec).filter(([part]) => !free.includes(part as Part));
  return encodeLink('map', { ...firstSpec(spec.period.endsOn), ...Object.fromEntries(asked) });
}

/** Of what was found, the answers to what is asked by a spec. */
export function findingsFor(
  spec: AnalysisSpec,
  found: Partial<Record<FindingKind, Finding>>,
): { kind: FindingKind; finding: Finding }[] {
  return FINDING_KINDS.flatMap((kind) => {
    const finding = found[kind];
    return finding?.question === questionOf(kind, spec) ? [{ kind, finding }] : [];
  });
}
