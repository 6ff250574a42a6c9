import { Button } from '@mantine/core';
import { DraftField } from '../../components/draft-field.tsx';
import { useAnalysis } from '../state.ts';
import classes from './repeat.module.css';
import { useRepeatTexts } from './words.ts';

const LARGEST = 4_294_967_295;

/** The seed that all random draws of the room begin with: shown, changed, or drawn anew. */
export function SeedField() {
  const { t } = useRepeatTexts();
  const seed = useAnalysis(({ spec }) => spec?.seed ?? 0);
  const { ask } = useAnalysis.getState();
  return (
    <div className={classes.seed}>
      <DraftField
        label={t('seed')}
        hint={t('seedHint')}
        value={String(seed)}
        error={t('seedError')}
        parse={(text) => (/^\d{1,10}$/.test(text.trim()) && Number(text) <= LARGEST ? Number(text) : undefined)}
        onChange={(chosen) => ask({ seed: chosen })}
      />
      <Button variant="default" onClick={() => ask({ seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 })}>
        {t('newSeed')}
      </Button>
    </div>
  );
}
