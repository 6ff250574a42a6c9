/** Text as the database can keep it: without NUL; half of a surrogate pair becomes the replacement character. */
export function storableText(text: string): string {
  return /[\0\ud800-\udfff]/.test(text) ? Buffer.from(text.replaceAll('\0', '')).toString() : text;
}

/** The value as the database will give it back: without what JSON does not know or PostgreSQL does not store. */
export function storable(value: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner) => (typeof inner === 'string' ? storableText(inner) : inner)));
}

/** JSON with the fields of every object in order of their names, so that the database's own order does not matter. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
