import { fieldError, type RondaError } from '../../shared/errors.ts';
import type { AnalysisSpec, AnalysisView } from '../../shared/schemas/analysis.ts';
import { containsCode, type Scope } from '../access/scope.ts';

/** Which places the figures of an analysis are about. */
export interface About {
  /** Codes of areas; null: the whole country. */
  codes: readonly string[] | null;
  /** Jurisdictions whose drawn parts they are about, too. */
  drawn: readonly number[];
}

/** Views whose figures come from nowhere but the area that is asked for. */
const WITHIN_AREA: readonly AnalysisView[] = ['map', 'compare', 'repeat', 'test'];

/**
 * Which places the figures are about that a reader with this scope sees: all that he may see of the area that is asked for, or
 * all that he may see. Throws `forbidden` for an area of which he sees nothing.
 */
export function aboutOf(read: Scope, view: AnalysisView, { area }: AnalysisSpec): About {
  const wanted = WITHIN_AREA.includes(view) ? area : null;
  if (wanted !== null && containsCode(read, wanted)) return { codes: [wanted], drawn: [] };
  if (read.everything) return { codes: null, drawn: [] };
  const codes = wanted === null ? read.codes : read.codes.filter((code) => code.startsWith(`${wanted}.`));
  if (codes.length === 0 && read.drawn.length === 0) {
    throw refusal('lies outside your jurisdiction; choose an area within it');
  }
  return { codes, drawn: read.drawn };
}

/** Throws `forbidden` when somebody who sees more than where he may write would save what he may not. */
export function requireWritable({ codes, drawn }: About, write: Scope): void {
  if (write.everything) return;
  const inside = codes?.every((code) => containsCode(write, code)) && drawn.every((id) => write.drawn.includes(id));
  if (!inside) {
    throw refusal('reaches beyond where you may save analyses, and so do the figures; choose a smaller area');
  }
}

/** The refusal for a jurisdiction whose drawn parts are none of today's: what is about no place would be for everybody. */
export function aboutNowhere(): RondaError {
  return refusal(
    'reaches nothing: what was drawn of your jurisdiction is not in force today; choose an area within it',
  );
}

function refusal(problem: string): RondaError {
  const field = 'body.spec.area';
  return fieldError('forbidden', field, problem);
}
