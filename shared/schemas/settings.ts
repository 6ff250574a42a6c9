import { type Static, Type } from 'typebox';

/** Answer of `GET /api/settings`. */
export const Settings = Type.Object({
  version: Type.String(),
  /** Whether the fictional demonstration area is shown. */
  demo: Type.Boolean(),
  /** Address of a style or PMTiles file that replaces the built-in base map. */
  basemapStyleUrl: Type.Union([Type.String(), Type.Null()]),
  /** Whether saved analyses can be had as PDF: whether a Chromium is set up. */
  pdf: Type.Boolean(),
  /** Where the map opens: west, south, east, north, degrees. */
  bounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
});
export type Settings = Static<typeof Settings>;
