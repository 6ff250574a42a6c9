import { describe, expect, test } from 'vitest';
import { id as brief } from '../../../../../client/analysis/brief/words.id.ts';
import { id as effect } from '../../../../../client/analysis/effect/words.id.ts';
import { id as foresight } from '../../../../../client/analysis/foresight/words.id.ts';
import { ENTRIES } from '../../../../../client/analysis/methods/entries.ts';
import { parseFormula } from '../../../../../client/analysis/methods/formula.ts';
import { METHOD_OF_MEASURE, METHOD_PARTS, type MethodKey } from '../../../../../client/analysis/methods/method-keys.ts';
import { SOURCES } from '../../../../../client/analysis/methods/sources.ts';
import { methodText } from '../../../../../client/analysis/methods/texts.ts';
import { id as repeat } from '../../../../../client/analysis/repeat/words.id.ts';
import { en } from '../../../../../client/analysis/words.en.ts';
import { id } from '../../../../../client/analysis/words.id.ts';
import { MEASURES } from '../../../../../shared/schemas/analysis.ts';
import * as stats from '../../../../../shared/stats/index.ts';
import { EMERGING_CATEGORIES } from '../../../../../shared/stats/index.ts';

const KEYS: MethodKey[] = Object.values(METHOD_PARTS).flat();

/** Of the library, what gives no figure: weights and what they are made of, results, random numbers, ranks, classes. */
const HELPERS = [
  'confidenceClasses',
  'contiguityNeighbours',
  'contiguityWeights',
  'createRandom',
  'distanceBandWeights',
  'done',
  'inverseDistanceWeights',
  'kNearestWeights',
  'neighboursFromLists',
  'ranksWithin',
  'refuse',
];

describe.each(KEYS)('%s', (key) => {
  const { formulas, sources } = ENTRIES[key];
  const [indonesian, english] = [methodText(key, 'id'), methodText(key, 'en')];

  test('says the same in both languages', () => {
    const shape = ({ where, assumes, sided, avoid, rules }: typeof english) => ({
      signs: where.map(([sign]) => sign),
      assumes: assumes.length,
      sided: sided !== '',
      avoid: avoid.length,
      rules: rules?.length,
    });
    expect(shape(english)).toEqual(shape(indonesian));
    expect(english.what).not.toBe(indonesian.what);
  });

  test('has a formula that can be set, and says what its signs are, what it assumes and when not to use it', () => {
    expect(formulas.length).toBeGreaterThan(0);
    for (const formula of [...formulas, ...indonesian.where.map(([sign]) => sign)]) parseFormula(formula);
    for (const { where, what, assumes, avoid } of [indonesian, english]) {
      expect(what.length).toBeGreaterThan(60);
      expect([where.length, assumes.length, avoid.length].every((length) => length > 0)).toBe(true);
    }
  });

  test('explains no sign that its formulas lack', () => {
    const letters = formulas.join(' ');
    for (const [sign] of indonesian.where)
      for (const part of sign.split(' , ')) expect(letters, part).toContain(part.split('_')[0]);
  });

  test('names its source where it is a published method', () => {
    const isPublished = ENTRIES[key].functions.length > 0;
    if (isPublished) expect(sources.length).toBeGreaterThan(0);
    for (const { authors, year, title, where } of sources) {
      expect([authors, title, where].every((text) => text.length > 3)).toBe(true);
      expect(year).toBeGreaterThan(1900);
    }
  });
});

test('every measure of a map leads to an entry', () => {
  expect(Object.keys(METHOD_OF_MEASURE).sort()).toEqual([...MEASURES].sort());
  for (const measure of MEASURES) expect(KEYS).toContain(METHOD_OF_MEASURE[measure]);
});

test('every method of the statistics library is explained', () => {
  const methods = Object.entries(stats).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  const explained = KEYS.flatMap((key) => ENTRIES[key].functions);
  expect([...explained, ...HELPERS].sort()).toEqual(methods.sort());
});

test('the rules of emerging hotspots name all 17 categories: hot and cold of eight, and none', () => {
  for (const language of ['id', 'en'] as const)
    expect(EMERGING_CATEGORIES).toHaveLength(2 * ((methodText('emerging', language).rules?.length ?? 0) - 1) + 1);
});

/** Words of the views in which a p stands, and the entries that explain it. */
const P_OF_VIEWS: [words: object, keys: MethodKey[]][] = [
  [effect, ['displacement']],
  [foresight, ['accuracy']],
  [repeat, ['knox', 'scan']],
  [id.compare, ['change', 'global-moran']],
  [id.method, ['window', 'getis', 'moran', 'emerging', 'change', 'fdr']],
  [brief.sure, ['window', 'getis', 'moran', 'change', 'fdr']],
];

test('every p that a view shows is said to be of one side or of two', () => {
  for (const [words, keys] of P_OF_VIEWS) {
    expect(JSON.stringify(words)).toMatch(/\bp\b|\{\{p\}\}|signifikan/);
    for (const key of [...keys, 'since', 'warning'] as const)
      for (const [language, sides] of [
        ['id', /sisi/i],
        ['en', /sided|That of the p/],
      ] as const)
        expect(methodText(key, language).sided, key).toMatch(sides);
  }
});

test('methods call things as the views do', () => {
  const methods = KEYS.map((key) => methodText(key, 'id'));
  const others = /nisbah|licin|uji pasti|kumpul|wilayah banding|pendekatan normal|rentang (Wilson|kepercayaan)/i;
  expect(JSON.stringify([methods, id, effect, foresight, repeat]).match(others)?.[0]).toBeUndefined();
});

test('what stands on no screen is said to', () => {
  expect(methodText('similarity', 'en').what).toMatch(/^In the library, on no screen/);
  expect(methodText('similarity', 'id').what).toMatch(/^Ada di pustaka, tidak di layar/);
  for (const language of ['id', 'en'] as const)
    expect(methodText('warning', language).rules?.map(([name]) => name)).toContainEqual(
      expect.stringMatching(/^EARS \((in the library, on no screen|ada di pustaka, tidak di layar)\)$/),
    );
});

test.each([
  ['id', id],
  ['en', en],
] as const)(
  'the rules of emerging hotspots go by the names that the legend gives them (%s)',
  (language, { emerging }) => {
    const rules = (methodText('emerging', language).rules ?? []).map(([name]) => name.toLowerCase());
    for (const label of Object.values(emerging)) {
      const stem = label.slice(label.indexOf(',') + 1).trim();
      expect(
        rules.filter((rule) => rule.includes(stem)),
        label,
      ).not.toEqual([]);
    }
  },
);

test('every source is somebody’s, and every link to one is a DOI', () => {
  const used = new Set(KEYS.flatMap((key) => ENTRIES[key].sources));
  expect(Object.values(SOURCES).filter((source) => !used.has(source))).toEqual([]);
  for (const source of Object.values(SOURCES)) if ('doi' in source) expect(source.doi).toMatch(/^10\.\d{4,}\/\S+$/);
});
