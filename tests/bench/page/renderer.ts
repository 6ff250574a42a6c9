import type { Browser } from 'playwright-core';

/** CPU seconds that all renderer processes of the browser have used: main threads, workers, compositors; not the graphics process. */
export async function rendererCpu(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

/** CPU seconds of the renderer processes and frames drawn while the page is left alone for `seconds`. */
export async function watchPage(
  browser: Browser,
  frames: () => Promise<number>,
  seconds: number,
): Promise<{ cpuSeconds: number; framesPerSecond: number }> {
  const [cpuBefore, framesBefore, begun] = [await rendererCpu(browser), await frames(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const [cpuAfter, framesAfter, ended] = [await rendererCpu(browser), await frames(), performance.now()];
  const elapsed = (ended - begun) / 1000;
  return { cpuSeconds: cpuAfter - cpuBefore, framesPerSecond: (framesAfter - framesBefore) / elapsed };
}

/** What Chromium is to trace for {@link mainThreadTasks}. */
export const TASK_CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'];

/**
 * Lengths in milliseconds of all tasks of a page's main thread in a trace of Chromium, shortest first; not those of pages
 * that the browser itself is made of, which it opens with every window.
 * @param url what the addresses of the page's scripts begin with
 * @param clock `cpu`: what each took of a processor, whatever else the machine was doing meanwhile
 */
export function mainThreadTasks(trace: Buffer, url: string, clock: 'wall' | 'cpu' = 'wall'): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const pids = new Set(traceEvents.filter(({ args }) => args?.data?.url?.startsWith(url)).map(({ pid }) => pid));
  const mains = new Set(
    traceEvents
      .filter(({ name, pid, args }) => name === 'thread_name' && args?.name === 'CrRendererMain' && pids.has(pid))
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  if (mains.size === 0) throw new Error(`The trace has no task of ${url}.`);
  return traceEvents
    .filter(
      ({ name, pid, tid }) =>
        (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && mains.has(`${pid}/${tid}`),
    )
    .map(({ dur = 0, tdur = dur }) => (clock === 'cpu' ? tdur : dur) / 1000)
    .sort((a, b) => a - b);
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds, by the clock and of the processor. */
  dur?: number;
  tdur?: number;
  args?: { name?: string; data?: { url?: string } };
}
