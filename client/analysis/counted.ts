import type { LeftOut } from '../../shared/schemas/hotspot.ts';
import type { Counts } from './places.ts';

/** What an answer says of the incidents that its figures rest on. */
export type Counted = Pick<
  Counts,
  'total' | 'leftOut' | 'coarse' | 'accuracyUnknown' | 'baseline' | 'asOf' | 'dataVersion'
>;

/** Why an incident is not counted, in the order in which it is told. */
export const LEFT_OUT_REASONS = ['patrol', 'unverified', 'void', 'placeless'] as const satisfies (keyof LeftOut)[];

/** What several answers say together, that each count other incidents of the same days; undefined of none. */
export function countedTogether(answers: readonly Counted[]): Counted | undefined {
  const [first] = answers;
  if (!first) return undefined;
  const sum = (of: (answer: Counted) => number) => answers.reduce((all, answer) => all + of(answer), 0);
  const pair = (of: (answer: Counted) => Counted['total']) => ({
    period: sum((answer) => of(answer).period),
    baseline: sum((answer) => of(answer).baseline),
  });
  const left = (span: 'period' | 'baseline'): LeftOut => ({
    patrol: sum(({ leftOut }) => leftOut[span].patrol),
    unverified: sum(({ leftOut }) => leftOut[span].unverified),
    void: sum(({ leftOut }) => leftOut[span].void),
    placeless: sum(({ leftOut }) => leftOut[span].placeless),
  });
  return {
    total: pair(({ total }) => total),
    leftOut: { period: left('period'), baseline: left('baseline') },
    coarse: pair(({ coarse }) => coarse),
    accuracyUnknown: pair(({ accuracyUnknown }) => accuracyUnknown),
    baseline: first.baseline,
    // The oldest: nothing is newer than that in all of them.
    asOf: answers.map(({ asOf }) => asOf).sort()[0] ?? first.asOf,
    dataVersion: [...new Set(answers.map(({ dataVersion }) => dataVersion))].join(' · '),
  };
}
