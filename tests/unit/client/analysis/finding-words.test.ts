import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { effectWords } from '../../../../client/analysis/effect/effect-words.ts';
import { judgeEffect } from '../../../../client/analysis/effect/judge.ts';
import { warningWords } from '../../../../client/analysis/effect/warning-words.ts';
import { en as effectEn } from '../../../../client/analysis/effect/words.en.ts';
import { id as effectId } from '../../../../client/analysis/effect/words.id.ts';
import type { Foresight, MapScore } from '../../../../client/analysis/foresight/foresight.ts';
import { foresightLines, foresightVerdict } from '../../../../client/analysis/foresight/foresight-words.ts';
import { id as foresightId } from '../../../../client/analysis/foresight/words.id.ts';
import type { Cluster, ClustersInput } from '../../../../client/analysis/repeat/clusters.ts';
import {
  clusterLines,
  clusterReach,
  clustersMethod,
  clustersVerdict,
} from '../../../../client/analysis/repeat/finding-words.ts';
import { en as repeatEn } from '../../../../client/analysis/repeat/words.en.ts';
import { id as repeatId } from '../../../../client/analysis/repeat/words.id.ts';
import { id as analysisId } from '../../../../client/analysis/words.id.ts';
import { accepted } from '../../stats/outcome.ts';

beforeAll(() =>
  i18next.init({
    lng: 'id',
    interpolation: { escapeValue: false },
    resources: {
      id: { analysis: analysisId, effect: effectId, foresight: foresightId, repeat: repeatId },
      en: { effect: effectEn, repeat: repeatEn },
    },
  }),
);

describe('what a comparison says', () => {
  const effect = accepted(
    judgeEffect({
      changes: { before: [100, 100], after: [40, 100] },
      sides: { treated: [0], control: [1], surroundings: [], controlSurroundings: [] },
      days: { before: 28, after: 28 },
      sizes: undefined,
      alpha: 0.05,
    }),
  );

  test('the verdict with its interval comes first, in the language asked for', () => {
    const [verdict, share, around] = effectWords(effect, { alpha: 0.05, surroundings: true }, 'id');
    expect(verdict).toMatch(/^Ya, tampaknya membantu: sekitar 60 kejadian lebih sedikit .*95 %: \d+ sampai \d+/);
    expect(share).toMatch(/^Perkiraan: -60 %/);
    expect(around).toBe('Perpindahan tidak diperiksa, atau tidak ada kejadian di sekitarnya.');
    expect(effectWords(effect, { alpha: 0.05, surroundings: false }, 'en')[0]).toMatch(/^Yes, it seems to have helped/);
  });

  test('what was a peak anyway is told with what history makes of it', () => {
    const againstHistory = { estimate: -2, lower: -9, upper: 5 };
    expect(warningWords({ kind: 'peak', ratio: 2, weeks: 20, p: 0.0004, againstHistory }, 'id')).toMatch(
      /2,0 kali rata-rata 20 pekan .*\(p < 0,001\).*hasilnya -2,0 kejadian \(selang -9,0 sampai \+5,0\)/,
    );
    const none = { kind: 'peak', ratio: null, weeks: 52, p: 0.0004, againstHistory: undefined } as const;
    expect(warningWords(none, 'id')).toMatch(/dalam 52 pekan sebelumnya tidak ada satu pun \(p < 0,001\)/);
    expect(warningWords(none, 'en')).toMatch(/none in the 52 weeks before it \(p < 0.001\)/);
  });
});

test('clusters: how many, and those that stand out by name, or by where they are', () => {
  const cluster = (p: number, lat: number): Cluster => ({
    ...{ lon: 116.1, lat, radiusM: 812.4, members: [0], steps: null },
    ...{ observed: 12, expected: 3.14, relativeRisk: 4, p },
  });
  const clusters = [cluster(0.001, -8.5), cluster(0.04, -8.6), cluster(0.3, -8.7)];
  expect(clustersVerdict(clusters, 0.05, 'id')).toBe('2 kelompok signifikan pada 5 %.');
  expect(clustersVerdict([], 0.05, 'id')).toMatch(/^Tidak ada kelompok/);
  const nameOf = ({ lat }: Cluster) => (lat === -8.5 ? 'Melati' : undefined);
  expect(clusterLines(clusters, 0.05, nameOf, 'id')).toEqual([
    'Melati (radius 812 m): 12 kejadian, harapan 3,1, p 0,001.',
    '-8,600; 116,100 (radius 812 m): 12 kejadian, harapan 3,1, p 0,040.',
  ]);
});

