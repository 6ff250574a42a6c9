import { Button, Switch } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { weeksBefore } from '../../shared/calendar/baseline.ts';
import { dayIn, type Zone } from '../../shared/geo/zone.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../shared/schemas/election-calendar.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from '../../shared/schemas/incident.ts';
import { useArea } from '../api/areas.ts';
import { useCalendars } from '../api/calendars.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { DayField } from '../components/day-field.tsx';
import { Icon } from '../components/icons.tsx';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { spanWords } from './days.ts';
import classes from './question.module.css';
import { BaselineChoices } from './ribbon/baseline-choices.tsx';
import { warningsOf, withPeriod } from './ribbon/choices.ts';
import { warningWords } from './ribbon/warning-words.ts';
import { firstSpec, useAnalysis } from './state.ts';
import { useAnalysisTexts } from './words.ts';

const NONE: readonly ElectionCalendar[] = [];

/** What is counted, in a few words; opened, everything of it can be changed. @param children what else can be done with it */
export function Question({ spec, zone, children }: { spec: AnalysisSpec; zone: Zone; children?: ReactNode }) {
  const { t } = useAnalysisTexts();
  const { t: common, language } = useTexts();
  const [open, setOpen] = useState(false);
  const { data: area } = useArea(spec.area ?? undefined);
  const { data: calendars = NONE } = useCalendars();
  const warnings = warningsOf(spec, calendars);
  const { period, baseline, categories, severities } = spec;
  const counted = [
    categories.map((name) => common(`category.${name}`)).join(', ') || t('question.allCategories'),
    severities.map((name) => common(`severity.${name}`)).join(', '),
    spec.area && (area?.name ?? spec.area),
  ];
  return (
    <section className={classes.question} aria-label={t('question.title')}>
      <dl className={classes.summary}>
        <dt>{t('question.period')}</dt>
        <dd data-of="period">
          {spanWords(period, language)} <small>{zone}</small>
        </dd>
        <dt>{t('ribbon.baseline')}</dt>
        <dd data-of="baseline">
          {baseline ? (
            <>
              {spanWords(baseline, language)} <small>{t(`question.kind.${baseline.kind}`)}</small>
            </>
          ) : (
            t('question.noBaseline')
          )}
        </dd>
        <dt>{t('question.title')}</dt>
        <dd>{counted.filter(Boolean).join(' · ')}</dd>
      </dl>
      {warnings.length > 0 && (
        <ul className={classes.warnings} aria-label={t('warning.title')}>
          {warnings.map((warning) => (
            <li key={warning.kind}>{warningWords(warning, t, language)}</li>
          ))}
        </ul>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={open}
          aria-label={open ? undefined : t('question.change')}
          rightSection={<Icon name={open ? 'chevronUp' : 'filter'} size={16} />}
          onClick={() => setOpen(!open)}
        >
          {open ? t('question.done') : t('question.edit')}
        </Button>
        {children}
      </div>
      {open && <Editor spec={spec} zone={zone} calendars={calendars} />}
    </section>
  );
}

function Editor({ spec, zone, calendars }: { spec: AnalysisSpec; zone: Zone; calendars: readonly ElectionCalendar[] }) {
  const { t } = useAnalysisTexts();
  const { t: common } = useTexts();
  const { ask } = useAnalysis.getState();
  const { baseline } = spec;
  return (
    <div className={classes.editor}>
      <div className={classes.dates}>
        <DayField
          label={t('question.from')}
          value={spec.period.startsOn}
          max={spec.period.endsOn}
          onChange={(startsOn) => ask(withPeriod({ ...spec.period, startsOn }, baseline, calendars))}
        />
        <DayField
          label={t('question.to')}
          value={spec.period.endsOn}
          min={spec.period.startsOn}
          onChange={(endsOn) => ask(withPeriod({ ...spec.period, endsOn }, baseline, calendars))}
        />
      </div>
      <BaselineChoices
        spec={spec}
        calendars={calendars}
        onOwn={() => ask({ baseline: { ...(baseline ?? weeksBefore(spec.period, calendars).span), kind: 'own' } })}
      />
      {baseline?.kind === 'own' && (
        <div className={classes.dates}>
          <DayField
            label={t('question.baselineFrom')}
            value={baseline.startsOn}
            max={baseline.endsOn}
            onChange={(startsOn) => ask({ baseline: { ...baseline, startsOn } })}
          />
          <DayField
            label={t('question.baselineTo')}
            value={baseline.endsOn}
            min={baseline.startsOn}
            onChange={(endsOn) => ask({ baseline: { ...baseline, endsOn } })}
          />
        </div>
      )}
      <ToggleChips
        label={t('question.categories')}
        options={INCIDENT_CATEGORIES.map((value) => ({ value, label: common(`category.${value}`) }))}
        chosen={spec.categories}
        onChange={(categories) => ask({ categories: INCIDENT_CATEGORIES.filter((name) => categories.includes(name)) })}
      />
      <ToggleChips
        label={t('question.severities')}
        options={SEVERITIES.map((value) => ({ value, label: common(`severity.${value}`) }))}
        chosen={spec.severities}
        onChange={(severities) => ask({ severities: SEVERITIES.filter((name) => severities.includes(name)) })}
      />
      <AreaPicker value={spec.area ?? undefined} onChange={(code) => ask({ area: code ?? null })} />
      <Switch
        label={t('question.patrol')}
        checked={spec.patrol}
        onChange={(event) => ask({ patrol: event.currentTarget.checked })}
      />
      <Switch
        label={t('question.unverified')}
        checked={spec.unverified}
        onChange={(event) => ask({ unverified: event.currentTarget.checked })}
      />
      <Button
        variant="default"
        onClick={() => useAnalysis.getState().set({ spec: firstSpec(dayIn(zone, Date.now())) })}
      >
        {t('question.reset')}
      </Button>
    </div>
  );
}
