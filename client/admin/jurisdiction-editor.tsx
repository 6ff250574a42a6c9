import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { JURISDICTION_KINDS } from '../../shared/schemas/jurisdiction.ts';
import { useDeleteJurisdiction, useJurisdictions, useSaveJurisdiction } from '../api/admin.ts';
import { Icon } from '../components/icons.tsx';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import { useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import classes from './admin.module.css';
import { Confirm } from './confirm.tsx';
import { JurisdictionParts } from './jurisdiction-parts.tsx';
import own from './jurisdictions.module.css';
import { type Edited, toBody } from './parts.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

interface EditorProps {
  /** `undefined` for a new one. */
  id: number | undefined;
  stored: Edited;
  onClose(): void;
}

/** One jurisdiction: what it is called, under whom, of which areas and polygons from when until when; seen on the map. */
export function JurisdictionEditor({ id, stored, onClose }: EditorProps) {
  const { t } = useAdminTexts();
  const { data: all = [] } = useJurisdictions();
  const map = useSession((session) => session.map);
  const [edited, setEdited] = useState(stored);
  const [asked, setAsked] = useState(false);
  const save = useSaveJurisdiction();
  const remove = useDeleteJurisdiction();
  const refuse = useRefusal();
  const change = (part: Partial<Edited>) => setEdited((before) => ({ ...before, ...part }));
  const dirty = edited !== stored;
  const { parts, everything } = edited;
  useEffect(() => {
    const shown = everything ? [] : parts;
    void map?.previewShape({
      areas: shown.flatMap((part) => (part.kind === 'area' ? [part.code] : [])),
      polygons: shown.flatMap((part) => (part.kind === 'polygon' ? [part.polygon] : [])),
    });
  }, [map, parts, everything]);
  const nameMissing = !edited.name.trim();
  const partsMissing = !everything && parts.length === 0;
  const close = () => {
    useView.getState().set({ tool: 'select' });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (nameMissing || partsMissing) return;
    follow(
      save.mutateAsync({ id, body: toBody(edited) }, { onSuccess: close }),
      (made) => notify({ title: `${made.name}: ${t('saved')}`, message: t('jurisdictions.savedHint') }),
      refuse,
    );
  };
  return (
    <form className={own.editor} onSubmit={submit} noValidate aria-label={edited.name || t('jurisdictions.new')}>
      <div className={own.form}>
        <button type="button" className={own.back} onClick={close}>
          <Icon name="chevronLeft" size={16} />
          {t('jurisdictions.back')}
        </button>
        <TextInput
          label={t('jurisdictions.name')}
          placeholder={t('jurisdictions.namePlaceholder')}
          maxLength={120}
          value={edited.name}
          error={asked && nameMissing ? t('jurisdictions.nameMissing') : undefined}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <NativeSelect
            label={t('jurisdictions.kind')}
            value={edited.kind}
            data={JURISDICTION_KINDS.map((value) => ({ value, label: t(`jurisdictions.kinds.${value}`) }))}
            onChange={({ currentTarget }) => {
              const kind = JURISDICTION_KINDS.find((each) => each === currentTarget.value);
              if (kind) change({ kind });
            }}
          />
          <NativeSelect
            label={t('jurisdictions.parent')}
            value={edited.parentId === undefined ? '' : String(edited.parentId)}
            data={[
              { value: '', label: t('jurisdictions.noParent') },
              ...all.filter((each) => each.id !== id).map((each) => ({ value: String(each.id), label: each.name })),
            ]}
            onChange={({ currentTarget }) =>
              change({ parentId: currentTarget.value ? Number(currentTarget.value) : undefined })
            }
          />
        </div>
        <Switch
          label={t('jurisdictions.everything')}
          description={t('jurisdictions.everythingHint')}
          checked={everything}
          onChange={(event) => change({ everything: event.currentTarget.checked })}
        />
        {!everything && (
          <JurisdictionParts
            parts={parts}
            onChange={(make) => setEdited((before) => ({ ...before, parts: make(before.parts) }))}
            missing={asked && partsMissing}
          />
        )}
        {id !== undefined && (
          <Confirm
            label={t('jurisdictions.delete')}
            title={t('jurisdictions.deleteTitle', { name: stored.name })}
            hint={t('jurisdictions.deleteHint')}
            confirmLabel={t('jurisdictions.delete')}
            busy={remove.isPending}
            onConfirm={() =>
              follow(
                remove.mutateAsync(id, { onSuccess: close }),
                () => notify({ title: t('jurisdictions.deleted', { name: stored.name }), message: '' }),
                refuse,
              )
            }
          />
        )}
      </div>
      <div className={own.foot}>
        {dirty && <p className={classes.dim}>{t('jurisdictions.unsaved')}</p>}
        <Button type="submit" disabled={!dirty} loading={save.isPending}>
          {t('jurisdictions.save')}
        </Button>
        {dirty && (
          <Button variant="default" onClick={close}>
            {t('jurisdictions.discard')}
          </Button>
        )}
      </div>
    </form>
  );
}
