/** Shorter tasks are not looked into, microseconds. */
const LEAST_US = 5_000;

/** What Chromium is to trace for {@link ownTasks}. */
export const CATEGORIES = [
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-v8.cpu_profiler',
  'toplevel',
  '__metadata',
];

/** A task of the page's main thread, or the part of it that is the page's own work. */
export interface OwnTask {
  /** Processor time, milliseconds. */
  ms: number;
  /** Functions that took most of it, the outermost first, for whoever looks for the cause. */
  culprits: string;
}

/**
 * The page's own part of each task of its main thread, longest first: what was begun by its scripts. What MapLibre begins itself,
 * such as drawing a frame, is MapLibre's; tasks without a script are the browser's, or of whoever steers it. A part's share of its
 * task is that of the profiler's samples, its time that share of the processor time of the task: what else the machine does meanwhile is
 * not charged to the page.
 */
export function ownTasks(trace: Buffer): OwnTask[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread),
  );
  const samples = traceEvents
    .filter((event) => event.name === 'Profile' && mains.has(thread(event)))
    .flatMap((profile) => samplesOf(profile, traceEvents));
  return traceEvents
    .filter((event) => /(^|::)RunTask$/.test(event.name) && mains.has(thread(event)))
    .filter(({ dur = 0 }) => dur > LEAST_US)
    .flatMap(({ ts, dur = 0, tdur = dur }) => {
      const within = samples.filter(({ at }) => at >= ts && at < ts + dur);
      const own = within.filter(({ stack }) => isOwn(stack));
      if (own.length === 0) return [];
      const times = new Map<string, number>();
      for (const { stack } of own) for (const name of new Set(stack)) times.set(name, (times.get(name) ?? 0) + 1);
      const culprits = [...times].sort((a, b) => b[1] - a[1]).slice(0, 24);
      return {
        ms: ((tdur / 1000) * own.length) / within.length,
        culprits: culprits.map(([name]) => name).join(' < '),
      };
    })
    .sort((a, b) => b.ms - a.ms);
}

interface Sample {
  /** Microseconds of the trace's clock. */
  at: number;
  /** Script functions as `name@file`, the outermost first. */
  stack: string[];
}

const isOwn = ([outermost]: string[]) => outermost !== undefined && !/@maplibre-gl/.test(outermost);

function samplesOf({ pid, id, args }: TraceEvent, events: TraceEvent[]): Sample[] {
  const nodes = new Map<number, ProfileNode>();
  const samples: Sample[] = [];
  let at = args.data?.startTime ?? 0;
  for (const { name, pid: otherPid, id: otherId, args } of events) {
    if (name !== 'ProfileChunk' || otherPid !== pid || otherId !== id) continue;
    const { cpuProfile, timeDeltas = [] } = args.data ?? {};
    for (const node of cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    for (const [index, sample] of (cpuProfile?.samples ?? []).entries()) {
      at += timeDeltas[index] ?? 0;
      samples.push({ at, stack: stackOf(nodes, sample) });
    }
  }
  return samples;
}

function stackOf(nodes: Map<number, ProfileNode>, sample: number): string[] {
  const stack: string[] = [];
  for (let node = nodes.get(sample); node; node = nodes.get(node.parent ?? -1)) {
    const { functionName, url } = node.callFrame;
    // Scripts of the page's own server; not those of whoever steers the browser.
    const file = /^http.*\/assets\/(.+?)(-[\w-]{8})?\.m?js$/.exec(url)?.[1];
    if (file) stack.unshift(`${functionName || '()'}@${file}`);
  }
  return stack;
}

interface ProfileNode {
  id: number;
  parent?: number;
  callFrame: { functionName: string; url: string };
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  id?: string;
  /** Microseconds: begin and length by the clock, length of the processor. */
  ts: number;
  dur?: number;
  tdur?: number;
  args: {
    name?: string;
    data?: {
      startTime?: number;
      timeDeltas?: number[];
      cpuProfile?: { nodes?: ProfileNode[]; samples?: number[] };
    };
  };
}
