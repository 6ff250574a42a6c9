import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Zone } from '../../shared/geo/zone.ts';
import type { AuditEntry, AuditQuery } from '../../shared/schemas/audit.ts';
import { useAudit } from '../api/admin.ts';
import DownloadButton from '../components/download-button.tsx';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import { exactTime } from '../time.ts';
import classes from './admin.module.css';
import { detailWords } from './detail-words.ts';
import { beginOf, endOf, moment } from './times.ts';
import { useAdminTexts } from './words.ts';

const NOTHING = { q: '', actor: '', action: '', from: '', to: '' };

/** The audit log: searched by words, actor, action and days; newest first. */
export function Audit() {
  const { t } = useAdminTexts();
  const zone = useZone();
  const [fields, setFields] = useState(NOTHING);
  const [settled] = useDebouncedValue(fields, 250);
  const log = useAudit(queryOf(settled, zone));
  const entries = log.data?.pages.flatMap(({ entries: page }) => page) ?? [];
  const field = (name: keyof typeof NOTHING, label: string, type = 'text') => (
    <TextInput
      type={type}
      label={label}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
    />
  );
  const filtered = Object.values(fields).some(Boolean);
  return (
    <div className={classes.body}>
      <div className={classes.list}>
        <div className={`${classes.tools} ${classes.search}`}>
          <TextInput
            className={classes.grow}
            label={t('audit.search')}
            leftSection={<Icon name="search" size={18} />}
            value={fields.q}
            onChange={(event) => setFields({ ...fields, q: event.currentTarget.value })}
          />
          {field('actor', t('audit.actor'))}
          {field('action', t('audit.action'))}
          {field('from', t('audit.from'), 'date')}
          {field('to', t('audit.to'), 'date')}
          {filtered && (
            <Button variant="default" onClick={() => setFields(NOTHING)}>
              {t('audit.clear')}
            </Button>
          )}
          <DownloadButton
            path={() => `/api/audit.csv?${new URLSearchParams({ ...queryOf(fields, zone) } as Record<string, string>)}`}
            disabled={entries.length === 0}
            size="sm"
          />
        </div>
        {log.isPending && <LoadingNote />}
        {log.isError && <ErrorNote onRetry={log.refetch} />}
        {log.data && entries.length === 0 && <EmptyNote title={t('audit.empty')} />}
        {entries.length > 0 && <Entries entries={entries} />}
        {log.hasNextPage && (
          <div className={classes.actions} style={{ marginTop: 12 }}>
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
              {t('audit.more')}
            </Button>
          </div>
        )}
        <p className={classes.dim} style={{ marginTop: 12 }}>
          {t('audit.chain')}
        </p>
      </div>
    </div>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const zone = useZone();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('audit.at')}</th>
          <th scope="col">{t('audit.actor')}</th>
          <th scope="col">{t('audit.action')}</th>
          <th scope="col">{t('audit.subject')}</th>
          <th scope="col">{t('audit.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ id, at, actor, action, subject, detail }) => (
          <tr key={id}>
            <td className={classes.nowrap}>
              <time dateTime={at}>{exactTime(Date.parse(at), zone, language)}</time>
            </td>
            <td>
              <b>{actor}</b>
            </td>
            <td>{action}</td>
            <td>{subject}</td>
            <td className={classes.mono}>{detailWords(detail, (iso) => moment(iso, zone, language))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The filters as the server takes them; days begin and end in this zone. */
function queryOf({ q, actor, action, from, to }: typeof NOTHING, zone: Zone): AuditQuery {
  const query: AuditQuery = {};
  if (q.trim()) query.q = q.trim();
  if (actor.trim()) query.actor = actor.trim();
  if (action.trim()) query.action = action.trim();
  const begin = beginOf(from, zone);
  const end = endOf(to, zone);
  if (begin) query.from = begin;
  if (end) query.to = end;
  return query;
}
