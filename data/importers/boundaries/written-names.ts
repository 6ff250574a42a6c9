import type { AreaLevel } from '../../../shared/area-code.ts';

/** Words for the kind of area, which its shown name does not repeat; kabupaten and kota are part of theirs. */
const REPEATED: Record<AreaLevel, RegExp> = {
  provinsi: /^(provinsi|propinsi|prov\.?)\s+(?=\S)/i,
  kabkota: /^(?!)/,
  kecamatan: /^(kecamatan|kec\.?)\s+(?=\S)/i,
  desa: /^(kelurahan|kel\.|desa|ds\.)\s+(?=\S)/i,
  rw: /^(?!)/,
};
const SHORT: [RegExp, string][] = [
  [/^kota adm(\.|inistrasi)?\s*/i, 'Kota Administrasi '],
  [/^kab(\.|upaten)? adm(\.|inistrasi)?\s*/i, 'Kabupaten Administrasi '],
  [/^kab\.?\s+/i, 'Kabupaten '],
];
const ROMAN = /^(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})$/i;
const KEPT = new Set(['DKI', 'DI', 'TMII', 'UPT', 'SP']);

/**
 * A name as it is shown: single spaces, no repeated kind of area, capitals only at word beginnings.
 * `KELURAHAN TANJUNG PRIOK` is `Tanjung Priok`, `KOTA ADM. JAKARTA UTARA` is `Kota Administrasi Jakarta Utara`.
 */
export function writtenName(name: string, level: AreaLevel): string {
  let text = name
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  text = text.replace(REPEATED[level], '');
  if (level === 'kabkota') for (const [short, long] of SHORT) text = text.replace(short, long);
  const letters = text.replace(/[^\p{L}]/gu, '');
  if (
    letters.length > 1 &&
    text.replace(/^Kota Administrasi |^Kabupaten (Administrasi )?/, '') ===
      text.replace(/^Kota Administrasi |^Kabupaten (Administrasi )?/, '').toUpperCase()
  ) {
    text = text.replace(/\p{L}+/gu, (word) =>
      KEPT.has(word) || ROMAN.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    );
  }
  return text;
}

/**
 * The number of an RW as its code has it: `RW18`, `RW 18`, `018`, `RT 003 RW 018` and `RW.018` are `RW018`, `RW 5A` is
 * `RW005A`. `undefined` when the text names no RW.
 */
export function wardCode(text: string): string | undefined {
  const found =
    /\bRW[\s.:\-/]*(\d{1,3})\s?([A-Z])?(?![A-Z\d])/i.exec(text) ?? /^\s*(\d{1,3})\s?([A-Z])?\s*$/i.exec(text);
  if (!found?.[1] || Number(found[1]) === 0) return undefined;
  return `RW${found[1].padStart(3, '0')}${found[2]?.toUpperCase() ?? ''}`;
}
