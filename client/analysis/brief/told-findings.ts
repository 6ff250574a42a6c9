import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { FINDING_KINDS, type FindingKind, type SavedAnalysis } from '../../../shared/schemas/saved-analysis.ts';
import type { Language } from '../../i18n/i18n.ts';
import { type Finding, findingsFor } from '../findings.ts';
import { keptFindings } from '../saved/kept-findings.ts';

/** What a view came to, as a brief tells it. */
export interface ToldFinding {
  kind: FindingKind;
  /** When it was computed, Unix time in milliseconds. */
  at: number;
  /** The verdict first, then what it rests on. */
  words: string[];
}

/**
 * What the views of one question each found about what is asked: since the page was opened, or else as the opened analysis keeps
 * it, so that a document that somebody else opens, or the server prints, says the same.
 */
export function toldFindings(
  spec: AnalysisSpec,
  found: Partial<Record<FindingKind, Finding>>,
  opened: Pick<SavedAnalysis, 'spec' | 'figures'> | undefined,
  language: Language,
): ToldFinding[] {
  const fresh = findingsFor(spec, found);
  const kept = keptFindings(opened, spec);
  return FINDING_KINDS.flatMap((kind): ToldFinding[] => {
    const own = fresh.find((each) => each.kind === kind)?.finding;
    if (own) return [{ kind, at: own.at, words: own.say(language) }];
    const other = kept.find((each) => each.kind === kind);
    return other ? [{ kind, at: Date.parse(other.at), words: other.words[language] }] : [];
  });
}
