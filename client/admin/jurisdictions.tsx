import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { JurisdictionSummary } from '../../shared/schemas/jurisdiction.ts';
import { useJurisdiction, useJurisdictions } from '../api/admin.ts';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useSession } from '../session.ts';
import classes from './admin.module.css';
import { JurisdictionEditor } from './jurisdiction-editor.tsx';
import own from './jurisdictions.module.css';
import { NEW_JURISDICTION, toEdited } from './parts.ts';
import { useAdminTexts } from './words.ts';

/** Jurisdictions as a tree of who is under whom; one at a time is edited, on the map beside. */
export default function Jurisdictions() {
  const [open, setOpen] = useState<number | 'new' | undefined>();
  const map = useSession((session) => session.map);
  // What is edited is not on the map when nobody edits it.
  useEffect(() => () => void map?.previewShape({ areas: [], polygons: [] }), [map]);
  const back = () => {
    setOpen(undefined);
    void map?.previewShape({ areas: [], polygons: [] });
  };
  if (open === undefined) return <List onOpen={setOpen} />;
  if (open === 'new') return <JurisdictionEditor key="new" id={undefined} stored={NEW_JURISDICTION} onClose={back} />;
  return <Stored key={open} id={open} onClose={back} />;
}

function Stored({ id, onClose }: { id: number; onClose(): void }) {
  const { data, error, refetch } = useJurisdiction(id);
  const stored = useMemo(() => data && toEdited(data), [data]);
  if (!stored) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  return <JurisdictionEditor id={id} stored={stored} onClose={onClose} />;
}

function List({ onOpen }: { onOpen(open: number | 'new'): void }) {
  const { t } = useAdminTexts();
  const { data, error, refetch } = useJurisdictions();
  if (!data) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  return (
    <div className={classes.list}>
      <div className={classes.tools}>
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => onOpen('new')}>
          {t('jurisdictions.new')}
        </Button>
      </div>
      <ul className={own.tree}>
        {treeOf(data).map(({ item, depth }) => (
          <li key={item.id} style={{ paddingLeft: depth * 20 }}>
            <button type="button" className={own.row} onClick={() => onOpen(item.id)}>
              <span className={own.name}>{item.name}</span>
              <span className={classes.dim}>
                {t(`jurisdictions.kinds.${item.kind}`)} ·{' '}
                {item.everything
                  ? t('jurisdictions.everything')
                  : t('jurisdictions.partCount', { count: item.partCount })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {data.length <= 1 && (
        <EmptyNote title={t('jurisdictions.new')}>
          <p>{t('jurisdictions.emptyHint')}</p>
        </EmptyNote>
      )}
    </div>
  );
}

/** Every jurisdiction beneath its parent, by name; what has no parent in the list stands at the top. */
export function treeOf(all: JurisdictionSummary[]): { item: JurisdictionSummary; depth: number }[] {
  const ids = new Set(all.map(({ id }) => id));
  const sorted = [...all].sort((a, b) => a.name.localeCompare(b.name, 'id', { numeric: true }));
  const under = (parent: number | undefined, depth: number): { item: JurisdictionSummary; depth: number }[] =>
    sorted
      .filter(({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : undefined) === parent)
      .flatMap((item) => [{ item, depth }, ...under(item.id, depth + 1)]);
  return under(undefined, 0);
}
