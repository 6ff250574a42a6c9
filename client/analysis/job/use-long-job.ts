import { useEffect, useReducer, useRef } from 'react';
import type { JobAnswer, JobInput, JobName } from './jobs.ts';
import { type Progress, startJob } from './long-job.ts';

/** Where a view's job stands. */
export type JobState<Name extends JobName> =
  | { kind: 'idle' }
  | { kind: 'running'; progress: Progress | undefined }
  | { kind: 'done'; answer: JobAnswer<Name> }
  | { kind: 'cancelled' }
  | { kind: 'failed' };

export interface LongJob<Name extends JobName> {
  state: JobState<Name>;
  start(): void;
  cancel(): void;
}

/**
 * A view's job, one at a time: another input ends what is running and takes its result off the screen, so does leaving the
 * view. The input is to be the same object as long as it says the same.
 * @param auto whether it starts by itself; else it waits for `start`
 */
export function useLongJob<Name extends JobName>(
  name: Name,
  input: JobInput<Name> | undefined,
  auto: boolean,
): LongJob<Name> {
  const held = useRef<{ input: JobInput<Name> | undefined; state: JobState<Name>; stop?: AbortController }>({
    input: undefined,
    state: { kind: 'idle' },
  });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const job = held.current;
  // What is on the screen is never of another input than the one beside it.
  const state: JobState<Name> = job.input === input ? job.state : { kind: 'idle' };

  const cancel = () => job.stop?.abort();
  const start = () => {
    cancel();
    if (!input) return;
    const stop = new AbortController();
    const set = (next: JobState<Name>) => {
      if (job.stop !== stop) return;
      job.state = next;
      redraw();
    };
    Object.assign(job, { input, stop });
    set({ kind: 'running', progress: undefined });
    startJob(name, input, { signal: stop.signal, onProgress: (progress) => set({ kind: 'running', progress }) }).then(
      (answer) => set({ kind: 'done', answer }),
      () => set({ kind: stop.signal.aborted ? 'cancelled' : 'failed' }),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it starts anew for another input, not for another rendering.
  useEffect(() => {
    if (auto && input) start();
    return cancel;
  }, [input, auto]);
  return { state, start, cancel };
}
