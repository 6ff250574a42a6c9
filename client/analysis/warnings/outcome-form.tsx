import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { zoneOf } from '../../../shared/geo/zone.ts';
import { type EarlyWarning, WARNING_OUTCOMES, type WarningOutcome } from '../../../shared/schemas/warning.ts';
import { useMay } from '../../access/access.ts';
import { RequestError } from '../../api/request.ts';
import { useRecordOutcome } from '../../api/warnings.ts';
import { PersonalDataWarning } from '../../components/personal-data-warning.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { exactTime } from '../../time.ts';
import type { WarningGroup } from './groups.ts';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

/** What became of a warning: as it was recorded, and for those who may, the form that records it. */
export function OutcomeForm({ group }: { group: WarningGroup }) {
  const { t } = useWarningTexts();
  const may = useMay('analysis.write');
  const [first] = group.warnings;
  return (
    <section className={classes.section}>
      <h3>{t('outcome.title')}</h3>
      {first.outcome && <Recorded warning={first} outcome={first.outcome} />}
      {may ? <Form key={first.version} group={group} /> : <p className={classes.hint}>{t('outcome.notYours')}</p>}
    </section>
  );
}

function Recorded({ warning, outcome }: { warning: EarlyWarning; outcome: NonNullable<EarlyWarning['outcome']> }) {
  const { t } = useWarningTexts();
  const { language } = useTexts();
  const time = exactTime(Date.parse(outcome.at), zoneOf(warning.area.code, warning.lon), language);
  return (
    <p className={classes.recorded}>
      <b>{t(`outcome.${outcome.verdict}`)}</b> <span>{t('outcome.by', { by: outcome.by, time })}</span>
      {outcome.note && <q>{outcome.note}</q>}
    </p>
  );
}

function Form({ group }: { group: WarningGroup }) {
  const { t } = useWarningTexts();
  const [first] = group.warnings;
  const [verdict, setVerdict] = useState<WarningOutcome | undefined>(first.outcome?.verdict);
  const [note, setNote] = useState(first.outcome?.note ?? '');
  const record = useRecordOutcome();
  const save = async (outcome: WarningOutcome | null) => {
    try {
      // Awaited, not called back: what is told live of it may put a new form here before the answer comes.
      await record.mutateAsync({ warnings: group.warnings, outcome, note });
      notify({ title: t('outcome.saved'), message: first.area.name });
    } catch (error) {
      const changed = error instanceof RequestError && error.status === 412;
      notify({
        color: 'yellow',
        title: t(changed ? 'outcome.conflict' : 'outcome.failed'),
        message: t(changed ? 'outcome.conflictHint' : 'outcome.failedHint'),
      });
    }
  };
  return (
    <>
      <p className={classes.hint}>
        {t('outcome.hint')} {group.warnings.length > 1 && t('outcome.hintRules')}
      </p>
      <ToggleChips
        label={t('outcome.title')}
        hideLabel
        options={WARNING_OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        chosen={verdict ? [verdict] : []}
        onChange={([value]) => setVerdict(value)}
        single
      />
      <Textarea
        label={t('outcome.note')}
        value={note}
        maxLength={1000}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <PersonalDataWarning text={note} />
      <div className={classes.actions}>
        <Button disabled={!verdict} loading={record.isPending} onClick={() => verdict && void save(verdict)}>
          {t('outcome.save')}
        </Button>
        {first.outcome && (
          <Button variant="default" disabled={record.isPending} onClick={() => void save(null)}>
            {t('outcome.take')}
          </Button>
        )}
      </div>
    </>
  );
}
