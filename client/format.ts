import type { Language } from './i18n/i18n.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it: `12.345,6` or `12,345.6`. */
export function number(value: number, language: Language, digits = 0): string {
  const key = `${language} ${digits}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: digits });
    formats.set(key, found);
  }
  return found.format(value);
}

/** Metres under a kilometre, kilometres beyond. */
export function distance(metres: number, language: Language): string {
  return metres < 1000 ? `${number(metres, language)} m` : `${number(metres / 1000, language, 2)} km`;
}

/** Square metres under a hectare, hectares under a square kilometre, square kilometres beyond. */
export function surface(squareMetres: number, language: Language): string {
  if (squareMetres < 10_000) return `${number(squareMetres, language)} m²`;
  if (squareMetres < 1_000_000) return `${number(squareMetres / 10_000, language, 2)} ha`;
  return `${number(squareMetres / 1_000_000, language, 2)} km²`;
}

/** `-8.58312, 116.10240`: latitude first, with the point, as other programs read it. */
export function coordinates(lon: number, lat: number): string {
  return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}
