/** A feature as its file says it, before anything is believed. */
export interface RawFeature {
  /** Place in the file, from 1. */
  number: number;
  /** Its `id`, where the format has one. */
  id?: unknown;
  properties: Record<string, unknown>;
  /** GeoJSON geometry, or whatever stood in its place. */
  geometry: unknown;
}

/** A file's features in order, and what became known about the whole file while it was read. */
export interface FeatureSource {
  features: AsyncIterable<RawFeature>;
  /** Remarks about the file, complete once the features are read. */
  remarks: string[];
}
