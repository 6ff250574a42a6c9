import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { PersonalDataWarning } from '../../components/personal-data-warning.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { joinNote, splitNote } from './note.ts';
import classes from './saved.module.css';
import { useSavedTexts } from './words.ts';

interface WordsFormProps {
  title: string;
  note: string;
  busy: boolean;
  /** Why it cannot be sent yet. */
  waiting?: string | undefined;
  onSubmit(words: { title: string; note: string }): void;
  onCancel(): void;
}

/** Title, text and the decision asked of an analysis. */
export function WordsForm({ title: begunTitle, note, busy, waiting, onSubmit, onCancel }: WordsFormProps) {
  const { t } = useSavedTexts();
  const { language } = useTexts();
  const [title, setTitle] = useState(begunTitle);
  const [{ text, decision }, setParts] = useState(() => splitNote(note));
  const [isTried, setTried] = useState(false);
  const isBlank = title.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isBlank && !waiting) onSubmit({ title: title.trim(), note: joinNote({ text, decision }, language) });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('title')}
        value={title}
        maxLength={200}
        error={isTried && isBlank ? t('titleNeeded') : undefined}
        autoFocus
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('text')}
        description={t('textHint')}
        rows={5}
        maxLength={18_000}
        value={text}
        onChange={(event) => setParts({ text: event.currentTarget.value, decision })}
      />
      <Textarea
        label={t('decision')}
        description={t('decisionHint')}
        rows={2}
        maxLength={1_900}
        value={decision}
        onChange={(event) => setParts({ text, decision: event.currentTarget.value })}
      />
      <PersonalDataWarning text={[title, text, decision].join('\n')} />
      {waiting && <p className={classes.dim}>{waiting}</p>}
      <div className={classes.actions}>
        <Button type="submit" loading={busy} disabled={waiting !== undefined}>
          {t('submit')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
