import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { INCIDENT_STATUSES, type Incident, type IncidentPatch, SEVERITIES } from '../../shared/schemas/incident.ts';
import { useChangeIncident } from '../api/incidents.ts';
import { RequestError } from '../api/request.ts';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import classes from './detail.module.css';

type Choice = Pick<Incident, 'status' | 'severity'>;

/** Status and severity, changed for the version that is shown; a change by somebody else in between is never overwritten. */
export function IncidentChange({ incident }: { incident: Incident }) {
  const { t } = useTexts();
  const [choice, setChoice] = useState<Partial<Choice>>({});
  const [note, setNote] = useState('');
  const [conflict, setConflict] = useState(false);
  const { mutateAsync, isPending } = useChangeIncident(incident.id);
  const status = choice.status ?? incident.status;
  const severity = choice.severity ?? incident.severity;
  const changed = status !== incident.status || severity !== incident.severity;

  const save = (event: FormEvent) => {
    event.preventDefault();
    const patch: IncidentPatch = {};
    if (status !== incident.status) patch.status = status;
    if (severity !== incident.severity) patch.severity = severity;
    if (note.trim()) patch.note = note.trim();
    setConflict(false);
    follow(
      mutateAsync({ version: incident.version, patch }),
      () => {
        setChoice({});
        setNote('');
        notify({ title: t('detail.saved'), message: incident.title });
      },
      (error) => {
        if (error instanceof RequestError && error.body.code === 'version_conflict') setConflict(true);
        else {
          notify({
            color: 'yellow',
            title: t('detail.saveFailed'),
            message: `${error instanceof RequestError && error.status > 0 ? `${error.message} ` : ''}${t('detail.saveFailedHint')}`,
          });
        }
      },
    );
  };
  return (
    <form className={classes.section} onSubmit={save} aria-label={t('detail.change')}>
      <h3>{t('detail.change')}</h3>
      {conflict && (
        <div className={classes.note} role="alert">
          <div>
            <b>{t('detail.conflict')}</b>
            <br />
            {t('detail.conflictHint')}
            <br />
            {t('detail.conflictTheirs', {
              value: `${t(`status.${incident.status}`)}, ${t(`severity.${incident.severity}`)}`,
            })}
          </div>
        </div>
      )}
      <NativeSelect
        label={t('detail.status')}
        value={status}
        data={INCIDENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={({ currentTarget }) => {
          const value = INCIDENT_STATUSES.find((each) => each === currentTarget.value);
          if (value) setChoice({ ...choice, status: value });
        }}
      />
      <NativeSelect
        label={t('detail.severity')}
        value={severity}
        data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        onChange={({ currentTarget }) => {
          const value = SEVERITIES.find((each) => each === currentTarget.value);
          if (value) setChoice({ ...choice, severity: value });
        }}
      />
      {changed && (
        <>
          <TextInput
            label={t('detail.note')}
            maxLength={1000}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
          />
          <PersonalDataWarning text={note} />
        </>
      )}
      <div className={classes.actions}>
        <Button type="submit" disabled={!changed} loading={isPending}>
          {t('detail.save')}
        </Button>
        {changed && (
          <Button variant="default" onClick={() => setChoice({})}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
