/** A value that only grows, one for each value of its label. */
export interface Counter {
  add(label: string, amount?: number): void;
}

/** How often values fell below each of some bounds. */
export interface Histogram {
  observe(value: number): void;
}

/**
 * What the server measures of itself, in the text format of Prometheus. Slices register what they know; who asks for the
 * numbers pays for reading them.
 */
export class Meters {
  private readonly writers: (() => string[])[] = [];

  /** A counter; without a label's name all is one number. */
  counter(name: string, help: string, labelName?: string): Counter {
    const values = new Map<string, number>();
    if (labelName === undefined) values.set('', 0);
    this.describe(name, help, 'counter', () =>
      [...values].map(([label, value]) => `${name}${labels(labelName, label)} ${value}`),
    );
    return { add: (label, amount = 1) => void values.set(label, (values.get(label) ?? 0) + amount) };
  }

  /** A value read when somebody asks; several with a label. `NaN` where it is not known. */
  gauge(name: string, help: string, read: () => number): void;
  gauge(name: string, help: string, read: () => Record<string, number>, labelName: string): void;
  gauge(name: string, help: string, read: () => number | Record<string, number>, labelName?: string): void {
    this.describe(name, help, 'gauge', () => {
      const value = read();
      if (typeof value === 'number') return [`${name} ${value}`];
      return Object.entries(value).map(([label, one]) => `${name}${labels(labelName, label)} ${one}`);
    });
  }

  /** A histogram with these upper bounds, rising. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const counts = new Array<number>(bounds.length + 1).fill(0);
    let sum = 0;
    this.describe(name, help, 'histogram', () => {
      let total = 0;
      const lines = counts.map((count, i) => {
        total += count;
        return `${name}_bucket${labels('le', i < bounds.length ? String(bounds[i]) : '+Inf')} ${total}`;
      });
      return [...lines, `${name}_sum ${sum}`, `${name}_count ${total}`];
    });
    return {
      observe(value) {
        let i = 0;
        while (i < bounds.length && value > (bounds[i] ?? 0)) i++;
        counts[i] = (counts[i] ?? 0) + 1;
        sum += value;
      },
    };
  }

  /** Everything, in the text format 0.0.4. */
  text(): string {
    return `${this.writers.flatMap((write) => write()).join('\n')}\n`;
  }

  private describe(name: string, help: string, type: string, write: () => string[]): void {
    this.writers.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...write()]);
  }
}

function labels(name: string | undefined, value: string): string {
  if (name === undefined) return '';
  return `{${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"}`;
}
