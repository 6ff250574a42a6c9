import type { Balance } from '../../../shared/plans/workload.ts';
import { DayField } from '../../components/day-field.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { asOnMap, zoneColour } from '../looks.ts';
import { useFigures, useOpened } from '../plan-context.ts';
import { signed } from '../signed.ts';
import { usePlanning } from '../state.ts';
import { usePlanningTexts } from '../words.ts';
import classes from './balance.module.css';
import { useWorkload } from './use-workload.ts';
import { Weights } from './weights.tsx';

const COLOURS = ['zones', 'workload'] as const;
/** As even as is asked for, per cent. */
const EVEN = 10;

/** How evenly the zones share the workload, over which days and by which weights. */
export function BalanceTab() {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const { days, isLoading, error, retry } = useWorkload();
  const { balance } = useFigures();
  const colours = usePlanning((planning) => planning.colours);
  const set = (change: Partial<typeof days>) => usePlanning.setState({ days: { ...days, ...change } });
  return (
    <div className={classes.balance}>
      <div className={classes.days}>
        <DayField
          label={t('balance.period')}
          value={days.startsOn}
          max={days.endsOn}
          onChange={(startsOn) => set({ startsOn })}
        />
        <DayField
          label={t('balance.until')}
          value={days.endsOn}
          min={days.startsOn}
          onChange={(endsOn) => set({ endsOn })}
        />
      </div>
      <ToggleChips
        label={t('balance.colours')}
        single
        options={COLOURS.map((value) => ({ value, label: t(`balance.coloursBy.${value}`) }))}
        chosen={[colours]}
        onChange={([next]) => next && usePlanning.setState({ colours: next })}
      />
      {error ? (
        <ErrorNote title={t('balance.failed')} onRetry={retry} />
      ) : balance ? (
        balance.mean === 0 && balance.none.workload === 0 ? (
          <EmptyNote title={t('balance.none')}>
            <p>{t('balance.noneHint')}</p>
          </EmptyNote>
        ) : (
          <Figures balance={balance} language={language} />
        )
      ) : (
        isLoading && <LoadingNote />
      )}
      <Weights />
      <p className={classes.dim}>{t('balance.notCounted')}</p>
    </div>
  );
}

function Figures({ balance, language }: { balance: Balance; language: 'id' | 'en' }) {
  const { t } = usePlanningTexts();
  const { content, compactness } = useFigures();
  const worst = balance.worst === null ? undefined : content.zones[balance.worst];
  const deviation = balance.zones[balance.worst ?? -1]?.deviation ?? 0;
  const even = balance.zones.filter((each) => each.deviation !== null && Math.abs(each.deviation) <= EVEN).length;
  const unknown = content.weights.households > 0 ? withoutHouseholds(balance) : 0;
  const least = leastOf(compactness.polsbyPopper);
  return (
    <>
      <dl className={classes.summary}>
        <dt>{t('balance.within')}</dt>
        <dd>{t('balance.withinOf', { count: even, all: balance.zones.length })}</dd>
        <dt>{t('balance.worst')}</dt>
        <dd>{worst ? `${worst.name}, ${signed(deviation ?? 0, language)}` : '–'}</dd>
        <dt title={t('balance.variationHint')}>{t('balance.variation')}</dt>
        <dd>{balance.variation === null ? '–' : `${number(balance.variation, language, 1)} %`}</dd>
        <dt>{t('balance.mean')}</dt>
        <dd>{number(balance.mean, language, 1)}</dd>
        <dt>{t('balance.free')}</dt>
        <dd>{number(balance.none.workload, language, 1)}</dd>
        <dt>{t('balance.compactness')}</dt>
        <dd>{least ? `${content.zones[least.at]?.name}, ${number(least.value, language, 2)}` : '–'}</dd>
        <dt>{t('balance.cut')}</dt>
        <dd>{t('balance.cutOf', { km: number(compactness.cutKm, language, 1), count: compactness.cutEdges })}</dd>
      </dl>
      {unknown > 0 && <p className={classes.dim}>{t('balance.households', { count: unknown })}</p>}
      <Bars balance={balance} />
    </>
  );
}

/** The zones by their deviation, the furthest above first: to the right above the mean, to the left below. */
function Bars({ balance }: { balance: Balance }) {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const { open } = useOpened();
  const { content } = useFigures();
  const rows = content.zones
    .map((zone, at) => ({ zone, figures: balance.zones[at], deviation: balance.zones[at]?.deviation ?? 0 }))
    .sort((a, b) => b.deviation - a.deviation);
  const most = Math.max(EVEN * 2, ...rows.map(({ deviation }) => Math.abs(deviation)));
  return (
    <table className={classes.bars}>
      <caption className={classes.hidden}>{t('balance.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('balance.zone')}</th>
          <th scope="col">{t('balance.load')}</th>
          <th scope="col">{t('balance.incidents')}</th>
          <td />
          <th scope="col">{t('balance.deviation')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ zone, figures, deviation }) => (
          <tr key={zone.id}>
            <th scope="row">
              <button type="button" onClick={() => point(zone.id, open.content.zones)}>
                <i style={{ background: asOnMap(zoneColour(zone.colour, theme)) }} />
                {zone.name}
              </button>
            </th>
            <td>{number(figures?.workload ?? 0, language, 0)}</td>
            <td>
              {number(
                (figures?.low ?? 0) + (figures?.moderate ?? 0) + (figures?.serious ?? 0) + (figures?.critical ?? 0),
                language,
              )}
            </td>
            <td className={classes.scale}>
              <span
                data-far={Math.abs(deviation) > EVEN || undefined}
                style={{
                  left: `${deviation < 0 ? 50 - (50 * -deviation) / most : 50}%`,
                  width: `${(50 * Math.abs(deviation)) / most}%`,
                }}
              />
            </td>
            <td>{signed(deviation, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function point(id: string, zones: readonly { id: string; codes: readonly string[] }[]): void {
  const codes = zones.find((zone) => zone.id === id)?.codes ?? [];
  usePlanning.setState({ zone: id, lit: { key: id, codes: new Set(codes) } });
}

function withoutHouseholds({ zones, none }: Balance): number {
  return zones.reduce((sum, each) => sum + each.withoutHouseholds, none.withoutHouseholds);
}

function leastOf(values: readonly (number | null)[]): { value: number; at: number } | undefined {
  let least: { value: number; at: number } | undefined;
  for (const [at, value] of values.entries())
    if (value !== null && value < (least?.value ?? Infinity)) least = { value, at };
  return least;
}
