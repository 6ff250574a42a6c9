import type { Problems } from './draft.ts';
import { useCalendarTexts } from './words.ts';

/** Words for what is wrong with a field; undefined where nothing is. */
export function useProblemWords(problems: Problems): (field: string) => string | undefined {
  const { t } = useCalendarTexts();
  return (field) => {
    const problem = problems[field];
    if (problem === undefined) return undefined;
    return typeof problem === 'string' ? t(`problem.${problem}`) : problem.said;
  };
}
