import i18next from 'i18next';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import { type Foresight, type ForesightInput, WATCHED_WEEKLY } from './foresight.ts';

/** Fewer incidents than this turn every share over with the next one. */
export const FEW = 20;

type Asked = Pick<ForesightInput, 'forecast' | 'alpha'>;

/** Whether the map caught more than the naive one. */
export function foresightVerdict({ rows, events }: Foresight, { forecast, alpha }: Asked, language: Language): string {
  const t = i18next.getFixedT(language, 'foresight');
  const row = rows.find(({ share }) => share === WATCHED_WEEKLY);
  if (!row?.map || !row.naive) return t('verdictTooLarge');
  const words = {
    map: number(row.map.hits, language),
    naive: number(row.naive.hits, language),
    events: number(events, language),
  };
  if (forecast === 'count') return t('verdictCount', words);
  if (row.p === null || row.p > alpha) return t('verdictSame', words);
  const p = pWords(row.p, language);
  return row.onlyMap > row.onlyNaive ? t('verdictBetter', { ...words, p }) : t('verdictWorse', { ...words, p });
}

/** What was caught on how much of the area, with PAI and PEI, a line each; then how it was reckoned. */
export function foresightLines({ rows, events }: Foresight, { forecast, alpha }: Asked, language: Language): string[] {
  const t = i18next.getFixedT(language, 'foresight');
  const lines = rows.flatMap(({ map, naive }) => {
    if (!map) return [];
    const words = {
      share: percent(map.areaShare, language, 1),
      rate: percent(map.hitRate, language),
      from: percent(map.lower, language),
      to: percent(map.upper, language),
      pai: decimals(map.pai, language, 1),
      pei: decimals(map.pei, language, 2),
    };
    return naive && forecast !== 'count'
      ? t('foundAt', { ...words, naive: decimals(naive.pai, language, 1) })
      : t('foundAlone', words);
  });
  const few = events < FEW ? [t('few', { events: number(events, language) })] : [];
  return [...few, ...lines, foresightMethod(alpha, language)];
}

/** How the figures of a test are meant. */
export function foresightMethod(alpha: number, language: Language): string {
  return i18next.getFixedT(language, 'foresight')('method', { confidence: percent(1 - alpha, language) });
}
