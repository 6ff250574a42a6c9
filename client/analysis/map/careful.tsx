import { Button } from '@mantine/core';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { GETIS_ORD_LEAST_INCIDENTS } from '../../../shared/stats/index.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { brief } from '../numbers.ts';
import type { Counts } from '../places.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './map.module.css';

/** Incidents below which the whole picture is told to be thin. */
const THIN = 30;

/** When to be careful with what the map shows: few incidents, a method whose assumption fails, tests without correction. */
export function Careful({ spec, counts, figure }: { spec: AnalysisSpec; counts: Counts; figure: PlaceFigure }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const n = (value: number) => number(value, language);
  const { facts, test } = figure;
  return (
    <>
      {facts.normal === false && (
        <div className={classes.careful}>
          <p>
            {t('legend.notNormal', {
              n: brief(facts.perWindow ?? 0, language),
              least: n(GETIS_ORD_LEAST_INCIDENTS),
            })}
          </p>
          <Button size="compact-sm" variant="default" onClick={() => useAnalysis.getState().ask({ measure: 'window' })}>
            {t('legend.useExact')}
          </Button>
        </div>
      )}
      {counts.total.period < THIN && (
        <p className={classes.careful}>{t('legend.thin', { n: n(counts.total.period) })}</p>
      )}
      {!spec.fdr && test && (
        <p className={classes.careful}>
          {t('legend.noFdr', { n: n(test.tested) })} <MethodLink of="fdr" compact />
        </p>
      )}
    </>
  );
}
