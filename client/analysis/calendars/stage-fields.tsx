import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import classes from './calendars.module.css';
import type { StageDraft } from './draft.ts';
import { useCalendarTexts } from './words.ts';

interface StageProps {
  stage: StageDraft;
  /** As it is counted on the screen, from 1. */
  number: number;
  calendars: readonly ElectionCalendar[];
  problem(field: keyof StageDraft): string | undefined;
  onChange(part: Partial<StageDraft>): void;
  /** Undefined for the only one. */
  onRemove: (() => void) | undefined;
}

/** One stage: its name in the calendar's own words, which stage of other elections it is, its days and its source. */
export function StageFields({ stage, number, calendars, problem, onChange, onRemove }: StageProps) {
  const { t } = useCalendarTexts();
  const { language } = useTexts();
  const name = useRef<HTMLInputElement>(null);
  const isNew = useRef(number > 1 && stage.name === '');
  useEffect(() => {
    if (isNew.current) name.current?.focus();
  }, []);
  const known = new Map<string, string>();
  for (const { stages } of calendars)
    for (const each of stages)
      if (!known.has(each.key)) known.set(each.key, language === 'id' ? each.name : each.nameEn);
  if (stage.key && !known.has(stage.key)) known.set(stage.key, stage.name);
  return (
    <section className={classes.stage} aria-label={t('stage', { n: number })}>
      <header>
        <b>{t('stage', { n: number })}</b>
        {onRemove && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t('removeStage', { n: number })}
            title={t('removeStage', { n: number })}
            onClick={onRemove}
          >
            <Icon name="close" size={18} />
          </ActionIcon>
        )}
      </header>
      <div className={classes.pair}>
        <TextInput
          ref={name}
          label={t('stageName')}
          maxLength={120}
          value={stage.name}
          error={problem('name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('nameEn')}
          placeholder={stage.name}
          maxLength={120}
          value={stage.nameEn}
          error={problem('nameEn')}
          onChange={(event) => onChange({ nameEn: event.currentTarget.value })}
        />
      </div>
      <div className={classes.days}>
        <TextInput
          type="date"
          label={t('from')}
          value={stage.startsOn}
          error={problem('startsOn')}
          onChange={(event) => onChange({ startsOn: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={stage.endsOn}
          error={problem('endsOn')}
          onChange={(event) => onChange({ endsOn: event.currentTarget.value })}
        />
      </div>
      <div className={classes.pair}>
        <NativeSelect
          label={t('same')}
          value={stage.key}
          error={problem('key')}
          data={[{ value: '', label: t('sameNone') }, ...[...known].map(([value, label]) => ({ value, label }))]}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
        />
        <TextInput
          label={t('source')}
          maxLength={500}
          value={stage.source}
          error={problem('source')}
          onChange={(event) => onChange({ source: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}
