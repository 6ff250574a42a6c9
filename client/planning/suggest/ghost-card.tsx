import { Button } from '@mantine/core';
import { number } from '../../format.ts';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { useConflictWords } from '../conflict-words.ts';
import { codesOf } from '../draft/draft.ts';
import { previewOf } from '../draw.ts';
import type { PlanFigures } from '../figures.ts';
import { useFigures, useOpened } from '../plan-context.ts';
import { signed } from '../signed.ts';
import { type Ghost, usePlanning } from '../state.ts';
import { usePlanningTexts } from '../words.ts';
import { useSearch } from './search.ts';
import classes from './suggest.module.css';

/** What a change that is only shown would do, in figures, and the way to take it. */
export function GhostCard({ ghost }: { ghost: Ghost }) {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const { open } = useOpened();
  const now = useFigures();
  const conflictWords = useConflictWords();
  const linked = useSearch((search) => search.linked);
  const discard = () => usePlanning.setState({ ghost: undefined });
  if (ghost.before !== open.content) {
    return (
      <section className={classes.card} role="alert">
        <p>{t('suggest.void')}</p>
        <Button size="xs" variant="default" onClick={discard}>
          {t('suggest.discard')}
        </Button>
      </section>
    );
  }
  const after = previewOf(open, ghost.after);
  const moves = codesOf(ghost.edit).length;
  const { of } = ghost;
  const zone = of.kind === 'fix' ? ghost.before.zones.find(({ id }) => id === of.zone) : undefined;
  const adopt = () => {
    const conflict = open.do(ghost.edit);
    usePlanning.setState({ ghost: undefined, tab: 'zones' });
    if (conflict) notify({ color: 'yellow', message: conflictWords(conflict, open.content) });
  };
  return (
    <section className={classes.card} aria-label={t('suggest.found')}>
      <h4>{zone ? t('suggest.fixed', { zone: zone.name }) : t('suggest.found')}</h4>
      <p className={classes.dim}>
        {moves === 0 ? t('suggest.nothing') : `${t('suggest.moves', { count: moves })}. ${t('suggest.foundHint')}`}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('suggest.before')}</th>
            <th scope="col">{t('suggest.after')}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, of: read }) => (
            <tr key={name}>
              <th scope="row">{t(name)}</th>
              <td>{read(now, language)}</td>
              <td>{read(after, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {linked > 0 && of.kind === 'division' && <p className={classes.dim}>{t('suggest.islands', { count: linked })}</p>}
      <div className={classes.actions}>
        <Button disabled={moves === 0} onClick={adopt}>
          {t('suggest.adopt')}
        </Button>
        <Button variant="default" onClick={discard}>
          {t('suggest.discard')}
        </Button>
      </div>
    </section>
  );
}

const NONE = '–';
const ROWS = [
  { name: 'zone.list', of: ({ content }: PlanFigures, language: Language) => number(content.zones.length, language) },
  {
    name: 'suggest.deviation',
    of({ balance }: PlanFigures, language: Language) {
      const deviation = balance?.zones[balance.worst ?? -1]?.deviation;
      return deviation === null || deviation === undefined ? NONE : signed(deviation, language);
    },
  },
  {
    name: 'suggest.polsby',
    of({ compactness }: PlanFigures, language: Language) {
      const known = compactness.polsbyPopper.filter((value) => value !== null);
      return known.length > 0 ? number(known.reduce((sum, value) => sum + value, 0) / known.length, language, 2) : NONE;
    },
  },
  {
    name: 'suggest.cut',
    of: ({ compactness }: PlanFigures, language: Language) => `${number(compactness.cutKm, language, 1)} km`,
  },
  { name: 'zone.free', of: ({ free }: PlanFigures, language: Language) => number(free, language) },
] as const;
