import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { WarningDetail } from '../../../shared/schemas/warning.ts';
import { RequestError } from '../../api/request.ts';
import { useWarning } from '../../api/warnings.ts';
import { Icon } from '../../components/icons.tsx';
import { CategoryIcon } from '../../components/marks.tsx';
import { ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { useSession } from '../../session.ts';
import { dayWords } from '../days.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { pWords } from '../numbers.ts';
import { figure, overWords } from './evidence.ts';
import { endingKey, sinceOf, type WarningGroup, weeksSince } from './groups.ts';
import { OutcomeForm } from './outcome-form.tsx';
import { goThere, showIncidents } from './show.ts';
import { WarningChart } from './warning-chart.tsx';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

/** One matter whole: its figures by each rule that found it, its weeks, the way to its incidents, and its outcome. */
export function WarningView({ group, onBack }: { group: WarningGroup; onBack(): void }) {
  const { t } = useWarningTexts();
  const { t: texts, language } = useTexts();
  const [first] = group.warnings;
  const [chosen, choose] = useState(first.id);
  const { id } = group.warnings.find((one) => one.id === chosen) ?? first;
  const since = sinceOf(group);
  const { data, error, refetch } = useWarning(id);
  useOnMap(group);
  const top = useRef<HTMLElement>(null);
  // The list may have been read far down.
  useEffect(() => {
    const room = top.current?.parentElement;
    if (room) room.scrollTop = 0;
  }, []);
  return (
    <article ref={top} className={classes.view}>
      <button type="button" className={classes.back} onClick={onBack}>
        <Icon name="chevronLeft" size={16} /> {t('back')}
      </button>
      <header className={classes.head}>
        <h2>{first.area.name}</h2>
        <p className={classes.kind}>
          {texts(`level.${first.area.level}`)} · <CategoryIcon category={first.category} size={14} />{' '}
          {texts(`category.${first.category}`)} ·{' '}
          {first.endedAt ? t(endingKey(first), { day: dayWords(first.lastDay, language) }) : t(`state.${first.state}`)}
        </p>
      </header>
      <div className={classes.actions}>
        <Button leftSection={<Icon name="list" size={18} />} onClick={() => showIncidents(first, since)}>
          {t('toIncidents')}
        </Button>
        <Button variant="default" leftSection={<Icon name="target" size={18} />} onClick={() => goThere(first)}>
          {t('toMap')}
        </Button>
      </div>
      {group.warnings.length > 1 && (
        <ToggleChips
          label={t('rulesLabel')}
          options={group.warnings.map((one) => ({ value: one.id, label: t(`rules.${one.rule}`) }))}
          chosen={[id]}
          onChange={([value = id]) => choose(value)}
          single
        />
      )}
      {data ? (
        <Evidence warning={data} since={since} />
      ) : error ? (
        <ErrorNote
          title={t(error instanceof RequestError && error.status === 404 ? 'gone' : 'failed')}
          onRetry={refetch}
        />
      ) : (
        <LoadingNote />
      )}
      <OutcomeForm group={group} />
    </article>
  );
}

function Evidence({ warning, since }: { warning: WarningDetail; since: string }) {
  const { t } = useWarningTexts();
  const { language } = useTexts();
  const { key, ...over } = overWords(warning, language);
  const figures = (observed: number, expected: number) =>
    t('figures', { observed: figure(observed, language), expected: figure(expected, language) });
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('sinceLabel')}</dt>
        <dd>
          {dayWords(since, language)} ({t('weeks', { count: weeksSince(since, warning.lastDay) })})
        </dd>
        <dt>{t('overLabel')}</dt>
        <dd>
          <b>{t(key, over)}</b>
        </dd>
        <dt>{t('sure')}</dt>
        <dd>
          <b>p {pWords(warning.p, language)}</b> <MethodLink of="warning" compact />
          <small>{t(`sureHint.${warning.rule}`)}</small>
        </dd>
        <dt>{t('lastWeek')}</dt>
        <dd>{figures(warning.observed, warning.expected)}</dd>
        <dt>{t('rise')}</dt>
        <dd>
          {figures(warning.observedWeeks, warning.expectedWeeks)}
          {warning.expectedWeeks > 0 && (
            <small>{t('times', { n: figure(warning.observedWeeks / warning.expectedWeeks, language) })}</small>
          )}
        </dd>
        <dt>{t('counted')}</dt>
        <dd>
          {dayWords(warning.lastDay, language)}
          <small>{t('run', { run: warning.run, version: warning.dataVersion })}</small>
        </dd>
      </dl>
      <section className={classes.section}>
        <h3>{t('chart.title')}</h3>
        <WarningChart warning={warning} since={since} />
      </section>
    </>
  );
}

/** Outlines the area on the map as long as its warning is open here, and goes there once. */
function useOnMap({ warnings: [{ area, lon, lat }] }: WarningGroup): void {
  const map = useSession((session) => session.map);
  const { code, level, name } = area;
  useEffect(() => goThere({ area: { code, level, name }, lon, lat }), [code, level, name, lon, lat]);
  useEffect(() => {
    let gone = false;
    const analysis = map?.analysis();
    void analysis?.then((figures) => {
      if (gone) return;
      // A ring alone: streets and RW stay to be read.
      figures.showAreas(level, [code], [''], ['outline'], () => name);
      figures.focus(code);
    });
    return () => {
      gone = true;
      void analysis?.then((figures) => figures.clear());
    };
  }, [map, code, level, name]);
}
