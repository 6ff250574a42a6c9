import { useEffect, useState } from 'react';
import { fetchAnalysis } from '../../api/analyses.ts';
import { notify } from '../../notify.ts';
import { useView } from '../../state/view.ts';
import { keepOpened, openSaved, useOpened } from './opened.ts';
import { useSavedTexts } from './words.ts';

/**
 * Opens the saved analysis that a link names. Where the link says more, what was asked when it was copied, that is asked; the
 * saved one then stands beside it.
 */
export function useSavedLink(): void {
  const { t } = useSavedTexts();
  const id = useView(({ saved }) => saved?.id);
  const openedId = useOpened(({ analysis }) => analysis?.id);
  // As the link said; soon the room itself writes what it asks into the address.
  const [isAsked] = useState(() => useView.getState().analysis !== undefined);
  useEffect(() => {
    if (!id || openedId === id) return;
    let left = false;
    fetchAnalysis(id).then(
      (analysis) => {
        if (!left) (isAsked ? keepOpened : openSaved)(analysis);
      },
      () => {
        if (left) return;
        useView.getState().set({ saved: undefined });
        notify({ color: 'yellow', title: t('openFailed'), message: t('openFailedHint') });
      },
    );
    return () => {
      left = true;
    };
  }, [id, openedId, isAsked, t]);
}
