import { Button, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { useMay } from '../../access/access.ts';
import { usePlanVersions } from '../../api/plans.ts';
import { Icon } from '../../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { When } from '../../components/when.tsx';
import { notify } from '../../notify.ts';
import { useView } from '../../state/view.ts';
import { useCheckTitle } from '../checks/check-title.ts';
import { useDraft, useFigures, useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';
import { useDeed } from '../use-deed.ts';
import { usePlanningTexts } from '../words.ts';
import { Compare } from './compare.tsx';
import classes from './versions.module.css';

/** Reasons that are told one by one; the checks have them all. */
const MOST_REASONS = 5;

type Deed = 'versions' | 'publish' | 'archive' | 'copy' | 'delete';

/** The versions of a plan, what becomes of it, and what it is compared with. */
export function VersionsTab() {
  const { t } = usePlanningTexts();
  const { plan, editable } = useOpened();
  const mayWrite = useMay('plan.write');
  const [deed, setDeed] = useState<Deed>();
  const close = () => setDeed(undefined);
  const begin = (name: Deed, label: string, filled = false) => (
    <Button size="xs" variant={filled ? 'filled' : 'default'} onClick={() => setDeed(name)}>
      {label}
    </Button>
  );
  return (
    <div className={classes.versions}>
      {plan.copiedFrom && <p className={classes.dim}>{t('version.copiedFrom', { title: plan.copiedFrom.title })}</p>}
      {plan.publishedBy && plan.publishedAt && (
        <p className={classes.dim}>
          {t('version.publishedBy', { name: plan.publishedBy })},{' '}
          <When ms={Date.parse(plan.publishedAt)} area={plan.areas[0] ?? ''} />
        </p>
      )}
      {mayWrite && !deed && (
        <div className={classes.actions}>
          {editable && begin('publish', t('version.publish'), true)}
          {editable && begin('versions', t('version.save'))}
          {begin('copy', t('version.copy'))}
          {plan.mayChange && plan.state === 'published' && begin('archive', t('version.archive'))}
          {editable && begin('delete', t('version.delete'))}
        </div>
      )}
      {deed === 'copy' ? (
        <CopyForm onDone={close} />
      ) : deed === 'delete' ? (
        <Deletion onDone={close} />
      ) : (
        deed && <ReasonForm key={deed} deed={deed} onDone={close} />
      )}
      <Compare />
      <h3>{t('version.title')}</h3>
      <VersionList />
    </div>
  );
}

function ReasonForm({ deed, onDone }: { deed: 'versions' | 'publish' | 'archive'; onDone(): void }) {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const { pending } = useDraft();
  const queries = useQueryClient();
  const { run, busy } = useDeed();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  // The page's own rules are the server's; it says them in the language of the page.
  const checkTitle = useCheckTitle();
  const { checks } = useFigures();
  const errors = checks
    .filter(({ severity }) => severity === 'error')
    .slice(0, MOST_REASONS)
    .map(checkTitle);
  const isBlank = reason.trim() === '';
  const labels = { versions: t('version.save'), publish: t('version.publish'), archive: t('version.archive') };
  const hints = { versions: undefined, publish: t('version.publishHint'), archive: t('version.archiveHint') };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isBlank) return;
    run(
      { kind: deed, id: plan.id, reason: reason.trim() },
      () => {
        void queries.invalidateQueries({ queryKey: ['plans'] });
        notify({ message: t(`version.done.${deed}`) });
        onDone();
      },
      (reasons) => setRefused(errors.length > 0 ? errors : reasons),
    );
  };
  return (
    <Card label={labels[deed]} hint={hints[deed]} onSubmit={submit}>
      <Textarea
        label={t('version.reason')}
        rows={2}
        maxLength={500}
        value={reason}
        autoFocus
        error={isTried && isBlank ? t('version.reasonNeeded') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {refused.length > 0 && (
        <div className={classes.refused} role="alert">
          <b>{t('version.refused')}</b>
          <ul>
            {refused.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <Button size="compact-sm" variant="default" onClick={() => usePlanning.setState({ tab: 'checks' })}>
            {t('version.seeChecks')}
          </Button>
        </div>
      )}
      {pending.length > 0 && <p className={classes.dim}>{t('version.waiting')}</p>}
      <Buttons label={labels[deed]} busy={busy} disabled={pending.length > 0} onCancel={onDone} />
    </Card>
  );
}

function CopyForm({ onDone }: { onDone(): void }) {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const { pending } = useDraft();
  const { run, busy } = useDeed();
  const [id] = useState(uuidv7);
  const [title, setTitle] = useState(() => t('version.copyOf', { title: plan.title }).slice(0, 200));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === '') return;
    run({ kind: 'copy', of: plan.id, body: { id, title: title.trim() } }, () => {
      useView.getState().set({ plan: id });
      notify({ message: t('version.done.copy') });
    });
  };
  return (
    <Card label={t('version.copy')} onSubmit={submit}>
      <TextInput
        label={t('version.copyTitle')}
        value={title}
        maxLength={200}
        autoFocus
        error={title.trim() === '' ? t('form.titleNeeded') : undefined}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {pending.length > 0 && <p className={classes.dim}>{t('version.waiting')}</p>}
      <Buttons label={t('version.copy')} busy={busy} disabled={pending.length > 0} onCancel={onDone} />
    </Card>
  );
}

function Deletion({ onDone }: { onDone(): void }) {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const { pending, revision } = useDraft();
  const { run, busy } = useDeed();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run({ kind: 'delete', id: plan.id, revision }, () => useView.getState().set({ plan: undefined }));
  };
  return (
    <Card label={t('version.deleteAsk', { title: plan.title })} hint={t('version.deleteHint')} onSubmit={submit}>
      <Buttons label={t('version.deleteYes')} busy={busy} disabled={pending.length > 0} onCancel={onDone} />
    </Card>
  );
}

interface CardProps {
  label: string;
  hint?: string | undefined;
  onSubmit(event: FormEvent): void;
  children: ReactNode;
}

function Card({ label, hint, onSubmit, children }: CardProps) {
  return (
    <form className={classes.card} onSubmit={onSubmit} aria-label={label}>
      <b>{label}</b>
      {hint && <p className={classes.dim}>{hint}</p>}
      {children}
    </form>
  );
}

function Buttons(props: { label: string; busy: boolean; disabled: boolean; onCancel(): void }) {
  const { t } = usePlanningTexts();
  return (
    <div className={classes.actions}>
      <Button type="submit" size="xs" loading={props.busy} disabled={props.disabled}>
        {props.label}
      </Button>
      <Button size="xs" variant="default" onClick={props.onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}

function VersionList() {
  const { t } = usePlanningTexts();
  const { plan } = useOpened();
  const versions = usePlanVersions(plan.id);
  if (versions.isPending) return <LoadingNote />;
  if (!versions.data) return <ErrorNote onRetry={() => void versions.refetch()} />;
  if (versions.data.length === 0)
    return (
      <EmptyNote title={t('version.empty')}>
        <p>{t('version.emptyHint')}</p>
      </EmptyNote>
    );
  return (
    <ol className={classes.list} aria-label={t('version.title')}>
      {versions.data.map(({ version, actor, at, reason, zoneCount }) => (
        <li key={version}>
          <Icon name="clock" size={16} />
          <div>
            <b>{t('version.number', { number: version })}</b> {reason}
            <small>
              {actor}, <When ms={Date.parse(at)} area={plan.areas[0] ?? ''} /> · {t('list.zones', { count: zoneCount })}
            </small>
          </div>
        </li>
      ))}
    </ol>
  );
}
