/** Words that say what kind of area a name is of, without being part of the name. Longest first. */
const KINDS =
  /^(kelurahan|kel|desa|ds|gampong|nagari|kecamatan|kec|distrik|kabupaten administrasi|kabupaten adm|kab adm|kabupaten|kab|kota administrasi|kota adm|kotamadya|kota|provinsi|prov|propinsi|daerah khusus ibukota|daerah khusus|daerah istimewa|dki|di) +(?=\S)/;

/**
 * A name as people compare it: lower case, no accents, no punctuation, no leading words for its kind.
 * `'KELURAHAN TANJUNG PRIUK'` → `'tanjung priuk'`, `'Kota Adm. Jakarta Utara'` → `'jakarta utara'`, `'RW.018'` → `'rw 18'`.
 * A name that is nothing but such a word stays as it is.
 */
export function normaliseName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’‘ʼ`´]/g, '')
    .replace(/\b([a-z])\.(?=[a-z]\b)/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const ward = /^(rw|rt) ?0*(\d+)([a-z]?)$/.exec(plain);
  if (ward) return `${ward[1]} ${ward[2]}${ward[3]}`;
  let bare = plain;
  while (KINDS.test(bare)) bare = bare.replace(KINDS, '');
  return bare;
}

/**
 * The key under which a name is stored for search: {@link normaliseName} with the spellings that Indonesian sources mix
 * made one, so that `Tanjung Priuk` and `Tandjoeng Priok` meet. Not for display.
 */
export function searchKey(name: string): string {
  return foldSpelling(normaliseName(name));
}

/** Old and new orthography, o/u in closed syllables, doubled letters: all to one spelling. Takes a normalised name. */
function foldSpelling(name: string): string {
  return name
    .replace(/(?<= |^)[jy]og[jy]a/g, 'yogya')
    .replace(/oe/g, 'u')
    .replace(/dj/g, 'j')
    .replace(/tj/g, 'c')
    .replace(/nj(?=[aeiou])/g, 'ny')
    .replace(/sj/g, 'sy')
    .replace(/ch/g, 'kh')
    .replace(/au(?=\s|$)/g, 'o')
    .replace(/o/g, 'u')
    .replace(/v/g, 'f')
    .replace(/(\p{L})\1+/gu, '$1');
}

/** The same as {@link normaliseName}, without blanks: `Karang Anyar` and `Karanganyar` are one name. */
export function compactName(name: string): string {
  return normaliseName(name).replaceAll(' ', '');
}
