import type { SavedAnalysis } from '../../../shared/schemas/saved-analysis.ts';
import { type AnalysisDeed, useAnalysisDeed } from '../../api/analyses.ts';
import { RequestError } from '../../api/request.ts';
import { follow } from '../../follow.ts';
import { notify } from '../../notify.ts';
import { useSavedTexts } from './words.ts';

/** Does something with saved analyses, and says why when it failed. */
export function useDeed() {
  const { t } = useSavedTexts();
  const { mutateAsync, isPending } = useAnalysisDeed();
  const run = (deed: AnalysisDeed, onSuccess: (analysis: SavedAnalysis | undefined) => void) =>
    follow(mutateAsync(deed), onSuccess, (error) => {
      const code = error instanceof RequestError ? error.body.code : '';
      const name = code === 'version_conflict' ? 'conflict' : code === 'forbidden' ? 'forbidden' : 'failed';
      notify({ color: 'yellow', title: t(name), message: t(`${name}Hint`) });
    });
  return { run, busy: isPending };
}
