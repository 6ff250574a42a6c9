import {
  type RulePrecision,
  WARNING_RULES,
  type WarningOutcome,
  type WarningRule,
} from '../../shared/schemas/warning.ts';
import { normalQuantile } from '../../shared/stats/normal.ts';

const Z = normalQuantile(0.975);

/** How often each rule was right. Unclear outcomes are counted apart: they say nothing for or against it. */
export function precisionOf(
  counts: readonly { rule: WarningRule; outcome: WarningOutcome | null; count: number }[],
): RulePrecision[] {
  return WARNING_RULES.map((rule) => {
    const of = (outcome: WarningOutcome | null) =>
      counts.find((one) => one.rule === rule && one.outcome === outcome)?.count ?? 0;
    const [right, wrong] = [of('true'), of('false')];
    const { low, high } = wilson(right, right + wrong);
    return {
      rule,
      true: right,
      false: wrong,
      unclear: of('unclear'),
      unjudged: of(null),
      precision: right + wrong > 0 ? right / (right + wrong) : null,
      low,
      high,
    };
  });
}

/**
 * Interval of a share at 95 % by the score test (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): stays within 0 and 1 and is
 * not empty where all were right or all wrong, as few outcomes often are. Nulls without any.
 */
function wilson(right: number, all: number): { low: number | null; high: number | null } {
  if (all === 0) return { low: null, high: null };
  const share = right / all;
  const middle = share + Z ** 2 / (2 * all);
  const half = Z * Math.sqrt((share * (1 - share)) / all + Z ** 2 / (4 * all ** 2));
  const scale = 1 + Z ** 2 / all;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}
