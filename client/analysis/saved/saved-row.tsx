import { ActionIcon, Button, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import { useState } from 'react';
import type { AnalysisSummary } from '../../../shared/schemas/saved-analysis.ts';
import { fetchAnalysis, useSavedAnalysis } from '../../api/analyses.ts';
import { useArea } from '../../api/areas.ts';
import { Icon } from '../../components/icons.tsx';
import { LoadingNote } from '../../components/state-note.tsx';
import { When } from '../../components/when.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { spanWords } from '../days.ts';
import { useAnalysisTexts } from '../words.ts';
import { keepOpened, openSaved, useOpened } from './opened.ts';
import classes from './saved.module.css';
import { savedLink } from './saved-link.ts';
import { useDeed } from './use-deed.ts';
import { useSavedTexts } from './words.ts';
import { WordsForm } from './words-form.tsx';

/** One saved analysis in the list, and what can be done with it. */
export function SavedRow({ analysis }: { analysis: AnalysisSummary }) {
  const { t } = useSavedTexts();
  const { t: room } = useAnalysisTexts();
  const { language } = useTexts();
  const isOpened = useOpened((opened) => opened.analysis?.id === analysis.id);
  const [mode, setMode] = useState<'shown' | 'edited' | 'deleted'>('shown');
  const { data: area } = useArea(analysis.spec.area ?? undefined);
  const { title, spec, view } = analysis;
  const open = async () => {
    try {
      openSaved(await fetchAnalysis(analysis.id));
    } catch {
      notify({ color: 'yellow', title: t('openFailed'), message: t('openFailedHint') });
    }
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(savedLink(analysis.id));
      notify({ message: t('copied') });
    } catch {
      notify({ color: 'yellow', title: t('copyFailed'), message: savedLink(analysis.id) });
    }
  };
  if (mode === 'edited') return <Edit analysis={analysis} onDone={() => setMode('shown')} />;
  return (
    <li className={classes.row} data-opened={isOpened || undefined}>
      <div className={classes.line}>
        <button type="button" className={classes.open} onClick={() => void open()}>
          <b>{title}</b>
          <span>
            {[room(`view.${view}`), spanWords(spec.period, language), spec.area && (area?.name ?? spec.area)]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <small>
            {analysis.updatedBy}, <When ms={Date.parse(analysis.updatedAt)} area={spec.area ?? ''} />
          </small>
        </button>
        <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={44} aria-label={t('menu', { title })}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="link" size={16} />} onClick={() => void copy()}>
              {t('copy')}
            </Menu.Item>
            {analysis.mayChange && (
              <>
                <Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={() => setMode('edited')}>
                  {t('edit')}
                </Menu.Item>
                <Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => setMode('deleted')}>
                  {t('delete')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {mode === 'deleted' && <Deletion analysis={analysis} onDone={() => setMode('shown')} />}
    </li>
  );
}

function Edit({ analysis, onDone }: { analysis: AnalysisSummary; onDone(): void }) {
  const { t } = useSavedTexts();
  const { run, busy } = useDeed();
  const { data: whole } = useSavedAnalysis(analysis.id);
  return (
    <li className={classes.card} aria-label={t('edit')}>
      {whole ? (
        <WordsForm
          title={whole.title}
          note={whole.note}
          busy={busy}
          onCancel={onDone}
          onSubmit={(words) =>
            run({ kind: 'change', id: whole.id, version: whole.version, body: words }, (changed) => {
              // Whoever has it open goes on with the new words.
              if (changed && useOpened.getState().analysis?.id === changed.id) keepOpened(changed);
              onDone();
              notify({ message: t('saved') });
            })
          }
        />
      ) : (
        <LoadingNote />
      )}
    </li>
  );
}

function Deletion({ analysis, onDone }: { analysis: AnalysisSummary; onDone(): void }) {
  const { t } = useSavedTexts();
  const { run, busy } = useDeed();
  const { id, version, title } = analysis;
  return (
    <section className={classes.card} aria-label={t('deleteAsk', { title })}>
      <b>{t('deleteAsk', { title })}</b>
      <p className={classes.dim}>{t('deleteHint')}</p>
      <div className={classes.actions}>
        <Button
          size="xs"
          autoFocus
          loading={busy}
          onClick={() =>
            run({ kind: 'delete', id, version }, () => {
              if (useOpened.getState().analysis?.id === id) keepOpened(undefined);
              onDone();
            })
          }
        >
          {t('deleteYes')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </section>
  );
}
