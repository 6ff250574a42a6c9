/** Rounds of a test that can go on all night: few with each change, many with `npm run test:long`. */
export function rounds(short: number, long: number): number {
  return process.env.RONDA_LONG ? long : short;
}
