/** Where a command writes to: standard output, or a test. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** What a command says to the person who started it: lines, and a bar that is drawn over itself on a terminal. */
export class Terminal {
  readonly #out: Output;
  #drawn = false;
  #tenth = -1;
  #label = '';

  constructor(out: Output = process.stdout) {
    this.#out = out;
  }

  say(line: string): void {
    this.#erase();
    this.#out.write(`${line}\n`);
  }

  /** Shows how far a step is; without a terminal, a line for each tenth. `total` 0: not known yet. */
  progress(label: string, done: number, total: number): void {
    if (this.#out.isTTY) {
      const width = 30;
      const filled = total > 0 ? Math.round((width * done) / total) : 0;
      const bar = total > 0 ? `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${done}/${total}` : `${done}`;
      this.#out.write(`\r\u001b[2K${label} ${bar}`);
      this.#drawn = true;
      return;
    }
    if (total === 0) return;
    const tenth = Math.floor((done * 10) / total);
    if (label === this.#label && tenth === this.#tenth) return;
    this.#label = label;
    this.#tenth = tenth;
    this.#out.write(`${label} ${done}/${total}\n`);
  }

  #erase(): void {
    if (this.#drawn) this.#out.write('\r\u001b[2K');
    this.#drawn = false;
  }
}
