import { useQueries } from '@tanstack/react-query';
import type { AreaDetail } from '../../shared/schemas/area.ts';
import type { Bounds } from '../live/client.ts';
import { areaQuery } from './areas.ts';

/** The bounds of these areas, of those that could be loaded so far. */
export function useAreaBounds(codes: readonly string[]): Bounds[] {
  return useQueries({
    queries: codes.map((code) => ({ ...areaQuery(code), select: ({ bounds }: AreaDetail) => bounds })),
    combine: boundsOf,
  });
}

// One function, so that the answer stays the same object while the results do.
function boundsOf(results: { data: Bounds | undefined }[]): Bounds[] {
  return results.flatMap(({ data }) => (data ? [data] : []));
}
