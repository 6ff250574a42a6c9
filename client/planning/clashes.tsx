import { Button } from '@mantine/core';
import { When } from '../components/when.tsx';
import { editWords, useConflictWords } from './conflict-words.ts';
import type { Clash } from './draft/draft.ts';
import { codesOf } from './draft/draft.ts';
import { useDraft, useOpened } from './plan-context.ts';
import classes from './room.module.css';
import { usePlanning } from './state.ts';
import { usePlanningTexts } from './words.ts';

/** Own work that others were quicker with: who, when, and what of it was not done. */
export function Clashes() {
  const { clashes } = useDraft();
  return clashes.map((clash) => <Told key={clash.id} clash={clash} />);
}

function Told({ clash }: { clash: Clash }) {
  const { t } = usePlanningTexts();
  const { open, plan } = useOpened();
  const { content } = useDraft();
  const reason = useConflictWords()(clash.conflict, content);
  const nameOf = (code: string) => open.answer.name[open.ground.indexOf.get(code) ?? -1] ?? code;
  const codes = codesOf(clash.left);
  return (
    <section className={classes.banner} data-warns role="alert" aria-label={t('conflict.title')}>
      <div className={classes.grow}>
        <b>{t('conflict.title')}</b>
        <p>
          {clash.by ? (
            <>
              <b>{clash.by.actor}</b>, <When ms={Date.parse(clash.by.at)} area={plan.areas[0] ?? ''} />:{' '}
            </>
          ) : (
            `${t('conflict.somebody')} `
          )}
          {reason}
        </p>
        <ul>
          {editWords(clash.left, content, nameOf, t).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p>{t('conflict.kept')}</p>
        <div className={classes.actions}>
          {codes.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => usePlanning.setState({ lit: { key: clash.id, codes: new Set(codes) } })}
            >
              {t('check.zoom')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              if (usePlanning.getState().lit?.key === clash.id) usePlanning.setState({ lit: undefined });
              open.draft.forget(clash.id);
            }}
          >
            {t('conflict.read')}
          </Button>
        </div>
      </div>
    </section>
  );
}
