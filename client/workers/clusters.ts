import type { IncidentColumns } from '../incidents/columns.ts';
import type { Bounds } from '../live/client.ts';
import { type Port, serve } from './call.ts';
import { type ClusterColumns, ClusterIndex } from './cluster-index.ts';
import { heatPoints } from './heat-points.ts';

const index = new ClusterIndex();
/** The newest last: the one before may still be on its way into the map. */
let heatUrls: string[] = [];

const api = {
  reset: (columns: IncidentColumns): void => index.reset(columns),

  update(upserted: IncidentColumns, removed: Uint32Array): void {
    index.upsert(upserted);
    index.remove(removed);
  },

  /** The clusters of a window, and the identity of the one that holds the incident of slot `selected`. */
  clusters(bounds: Bounds, zoom: number, selected: number | undefined) {
    const columns: ClusterColumns = index.clusters(bounds, zoom);
    const members = selected === undefined ? new Uint32Array() : index.members(selected, zoom);
    return { columns, selected: columns.identity.find((identity) => members.includes(identity)) };
  },

  members: (slot: number, zoom: number): Uint32Array<ArrayBuffer> => index.members(slot, zoom),

  /** The points of the heat as GeoJSON behind a URL: the map's own worker reads it, the page never does. */
  heat() {
    const { text, ...rest } = heatPoints(index.rows());
    const url = URL.createObjectURL(new Blob([text], { type: 'application/geo+json' }));
    for (const old of heatUrls.slice(0, -1)) URL.revokeObjectURL(old);
    heatUrls = [...heatUrls.slice(-1), url];
    return { url, ...rest };
  },
};

export type ClusterApi = typeof api;

// The page's types know `self` as a window only.
serve(self as unknown as Port, api);
