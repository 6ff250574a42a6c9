import { setTimeout as delay } from 'node:timers/promises';

/** What became of hostile inputs, by their kind and the door they were put through. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();

  add(kind: string, door: string, verdict: string): void {
    const key = `${kind} → ${door}`;
    const verdicts = this.counts.get(key) ?? new Map<string, number>();
    this.counts.set(key, verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1));
  }

  /** How many inputs had a verdict that matches. */
  total(pattern: RegExp): number {
    let sum = 0;
    for (const verdicts of this.counts.values()) {
      for (const [verdict, count] of verdicts) if (pattern.test(verdict)) sum += count;
    }
    return sum;
  }

  lines(): string[] {
    return [...this.counts].sort().map(([key, verdicts]) => {
      const sorted = [...verdicts].sort((a, b) => b[1] - a[1]);
      return `  ${key}: ${sorted.map(([verdict, count]) => `${verdict} ${count}`).join(', ')}`;
    });
  }
}

/** Longest that somebody else may wait, milliseconds. */
const STALL_MS = 500;

/**
 * Asks something harmless all the while, and finds the inputs during which the answer took too long. A machine that is
 * busy with other things makes anybody wait now and then: an input counts only when it does it again and again.
 */
export class StallWatch {
  /** Every wait, milliseconds. */
  readonly waits: number[] = [];
  private readonly ask: () => Promise<unknown>;
  private readonly suspects = new Map<string, () => Promise<unknown>>();
  private current: { label: string; run: () => Promise<unknown> } | undefined;
  private stopped = false;
  private readonly done: Promise<void>;

  constructor(ask: () => Promise<unknown>) {
    this.ask = ask;
    this.done = this.loop();
  }

  /** Puts one input through its door. */
  async during<T>(label: string, run: () => Promise<T>): Promise<T> {
    this.current = { label, run };
    return run();
  }

  /** Stops asking. Returns the inputs that make others wait each time. */
  async stalls(): Promise<string[]> {
    this.stopped = true;
    await this.done;
    const guilty: string[] = [];
    for (const [label, run] of this.suspects) {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 3 && least > STALL_MS; i++) {
        const [wait] = await Promise.all([this.wait(), run().catch(() => {})]);
        least = Math.min(least, wait);
      }
      if (least > STALL_MS) guilty.push(`${label}: ${Math.round(least)} ms`);
    }
    return guilty;
  }

  /** The wait that 99 of 100 were below, milliseconds. */
  p99(): number {
    const sorted = this.waits.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      const { current } = this;
      const wait = await this.wait();
      this.waits.push(wait);
      if (wait > STALL_MS) {
        for (const one of [current, this.current]) if (one) this.suspects.set(one.label, one.run);
      }
      await delay(20);
    }
  }

  private async wait(): Promise<number> {
    const start = performance.now();
    await this.ask();
    return performance.now() - start;
  }
}
