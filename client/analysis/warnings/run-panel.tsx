import '@mantine/core/styles/Progress.layer.css';
import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { COUNTING_STEPS } from '../../../shared/schemas/warning.ts';
import { useMay } from '../../access/access.ts';
import { RequestError } from '../../api/request.ts';
import { useAskRun, useRuns } from '../../api/warnings.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { clock, day } from '../../time.ts';
import { dayWords } from '../days.ts';
import { useRoomZone } from '../room-zone.ts';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

/** By the status of the answer. */
const REFUSALS: Partial<Record<number, 'runs.busy' | 'runs.recent'>> = { 409: 'runs.busy', 429: 'runs.recent' };

/** When it was counted last, how far a run is, and the way to begin one. */
export function RunPanel() {
  const { t } = useWarningTexts();
  const { language } = useTexts();
  const zone = useRoomZone() ?? 'WIB';
  const may = useMay('analysis.write');
  const runs = useRuns().data?.runs;
  const ask = useAskRun();
  const newest = runs?.[0];
  const finished = runs?.find(({ state }) => state === 'finished');
  const running = newest?.state === 'running' ? newest : undefined;
  useNewsAfter(running?.id);
  const time = (text: string) => {
    const ms = Date.parse(text);
    return `${day(ms, zone, language)} ${clock(ms, zone, language)} ${zone}`;
  };
  return (
    <section className={classes.runs} aria-label={t('runs.title')}>
      {running ? (
        <div className={classes.running} role="status">
          <Progress
            value={running.total > 0 ? (100 * running.done) / running.total : 0}
            animated={running.total === 0}
            striped={running.total === 0}
            aria-label={t('runs.running')}
            transitionDuration={0}
          />
          <p>
            {t('runs.running')}: {t(running.done < COUNTING_STEPS ? 'runs.counting' : 'runs.judging')}
          </p>
        </div>
      ) : (
        <p>
          {finished?.finishedAt
            ? t('runs.last', { time: time(finished.finishedAt), day: dayWords(finished.lastDay, language) })
            : runs && t('runs.never')}{' '}
          {t('runs.nightly')}
        </p>
      )}
      {newest?.state === 'failed' && <p className={classes.caution}>{t('runs.failed')}</p>}
      {ask.isError && (
        <p className={classes.caution} role="alert">
          {t(REFUSALS[ask.error instanceof RequestError ? ask.error.status : 0] ?? 'runs.refused')}
        </p>
      )}
      {may && !running && (
        <Button variant="default" size="xs" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t('runs.now')}
        </Button>
      )}
    </section>
  );
}

/** Reads the warnings anew when the run that was under way is no longer. */
function useNewsAfter(running: number | undefined): void {
  const queries = useQueryClient();
  const before = useRef(running);
  useEffect(() => {
    if (before.current !== undefined && running === undefined)
      void queries.invalidateQueries({ queryKey: ['warnings'] });
    before.current = running;
  }, [running, queries]);
}
