import { Button, Progress, TextInput, type TextInputProps } from '@mantine/core';
import '@mantine/core/styles/Progress.layer.css';
import { MOST_ZONES } from '../../../shared/schemas/plan.ts';
import { EmptyNote } from '../../components/state-note.tsx';
import { useFigures, useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';
import { usePlanningTexts } from '../words.ts';
import { GhostCard } from './ghost-card.tsx';
import { cancelSearch, type SearchState, searchDivision, useSearch } from './search.ts';
import classes from './suggest.module.css';

/** Zones that are asked for at first where there are fewer. */
const AT_FIRST = 8;

/** Asks for a division of what is not locked, and shows it before anybody takes it. */
export function SuggestTab() {
  const { t } = usePlanningTexts();
  const { editable } = useOpened();
  const ghost = usePlanning((planning) => planning.ghost);
  const { running, failure } = useSearch();
  if (!editable)
    return (
      <EmptyNote title={t('suggest.title')}>
        <p>{t('suggest.readOnly')}</p>
      </EmptyNote>
    );
  return (
    <div className={classes.suggest}>
      <h3>{t('suggest.title')}</h3>
      <p className={classes.dim}>{t('suggest.lead')}</p>
      {running ? (
        <div className={classes.running} role="status">
          <span>{t(running.of.kind === 'fix' ? 'suggest.workingFix' : 'suggest.working')}</span>
          <Progress value={100 * running.done} aria-label={t('suggest.working')} />
          <Button size="xs" variant="default" onClick={cancelSearch}>
            {t('suggest.cancel')}
          </Button>
        </div>
      ) : (
        <AskForm />
      )}
      {failure && !running && (
        <p className={classes.failure} role="alert">
          {failure.kind === 'failed' ? t('suggest.failed') : t(`suggest.refused.${failure.reason}`)}
        </p>
      )}
      {ghost && !running && <GhostCard ghost={ghost} />}
    </div>
  );
}

function AskForm() {
  const { t } = usePlanningTexts();
  const { open } = useOpened();
  const { content, balance } = useFigures();
  const locked = content.zones.filter((zone) => zone.locked).length;
  const hasGhost = usePlanning((planning) => planning.ghost !== undefined);
  const { count: typed, seed } = useSearch((search) => search.asked);
  const count = typed ?? String(Math.max(content.zones.length, AT_FIRST));
  const set = (change: Partial<SearchState['asked']>) =>
    useSearch.setState({ asked: { ...useSearch.getState().asked, ...change } });
  const most = Math.min(MOST_ZONES, open.ground.size);
  const zones = whole(count);
  const zonesOk = zones !== undefined && zones > locked && zones <= most;
  const seedOk = whole(seed) !== undefined;
  const total = (balance?.none.workload ?? 0) + (balance?.zones.reduce((sum, each) => sum + each.workload, 0) ?? 0);
  const start = (from: number) => {
    const load = open.workload;
    if (!load || zones === undefined) return;
    // Without any workload the land itself is shared out evenly.
    const workload = total > 0 ? load.workload : load.columns.km2;
    const name = (number: number) => t('zone.name', { number });
    searchDivision(open, { zones: zones - locked, seed: from, workload: workload.slice(), name });
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const from = whole(seed);
        if (zonesOk && from !== undefined) start(from);
      }}
    >
      <div className={classes.fields}>
        <TextInput
          inputWrapperOrder={ORDER}
          label={t('suggest.count')}
          {...(locked > 0 && { description: t('suggest.countHint', { count: locked }) })}
          value={count}
          inputMode="numeric"
          autoComplete="off"
          error={zonesOk ? undefined : t('suggest.countWrong', { least: locked + 1, most })}
          onChange={(event) => set({ count: event.currentTarget.value })}
        />
        <TextInput
          inputWrapperOrder={ORDER}
          label={t('suggest.seed')}
          description={t('suggest.seedHint')}
          value={seed}
          inputMode="numeric"
          autoComplete="off"
          error={seedOk ? undefined : t('suggest.seedWrong')}
          onChange={(event) => set({ seed: event.currentTarget.value })}
        />
      </div>
      {balance === undefined ? (
        <p className={classes.dim}>{t('suggest.waiting')}</p>
      ) : (
        total === 0 && <p className={classes.dim}>{t('suggest.byArea')}</p>
      )}
      <div className={classes.actions}>
        <Button type="submit" variant={hasGhost ? 'default' : 'filled'} disabled={balance === undefined}>
          {t('suggest.start')}
        </Button>
        {hasGhost && (
          <Button
            variant="default"
            onClick={() => {
              const next = (whole(seed) ?? 0) + 1;
              set({ seed: String(next) });
              if (zonesOk) start(next);
            }}
          >
            {t('suggest.again')}
          </Button>
        )}
      </div>
    </form>
  );
}

/** What is said of a field stands below it, so that fields side by side are in line. */
const ORDER: NonNullable<TextInputProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error'];

/** A whole number from 0 that was typed. */
function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
