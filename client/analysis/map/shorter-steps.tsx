import { Button } from '@mantine/core';
import { lengthOf } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { StatsReason } from '../../../shared/stats/index.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './map.module.css';

/** Steps that emerging hotspots need. */
const FEWEST = 10;

/** Where a period has too few steps for the method, the longest ones that it has enough of. */
export function ShorterSteps({ spec, refused }: { spec: AnalysisSpec; refused: StatsReason | undefined }) {
  const { t } = useAnalysisTexts();
  const days = Math.floor(lengthOf(spec.period) / FEWEST);
  if (refused !== 'too-short' || spec.measure !== 'emerging' || days < 1 || days >= spec.stepDays) return null;
  return (
    <Button
      variant="default"
      className={classes.shorter}
      onClick={() => useAnalysis.getState().ask({ stepDays: days })}
    >
      {t('map.shorterSteps', { days })}
    </Button>
  );
}
