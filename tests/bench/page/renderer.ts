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

/**
 * Lengths in milliseconds of all tasks of the page's main thread in a trace of Chromium, shortest first.
 * `cpu`: what each took of a processor, whatever else the machine was doing meanwhile.
 */
export function mainThreadTasks(trace: Buffer, clock: 'wall' | 'cpu' = 'wall'): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
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
  args?: { name?: string };
}
