import { Switch } from '@mantine/core';
import { type AnalysisSpec, DENOMINATORS, MEASURES } from '../../../shared/schemas/analysis.ts';
import { distance, number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { Choice } from '../choice.tsx';
import type { Counts } from '../places.ts';
import { PlacesControl } from '../places-control.tsx';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './map.module.css';

const ALPHAS = [0.1, 0.05, 0.01, 0.001];
/** PySAL's, and as many as a p of four decimals takes. */
const DRAWS = [999, 9_999];
const BANDWIDTHS = [100, 200, 300, 500, 1000, 2000];
const STEP_DAYS = [1, 3, 7, 14, 28];
const SMOOTHINGS = ['none', 'global', 'local'] as const;
const TESTED: AnalysisSpec['measure'][] = ['window', 'getis', 'moran', 'change'];

/** Which measure, of which places, and what its method needs to be told. */
export function Controls({ spec, counts }: { spec: AnalysisSpec; counts: Counts | undefined }) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { ask } = useAnalysis.getState();
  const { measure, places } = spec;
  const byPlaces = measure !== 'density';
  const smooths = measure === 'rate' || measure === 'getis' || measure === 'moran';
  const divides =
    measure === 'rate' || (smooths && spec.smoothing !== 'none') || (measure === 'window' && expectsBy(spec) === 'per');
  const withOwn = <T extends number>(all: readonly T[], own: T) => (all.includes(own) ? all : [...all, own]);
  return (
    <div className={classes.controls}>
      <Choice
        label={t('map.measure')}
        value={measure}
        options={MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
        onChange={(value) => ask({ measure: value })}
      />
      {byPlaces && <PlacesControl places={places} />}
      {measure === 'window' && (
        <Choice
          label={t('map.expected')}
          value={expectsBy(spec)}
          options={[
            ...(spec.baseline ? [{ value: 'baseline' as const, label: t('question.baseline') }] : []),
            { value: 'per' as const, label: t('map.expectedPer') },
          ]}
          onChange={(expected) => ask({ expected })}
        />
      )}
      {smooths && (
        <Choice
          label={measure === 'rate' ? t('map.smoothing') : t('map.values')}
          value={spec.smoothing}
          options={SMOOTHINGS.map((value) => ({
            value,
            label: measure === 'rate' ? t(`smoothing.${value}`) : t(`values.${value}`),
          }))}
          onChange={(smoothing) => ask({ smoothing })}
        />
      )}
      {divides && (
        <Choice
          label={t('map.per')}
          value={spec.per}
          options={DENOMINATORS.filter(
            (value) => !counts || 'areas' in counts || value === 'km2' || value === spec.per,
          ).map((value) => ({ value, label: t(`per.${value}`) }))}
          onChange={(per) => ask({ per })}
        />
      )}
      {measure === 'moran' && (
        <Choice
          label={t('map.tail')}
          value={String(spec.draws ?? 'normal')}
          options={[
            { value: 'normal', label: t('map.tailNormal') },
            ...withOwn(DRAWS, spec.draws ?? 999).map((draws) => ({
              value: String(draws),
              label: t('map.tailDraws', { draws: number(draws, language) }),
            })),
          ]}
          onChange={(value) => ask({ draws: value === 'normal' ? null : Number(value) })}
        />
      )}
      {measure === 'density' && (
        <Choice
          label={t('map.bandwidth')}
          value={String(spec.bandwidthM ?? 'rule')}
          options={[
            { value: 'rule', label: t('map.rule') },
            ...withOwn(BANDWIDTHS, spec.bandwidthM ?? 100).map((metres) => ({
              value: String(metres),
              label: distance(metres, language),
            })),
          ]}
          onChange={(value) => ask({ bandwidthM: value === 'rule' ? null : Number(value) })}
        />
      )}
      {(measure === 'emerging' || measure === 'count') && (
        <Choice
          label={t('map.step')}
          value={String(spec.stepDays)}
          options={withOwn(STEP_DAYS, spec.stepDays).map((days) => ({
            value: String(days),
            label: t('map.stepDays', { days }),
          }))}
          onChange={(days) => ask({ stepDays: Number(days) })}
        />
      )}
      {(TESTED.includes(measure) || measure === 'emerging') && (
        <Choice
          label={t('map.alpha')}
          value={String(spec.alpha)}
          options={withOwn(ALPHAS, spec.alpha).map((value) => ({
            value: String(value),
            label: number(value, language, 3),
          }))}
          onChange={(alpha) => ask({ alpha: Number(alpha) })}
        />
      )}
      {TESTED.includes(measure) && (
        <Switch
          className={classes.switch}
          label={t('map.fdr')}
          checked={spec.fdr}
          onChange={(event) => ask({ fdr: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}

/** What the exact window expects by: the baseline where there is one and it is meant. */
const expectsBy = (spec: AnalysisSpec) => (spec.baseline && spec.expected === 'baseline' ? 'baseline' : 'per');