test('a cluster of one place has no radius, in the list, in the brief, in either language', () => {
  const cluster: Cluster = {
    ...{ lon: 116.1, lat: -8.5, radiusM: 0, members: [4], steps: null },
    ...{ observed: 12, expected: 3.14, relativeRisk: 4, p: 0.001 },
  };
  const burst: Cluster = { ...cluster, members: [4, 7, 9], steps: [0, 1] };
  expect([clusterReach(cluster, 'id'), clusterReach(cluster, 'en')]).toEqual(['satu tempat', 'one place']);
  expect([clusterReach(burst, 'id'), clusterReach(burst, 'en')]).toEqual([
    '3 kejadian, satu tempat',
    '3 incidents, one place',
  ]);
  expect(clusterReach({ ...cluster, members: [4, 5], radiusM: 812.4 }, 'en')).toBe('2 areas, radius 812 m');
  const line = (language: 'id' | 'en') => clusterLines([cluster], 0.05, () => 'Melati', language);
  expect(line('id')).toEqual(['Melati (satu tempat): 12 kejadian, harapan 3,1, p 0,001.']);
  expect(line('en')).toEqual(['Melati (one place): 12 incidents, 3.1 expected, p 0.001.']);
});

test('clusters in space and time rest on whole steps, and say what lies before them', () => {
  const input = {
    draws: 99,
    seed: 3,
    share: 0.5,
    radiusM: null,
    lon: new Float64Array(17),
  } as unknown as ClustersInput;
  const spec = { period: { startsOn: '2026-10-01', endsOn: '2026-10-30' }, stepDays: 7 };
  expect(clustersMethod({ squareM: 200 }, input, spec, 'id')).toMatch(
    /^n = 17 kejadian, 3 Okt – 30 Okt 2026\. 2 hari sebelum 3 Okt 2026 tidak dihitung.*petak 200 m.*99 simulasi/,
  );
  expect(clustersMethod({ squareM: null }, input, spec, 'id')).not.toContain('tidak dihitung');
});

describe('what a test of the map says', () => {
  const score = (hits: number, pai: number): MapScore => ({
    ...{ places: 5, hits, areaShare: 0.046, hitRate: hits / 40, lower: 0.2, upper: 0.6, pai, pei: 0.7 },
  });
  const row = (p: number) => ({
    ...{ share: 0.05, map: score(16, 8), naive: score(8, 4), onlyMap: 9, onlyNaive: 1, p },
  });
  const found = (p: number, events = 40): Foresight => ({
    ...{ rows: [row(p)], weekly: [], events, order: Uint32Array.of() },
  });
  const asked = { forecast: 'window', alpha: 0.05 } as const;

  test('better only where chance is ruled out', () => {
    expect(foresightVerdict(found(0.02), asked, 'id')).toMatch(
      /menangkap 16 dari 40 .* 8\. Beda sebesar ini jarang terjadi karena kebetulan saja \(p 0,020\)/,
    );
    expect(foresightVerdict(found(0.2), asked, 'id')).toMatch(/Bedanya bisa kebetulan/);
  });

  test('PAI and PEI with the share of the area that it truly was, and that there were few', () => {
    expect(foresightLines(found(0.02, 12), asked, 'id')).toEqual([
      'Hanya 12 kejadian sesudahnya: angkanya kasar.',
      '4,6 % luas: tertangkap 40 % (20 %–60 %), PAI 8,0, PEI 0,70; tempat yang sama PAI 4,0.',
      expect.stringContaining('McNemar'),
    ]);
  });
});
