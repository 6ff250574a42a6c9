import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { assignmentOf } from '../../../shared/plans/assignment.ts';
import { comparePlans, type PlanComparison } from '../../../shared/plans/compare.ts';
import type { PlanContent } from '../../../shared/schemas/plan.ts';
import { usePlan, usePlans, usePlanVersion, usePlanVersions } from '../../api/plans.ts';
import { ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { previewOf } from '../draw.ts';
import type { PlanFigures } from '../figures.ts';
import { useFigures, useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';
import { usePlanningTexts } from '../words.ts';
import classes from './versions.module.css';

/** Moves that are told one by one. */
const TOLD = 20;

/** What the open plan is compared with: `v3` is a version of it, anything else another plan's id. */
export function Compare() {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const [chosen, setChosen] = useState('');
  const { data: versions } = usePlanVersions(plan.id);
  const { data: list } = usePlans();
  const others = list?.plans.filter(({ id, level }) => id !== plan.id && level === plan.level) ?? [];
  const version = /^v\d+$/.test(chosen) ? Number(chosen.slice(1)) : undefined;
  const ofVersion = usePlanVersion(plan.id, version);
  const ofPlan = usePlan(chosen !== '' && version === undefined ? chosen : undefined);
  const asked = version === undefined ? ofPlan : ofVersion;
  const other = chosen === '' ? undefined : asked.data?.content;
  if (others.length === 0 && !versions?.length) return null;
  return (
    <section className={classes.compare} aria-label={t('compare.title')}>
      <label className={classes.choice}>
        {t('compare.with')}
        <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          <option value="">{t('compare.nothing')}</option>
          {versions && versions.length > 0 && (
            <optgroup label={t('compare.versions')}>
              {versions.map((each) => (
                <option key={each.version} value={`v${each.version}`}>
                  {t('compare.versionOf', { number: each.version, reason: each.reason })}
                </option>
              ))}
            </optgroup>
          )}
          {others.length > 0 && (
            <optgroup label={t('compare.plans')}>
              {others.map(({ id, title, state }) => (
                <option key={id} value={id}>
                  {title} ({t(`state.${state}`)})
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      {chosen !== '' &&
        (other ? (
          <Compared other={other} onStop={() => setChosen('')} />
        ) : asked.error ? (
          <ErrorNote onRetry={() => void asked.refetch()} />
        ) : (
          <LoadingNote />
        ))}
    </section>
  );
}

function Compared({ other, onStop }: { other: PlanContent; onStop(): void }) {
  const { t } = usePlanningTexts();
  const { open } = useOpened();
  const here = useFigures();
  // Weighed as the open plan is: figures side by side must be of one kind.
  const { weights } = here.content;
  const there = useMemo(() => previewOf(open, { ...other, weights }), [open, other, weights]);
  const compared = useMemo(
    () => comparePlans(assignmentOf(open.ground, other), here.assignment),
    [open, other, here.assignment],
  );
  useEffect(() => {
    const { code } = open.ground;
    const moved = new Set(compared.moved.flatMap(({ areas }) => areas.map((area) => code[area] ?? '')));
    usePlanning.setState({ moved });
    return () => usePlanning.setState({ moved: undefined });
  }, [open, compared]);
  const count = compared.moved.reduce((sum, { areas }) => sum + areas.length, 0);
  const isOther = there.assignment.unknown.some((codes) => codes.length > 0);
  return (
    <>
      {isOther && <p className={classes.dim}>{t('compare.other')}</p>}
      <p role="status">{count === 0 ? t('compare.same') : t('compare.moved', { count })}</p>
      <Moved compared={compared} there={there.content} here={here.content} />
      <SideBySide compared={compared} there={there} here={here} />
      <Button size="xs" variant="default" onClick={onStop}>
        {t('compare.stop')}
      </Button>
    </>
  );
}

interface MovedProps {
  compared: PlanComparison;
  there: PlanContent;
  here: PlanContent;
}

function Moved({ compared, there, here }: MovedProps) {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  if (compared.moved.length === 0) return null;
  const nameOf = ({ zones }: PlanContent, zone: number | null) =>
    zone === null ? t('compare.none') : (zones[zone]?.name ?? '');
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('compare.from')}</th>
          <th scope="col">{t('compare.to')}</th>
          <th scope="col">{t('compare.areas')}</th>
        </tr>
      </thead>
      <tbody>
        {compared.moved.slice(0, TOLD).map(({ from, to, areas }) => (
          <tr key={`${from} ${to}`}>
            <td>{nameOf(there, from)}</td>
            <td>{nameOf(here, to)}</td>
            <td>{number(areas.length, language)}</td>
          </tr>
        ))}
        {compared.moved.length > TOLD && (
          <tr>
            <td colSpan={3}>{t('check.more', { count: compared.moved.length - TOLD })}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

/** The figures of the zones that are one in both, there and here. */
function SideBySide({ compared, there, here }: { compared: PlanComparison; there: PlanFigures; here: PlanFigures }) {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const figure = ({ areas, balance }: PlanFigures, zone: number | null) =>
    zone === null
      ? '–'
      : [number(areas[zone] ?? 0, language), balance && number(balance.zones[zone]?.workload ?? 0, language)]
          .filter((each) => each !== undefined)
          .join(' · ');
  const spread = ({ balance }: PlanFigures) =>
    balance?.variation === null || balance === undefined ? '–' : `${number(balance.variation, language, 1)} %`;
  return (
    <table className={classes.table}>
      <caption>
        {t('compare.areas')} · {t('compare.load')}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('compare.zone')}</th>
          <th scope="col">{t('compare.there')}</th>
          <th scope="col">{t('compare.here')}</th>
        </tr>
      </thead>
      <tbody>
        {compared.pairs.map(({ before, after }) => (
          <tr key={`${before} ${after}`}>
            <td>{here.content.zones[after ?? -1]?.name ?? there.content.zones[before ?? -1]?.name}</td>
            <td>{figure(there, before)}</td>
            <td>{figure(here, after)}</td>
          </tr>
        ))}
        <tr>
          <td>{t('compare.variation')}</td>
          <td>{spread(there)}</td>
          <td>{spread(here)}</td>
        </tr>
      </tbody>
    </table>
  );
}
