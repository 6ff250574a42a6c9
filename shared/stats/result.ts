/** Why an input has no answer. A reason is the name of a problem, for the screen to put into words. */
export type StatsReason =
  /** No places at all. */
  | 'no-areas'
  /** A single place has no neighbours to be compared with. */
  | 'one-area'
  /** Fewer places than the method needs. */
  | 'few-areas'
  /** Two inputs that go together differ in length. */
  | 'length-mismatch'
  /** No place has a neighbour. */
  | 'no-neighbours'
  /** All values are equal. */
  | 'no-variance'
  /** All values are zero. */
  | 'all-zero'
  /** A count is below zero or not whole. */
  | 'negative-count'
  /** A value is NaN or infinite. */
  | 'not-finite'
  /** A period without length. */
  | 'empty-period'
  /** Fewer steps than the method needs. */
  | 'too-short'
  /** The fit of a model did not settle. */
  | 'no-convergence'
  /** A parameter outside its range, or a figure so great or small that the method would lose it. */
  | 'out-of-range'
  /** Who asked for it did not want to wait any longer. */
  | 'cancelled';

/** A method's answer, or why there is none: never NaN. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; reason: StatsReason; detail: string };

/** The refusal half of an outcome, as the checks of inputs give it. */
export type Refusal = Extract<Outcome<unknown>, { ok: false }>;

/** An answer. */
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** No answer: the reason, and in `detail` an English sentence that names the input and its problem. */
export const refuse = (reason: StatsReason, detail: string): Refusal => ({ ok: false, reason, detail });
