import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Meters } from '../meters.ts';

/** Measures this process: memory, processor, and how late its event loop runs. Returns what stops measuring. */
export function measureProcess(meters: Meters): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  meters.gauge(
    'ronda_memory_bytes',
    'Memory of the server process, without an embedded database',
    () => {
      const { rss, heapUsed, external } = process.memoryUsage();
      return { resident: rss, heap: heapUsed, external };
    },
    'kind',
  );
  meters.gauge('ronda_cpu_seconds', 'Processor time of the server process', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  meters.gauge('ronda_uptime_seconds', 'Since the server process started', () => process.uptime());
  meters.gauge(
    'ronda_event_loop_delay_seconds',
    'How late the event loop ran since the last reading',
    () => {
      const seconds = { p50: delay.percentile(50) / 1e9, p99: delay.percentile(99) / 1e9, max: delay.max / 1e9 };
      delay.reset();
      return seconds;
    },
    'quantile',
  );
  return () => delay.disable();
}
