import { useAreasAt } from '../api/areas.ts';
import { useSession } from '../session.ts';

/** What the middle of the map's window lies in: the narrowest area that holds most of what is seen. */
export function useFocusArea(): { code: string; names: string[]; lon: number | undefined; loading: boolean } {
  const window = useSession((session) => session.window);
  const centre = window && {
    lon: round((window.bounds[0] + window.bounds[2]) / 2),
    lat: round((window.bounds[1] + window.bounds[3]) / 2),
  };
  const { data = [], isPending } = useAreasAt(centre);
  const zoom = window?.zoom ?? 0;
  const deepest = zoom < 7 ? 1 : zoom < 10.5 ? 2 : zoom < 12.5 ? 3 : zoom < 15 ? 4 : 5;
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
