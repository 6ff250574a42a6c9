import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MyData } from '../../shared/schemas/my-data.ts';
import { useNow } from '../components/use-now.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import { momentOf } from '../time.ts';
import { useDataTexts } from './data-words.ts';
import classes from './sheet.module.css';
import { Part, Row, Rows } from './sheet-part.tsx';

/** Entries that are shown before all are asked for. */
const FIRST = 8;

/** What the audit log says of the person and of what is theirs, newest first. */
export function MyLog({ data }: { data: MyData }) {
  const { t } = useDataTexts();
  const { language } = useTexts();
  const zone = useZone();
  const now = useNow();
  const [all, setAll] = useState(false);
  const entries = data.audit;
  const names: Record<string, string> = t('action', { returnObjects: true });
  const actors: Record<string, string> = {
    ...t('actor', { returnObjects: true }),
    ...Object.fromEntries(data.devices.map(({ id, label }) => [`device:${id}`, label])),
    [data.account.username]: t('self'),
  };
  return (
    <Part title={t('log')} lead={t('logLead')}>
      <Rows empty={t('noLog')}>
        {(all ? entries : entries.slice(0, FIRST)).map(({ id, at, actor, action }) => (
          <Row
            key={id}
            title={names[action] ?? action}
            facts={[momentOf(Date.parse(at), now, zone, language), t('logBy', { name: actors[actor] ?? actor })]}
          />
        ))}
      </Rows>
      {!all && entries.length > FIRST && (
        <div className={classes.actions}>
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {t('logAll', { count: entries.length })}
          </Button>
        </div>
      )}
    </Part>
  );
}
