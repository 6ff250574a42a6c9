import { ImportError } from '../import-error.ts';

const MiB = 1024 * 1024;

/** Packed files: what is read at most, what they may unpack to, how many entries they may hold. */
export const PACKED_BYTES = 20 * MiB;
export const UNPACKED_BYTES = 100 * MiB;
export const ARCHIVE_ENTRIES = 200;
/** Text of one GeoJSON feature. */
export const FEATURE_BYTES = 32 * MiB;
/** Nesting of arrays and objects in a GeoJSON file. */
export const JSON_DEPTH = 32;

export function checkPackedSize(bytes: number): void {
  if (bytes > PACKED_BYTES) {
    throw new ImportError(
      `The packed file has ${megabytes(bytes)} MiB, more than the ${megabytes(PACKED_BYTES)} MiB that are read: split it, or unpack it and import the plain GeoJSON.`,
    );
  }
}

export function tooMuchUnpacked(): ImportError {
  return new ImportError(
    `The file unpacks to more than ${megabytes(UNPACKED_BYTES)} MiB: split it, or unpack it and import the plain GeoJSON.`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / MiB).toFixed(bytes % MiB === 0 ? 0 : 1);
}
