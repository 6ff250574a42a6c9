import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { parentOfCode } from '../../shared/area-code.ts';
import type { AreaDetail } from '../../shared/schemas/area.ts';
import { areaQuery } from '../api/areas.ts';
import { placeName } from './map/figure-words.ts';
import type { Counts } from './places.ts';
import { useAnalysisTexts } from './words.ts';

/** Names of the areas around places whose own names are told from others by them alone, by the code of the place. */
export function useParents(places: readonly { key: string }[]): {
  nameOf(place: string): string | undefined;
  loading: boolean;
} {
  const codes = [...new Set(places.flatMap(({ key }) => parentOfCode(key) ?? []))];
  const answers = useQueries({ queries: codes.map(areaQuery) });
  const names = new Map(codes.map((code, at) => [code, answers[at]?.data?.name]));
  return {
    nameOf: (place) => names.get(parentOfCode(place) ?? ''),
    loading: answers.some(({ isPending }) => isPending),
  };
}

/** Names a place in passing, as a tooltip does: an RW with its desa as far as that is known, which is asked for otherwise. */
export function usePlaceName(): (counts: Counts, place: number) => string {
  const { t } = useAnalysisTexts();
  const client = useQueryClient();
  return useCallback(
    (counts, place) => {
      const code =
        'areas' in counts && counts.level === 'rw' ? parentOfCode(counts.areas.code[place] ?? '') : undefined;
      const desa = code ? client.getQueryData<AreaDetail>(areaQuery(code).queryKey) : undefined;
      if (code && !desa) void client.prefetchQuery(areaQuery(code));
      return placeName(counts, place, t, desa?.name);
    },
    [client, t],
  );
}
