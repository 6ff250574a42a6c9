import { NativeSelect } from '@mantine/core';
import { type AnalysisSpec, type RepeatSpec, RISKS } from '../../../shared/schemas/analysis.ts';
import { DraftField } from '../../components/draft-field.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { percent } from '../numbers.ts';
import { useAnalysis } from '../state.ts';
import classes from './repeat.module.css';
import { useRepeatTexts } from './words.ts';

const SHARES = [0.05, 0.1, 0.25, 0.5];

/** How clusters are looked for. */
export function ClustersForm({ spec, asked }: { spec: AnalysisSpec; asked: RepeatSpec }) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const ask = (change: Partial<RepeatSpec>) => useAnalysis.getState().ask({ repeat: { ...asked, ...change } });
  const shares = [...new Set([...SHARES, asked.share])].toSorted((a, b) => a - b);
  const risks = { households: t('riskHouseholds'), tps: t('riskTps'), baseline: t('riskBaseline') };
  return (
    <div className={classes.form}>
      <div className={classes.wide}>
        <ToggleChips
          single
          label={t('method')}
          options={[
            { value: 'poisson', label: t('methodPoisson') },
            { value: 'space-time', label: t('methodSpaceTime') },
          ]}
          chosen={[asked.clusters]}
          onChange={([clusters]) => clusters && ask({ clusters })}
        />
      </div>
      {asked.clusters === 'poisson' && (
        <div className={classes.wide}>
          <ToggleChips
            single
            label={t('risk')}
            options={RISKS.filter((risk) => risk !== 'baseline' || spec.baseline).map((value) => ({
              value,
              label: risks[value],
            }))}
            chosen={[asked.risk]}
            onChange={([risk]) => risk && ask({ risk })}
          />
        </div>
      )}
      <NativeSelect
        label={t('share')}
        value={asked.share}
        data={shares.map((share) => ({ value: String(share), label: percent(share, language) }))}
        onChange={(event) => ask({ share: Number(event.currentTarget.value) })}
      />
      <DraftField
        label={t('radius')}
        placeholder={t('radiusNone')}
        value={asked.radiusM === null ? '' : String(asked.radiusM)}
        error={t('radiusError', { most: number(500_000, language) })}
        parse={parseRadius}
        onChange={({ radiusM }) => ask({ radiusM })}
      />
    </div>
  );
}

/** Nothing typed is no limit. */
function parseRadius(text: string): { radiusM: number | null } | undefined {
  if (text.trim() === '') return { radiusM: null };
  const radiusM = Number(text);
  return Number.isInteger(radiusM) && radiusM >= 100 && radiusM <= 500_000 ? { radiusM } : undefined;
}
