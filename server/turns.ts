import { RondaError } from '../shared/errors.ts';

/** How much is done at once, and how much may wait for its turn. */
export interface TurnLimits {
  atOnce: number;
  waiting: number;
}

/** Gives turns at something that takes much, in the order that they were asked for; whoever finds too many waiting is sent away. */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #refusal: string;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param refusal what is said to who is sent away */
  constructor(limits: TurnLimits, refusal: string) {
    this.#limits = limits;
    this.#refusal = refusal;
  }

  /** Does the work when its turn comes. Throws `overloaded` where too many wait, and what the work throws. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#limits.atOnce) this.#running++;
    else await this.#wait();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  /** Waits until whoever ends hands its turn over: nobody who comes in between is before those who wait. */
  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#limits.waiting)
      throw new RondaError('overloaded', this.#refusal, { retryAfterSeconds: 5 });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
