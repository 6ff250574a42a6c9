import { useAreasAt } from '../api/areas.ts';
import { useSession } from '../session.ts';

/** How much of a map, in degrees across, still is about one area of each level, from provinsi to RW. */
const LEVEL_DEGREES = [40, 1.5, 0.05, 0.022, 0.006];

/** What the middle of the map's window lies in: the narrowest area that holds most of what is seen. */
export function useFocusArea(): { code: string; names: string[]; lon: number | undefined; loading: boolean } {
  const window = useSession((session) => session.window);
  const centre = window && {
    lon: round((window.bounds[0] + window.bounds[2]) / 2),
    lat: round((window.bounds[1] + window.bounds[3]) / 2),
  };
  const { data = [], isPending } = useAreasAt(centre);
  const wide = window ? Math.min(window.bounds[2] - window.bounds[0], window.bounds[3] - window.bounds[1]) : 180;
  const deepest = LEVEL_DEGREES.filter((degrees) => wide < degrees).length;
  const seen = data.slice(0, deepest);
  return {
    code: seen.at(-1)?.code ?? '',
    names: seen.map(({ name }) => name),
    lon: centre?.lon,
    loading: isPending,
  };
}

/** About a hundred metres: small movements of the map ask nothing anew. */
function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}
