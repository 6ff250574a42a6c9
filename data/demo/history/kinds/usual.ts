/** Shares and hours that many kinds of incident have in common; shares are relative to each other, peaks as in `Kind`. */

export const LIGHT = [
  ['low', 6],
  ['moderate', 3],
] as const;
export const MEDIUM = [
  ['low', 3],
  ['moderate', 5],
  ['serious', 2],
] as const;
export const HEAVY = [
  ['moderate', 4],
  ['serious', 4],
  ['critical', 1],
] as const;
export const USUAL = [
  ['resident', 6],
  ['radio', 2],
  ['patrol', 2],
] as const;
export const SEEN = [
  ['resident', 3],
  ['radio', 3],
  ['patrol', 4],
] as const;
export const OFFICIAL = [
  ['resident', 3],
  ['radio', 2],
  ['official', 5],
] as const;
export const NIGHT = [[1, 2.5]] as const;
export const EVENING = [[20, 2.5]] as const;
export const RUSH = [
  [7, 1.2],
  [17, 1.8],
] as const;
export const DAYTIME = [
  [10, 3.5],
  [15, 3],
] as const;
