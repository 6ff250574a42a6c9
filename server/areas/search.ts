import type { AreaLevel } from '../../shared/area-code.ts';
import { searchKey } from '../../shared/geo/names.ts';

/** What somebody looks for among the areas. */
export interface AreaSearch {
  level: AreaLevel | undefined;
  /** Only areas beneath this code, at any depth. */
  below: string | undefined;
  /** Only the direct children of this code. */
  childrenOf: string | undefined;
  /**
   * A code or its beginning, or a name. Names that contain what was typed come before names spelt alike, and among them
   * those of the hinted level; then the same, beginning so, a word beginning so, containing it; then wider levels.
   */
  text: { code: string; digits: string } | { key: string } | undefined;
  /** Level that the typed prefix names: `kec. …`. */
  levelHint: AreaLevel | undefined;
  /** What was typed, in lower case, for ties. */
  typed: string;
}

/** Not `kota`: half the places called so are none. */
const HINTS: [RegExp, AreaLevel][] = [
  [/^(prov|propinsi)/, 'provinsi'],
  [/^kab/, 'kabkota'],
  [/^(kec|distrik)/, 'kecamatan'],
  [/^(kel|desa|ds\b|gampong|nagari)/, 'desa'],
  [/^rw\b/, 'rw'],
];

/**
 * Reads what was typed. Digits are a code, dotted or not: `5271` and `52.71` are one. With neither text nor level, a
 * parent means its direct children; otherwise everything beneath it.
 */
export function readSearch(query: { level?: AreaLevel; parent?: string; q?: string }): AreaSearch {
  const typed = (query.q ?? '')
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .toLowerCase();
  const direct = !typed && !query.level;
  const text = readText(typed);
  return {
    level: query.level,
    below: direct ? undefined : query.parent,
    childrenOf: direct ? query.parent : undefined,
    text,
    levelHint: text && 'key' in text ? HINTS.find(([pattern]) => pattern.test(typed))?.[1] : undefined,
    typed,
  };
}

function readText(typed: string): AreaSearch['text'] {
  const code = /^(\d[\d.]*)(?:\.?(rw\d{0,3}[a-z]?))?$/.exec(typed.replace(/\s/g, ''));
  if (code?.[1]) {
    const digits = code[1].replaceAll('.', '');
    const ward = code[2] ? `.${code[2].toUpperCase()}` : '';
    return { code: dotted(digits) + ward, digits };
  }
  const key = searchKey(typed);
  return key ? { key } : undefined;
}

/** Digits of a Kemendagri code with its dots: `52710` → `52.71.0`. */
function dotted(digits: string): string {
  const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)];
  return parts.filter(Boolean).join('.');
}
