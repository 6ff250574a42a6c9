import { Button } from '@mantine/core';
import { openFilters } from '../actions.ts';
import { EmptyNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useNoMapTexts } from './words.ts';

/** In place of the list of units where there are only counts of them, and no map to look closer with. */
export default function ManyUnits({ count }: { count: number }) {
  const { t } = useNoMapTexts();
  const { t: common } = useTexts();
  return (
    <EmptyNote title={t('many', { count })}>
      <p>{t('manyHint')}</p>
      <Button variant="default" onClick={openFilters}>
        {common('action.filters')}
      </Button>
    </EmptyNote>
  );
}
