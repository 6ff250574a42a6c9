const DIGIT_BITS = 11;
const BUCKETS = 2 ** DIGIT_BITS;
const PASSES = 6;

/** Which of the two 32-bit words of a double is its upper one here. */
const UPPER = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/**
 * The indices of numbers ≥ 0 (no NaN, no −0) in ascending order of the numbers, equal ones in the order they came: a radix
 * sort of their bits, since doubles ≥ 0 are ordered as their bits are. Several times faster than a sort that compares.
 */
export function ascendingOrder(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  let order = Uint32Array.from(values, (_, index) => index);
  let spare = new Uint32Array(values.length);
  const ends = new Uint32Array(BUCKETS);
  for (let pass = 0; pass < PASSES; pass++) {
    ends.fill(0);
    for (let i = 0; i < values.length; i++) {
      const digit = digitOf(words, i, pass);
      ends[digit] = (ends[digit] ?? 0) + 1;
    }
    if (ends.includes(values.length)) continue;
    let sum = 0;
    for (let digit = 0; digit < BUCKETS; digit++) {
      const count = ends[digit] ?? 0;
      ends[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < order.length; i++) {
      const index = order[i] ?? 0;
      const digit = digitOf(words, index, pass);
      const to = ends[digit] ?? 0;
      ends[digit] = to + 1;
      spare[to] = index;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** The `pass`th group of bits of a double, from the lowest: three groups of 11, 11 and 10 bits in each word. */
function digitOf(words: Uint32Array, index: number, pass: number): number {
  const word = words[2 * index + (pass < 3 ? 1 - UPPER : UPPER)] ?? 0;
  return (word >>> ((pass % 3) * DIGIT_BITS)) & (BUCKETS - 1);
}
