import { Button } from '@mantine/core';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import { Icon } from '../components/icons.tsx';
import classes from './room.module.css';
import { useAnalysis } from './state.ts';
import { useAnalysisTexts } from './words.ts';

/** Says, as long as it is so, that incidents are counted which statistics leave out otherwise. */
export function Banners({ spec }: { spec: AnalysisSpec }) {
  const { t } = useAnalysisTexts();
  return (['patrol', 'unverified'] as const)
    .filter((name) => spec[name])
    .map((name) => (
      <div key={name} className={classes.banner} role="status">
        <Icon name="warning" size={18} />
        <p>
          <b>{t(`banner.${name}`)}</b> {t(`banner.${name}Hint`)}
        </p>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => useAnalysis.getState().ask(name === 'patrol' ? { patrol: false } : { unverified: false })}
        >
          {t('banner.off')}
        </Button>
      </div>
    ));
}
