import { Button } from '@mantine/core';
import { useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { useMay } from '../../access/access.ts';
import { useAnalyses } from '../../api/analyses.ts';
import { Icon } from '../../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { spanWords } from '../days.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { useAnalysis } from '../state.ts';
import { keepOpened, useOpened } from './opened.ts';
import { bodyOf, usePresent } from './present.ts';
import classes from './saved.module.css';
import { SavedRow } from './saved-row.tsx';
import { useDeed } from './use-deed.ts';
import { useSavedTexts } from './words.ts';
import { WordsForm } from './words-form.tsx';

/** The saved analyses: the one on the screen can be added, those of before opened, renamed and deleted. */
export default function Saved() {
  const { t } = useSavedTexts();
  const list = useAnalyses();
  if (list.isPending) return <LoadingNote />;
  if (!list.data) return <ErrorNote onRetry={() => void list.refetch()} />;
  const { analyses, more } = list.data;
  return (
    <div className={classes.saved}>
      <SaveForm />
      {analyses.length === 0 ? (
        <EmptyNote title={t('empty')}>
          <p>{t('emptyHint')}</p>
        </EmptyNote>
      ) : (
        <ul className={classes.list} aria-label={t('list')}>
          {analyses.map((analysis) => (
            <SavedRow key={analysis.id} analysis={analysis} />
          ))}
        </ul>
      )}
      {more && <p className={classes.dim}>{t('older', { count: analyses.length })}</p>}
    </div>
  );
}

function SaveForm() {
  const { t } = useSavedTexts();
  const { language } = useTexts();
  const allowed = useMay('analysis.write');
  const present = usePresent();
  const { run, busy } = useDeed();
  // The same form that is sent twice saves once.
  const [id, setId] = useState<string>();
  if (!allowed) return null;
  if (!id)
    return (
      <Button variant="default" fullWidth leftSection={<Icon name="plus" size={18} />} onClick={() => setId(uuidv7())}>
        {t('save')}
      </Button>
    );
  return (
    <section className={classes.card} aria-label={t('save')}>
      <h2>
        {t('save')} <MethodLink of="repeatable" compact />
      </h2>
      <p className={classes.dim}>{t('saveHint')}</p>
      <WordsForm
        title={present ? spanWords(present.spec.period, language) : ''}
        note=""
        busy={busy}
        waiting={present ? undefined : t('notYet')}
        onCancel={() => setId(undefined)}
        onSubmit={(words) => {
          if (!present) return;
          const before = useOpened.getState().analysis;
          run({ kind: 'create', body: { id, ...bodyOf(present, useAnalysis.getState().shown, words) } }, (analysis) => {
            // Whoever has opened another meanwhile goes on with that.
            if (useOpened.getState().analysis === before) keepOpened(analysis);
            setId(undefined);
            notify({ message: t('saved') });
          });
        }}
      />
    </section>
  );
}
