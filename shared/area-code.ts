/** Administrative levels, from the widest to the narrowest. The sub-desa level is called RW here; its shown name is configurable. */
export const AREA_LEVELS = ['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** Dotted Kemendagri code, with `.RWnnn` appended for an RW: `52`, `52.71`, `52.71.01`, `52.71.01.1004`, `52.71.01.1004.RW005`. */
export const AREA_CODE_PATTERN = '^\\d{2}(\\.\\d{2}(\\.\\d{2}(\\.\\d{4}(\\.RW\\d{3}[A-Z]?)?)?)?)?$';

/** The level a well-formed code names. Throws no error: an ill-formed code gives `undefined`. */
export function levelOfCode(code: string): AreaLevel | undefined {
  if (!new RegExp(AREA_CODE_PATTERN).test(code)) return undefined;
  return AREA_LEVELS[code.split('.').length - 1];
}

/** The code one level up, or `undefined` for a province. */
export function parentOfCode(code: string): string | undefined {
  const end = code.lastIndexOf('.');
  return end < 0 ? undefined : code.slice(0, end);
}
