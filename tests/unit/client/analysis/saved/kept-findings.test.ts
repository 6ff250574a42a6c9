import { describe, expect, test } from 'vitest';
import { toldFindings } from '../../../../../client/analysis/brief/told-findings.ts';
import { questionOf } from '../../../../../client/analysis/findings.ts';
import { withKept } from '../../../../../client/analysis/saved/kept-findings.ts';
import { firstSpec } from '../../../../../client/analysis/state.ts';
import type { AnalysisSpec } from '../../../../../shared/schemas/analysis.ts';
import type { SavedFigures, SavedFinding } from '../../../../../shared/schemas/saved-analysis.ts';

const spec: AnalysisSpec = firstSpec('2026-11-22');
const AT = '2026-11-20T03:00:00.000Z';
const finding = (kind: SavedFinding['kind']): SavedFinding => ({
  ...{ kind, at: AT },
  words: { id: [`Putusan ${kind}`, 'Dasarnya'], en: [`Verdict on ${kind}`, 'Its basis'] },
});
const none = { patrol: 0, unverified: 0, void: 0, placeless: 0 };
const figures: SavedFigures = {
  ...{ asOf: AT, total: { period: 9, baseline: 0 }, leftOut: { period: none, baseline: none } },
  ...{ places: 3, significant: 1, measures: [], top: [] },
};
const all = (['effect', 'repeats', 'clusters', 'test'] as const).map(finding);
const saved = {
  spec,
  figures: {
    ...figures,
    measures: [{ name: 'change', value: 2 }, ...all.map(({ kind }) => ({ name: `${kind}.first`, value: 4 }))],
    findings: all,
  },
};
const again = {
  ...{ question: questionOf('repeats', spec), at: 7, measures: [] },
  say: (language: string) => [`repeats again, ${language}`],
};

describe('what a saved analysis keeps of other views', () => {
  test('is told by a page that was opened with it, in its own language, and when it was computed', () => {
    expect(toldFindings(spec, {}, saved, 'id')).toEqual(
      all.map(({ kind }) => ({ kind, at: Date.parse(AT), words: [`Putusan ${kind}`, 'Dasarnya'] })),
    );
    expect(toldFindings(spec, {}, saved, 'en')[0]?.words).toEqual(['Verdict on effect', 'Its basis']);
    expect(toldFindings(spec, {}, undefined, 'en')).toEqual([]);
    expect(toldFindings(spec, {}, { spec, figures }, 'en')).toEqual([]);
  });

  test('gives way to what was found anew, and is not told of another question', () => {
    const told = toldFindings(spec, { repeats: again }, saved, 'en');
    expect(told.map(({ kind }) => kind)).toEqual(['effect', 'repeats', 'clusters', 'test']);
    expect(told[1]).toEqual({ kind: 'repeats', at: 7, words: ['repeats again, en'] });
    expect(toldFindings({ ...spec, patrol: true }, {}, saved, 'en')).toEqual([]);
    expect(toldFindings({ ...spec, seed: 8 }, {}, saved, 'en').map(({ kind }) => kind)).toEqual(['effect', 'test']);
  });

  test('is not lost when the analysis is saved anew, with the figures that it stands on', () => {
    const anew = { ...figures, measures: [{ name: 'repeats.first', value: 5 }], findings: [finding('repeats')] };
    const body = withKept(anew, saved, spec);
    expect(body.findings?.map(({ kind }) => kind)).toEqual(['effect', 'repeats', 'clusters', 'test']);
    expect(body.measures.map(({ name, value }) => [name, value])).toEqual([
      ['repeats.first', 5],
      ['effect.first', 4],
      ['clusters.first', 4],
      ['test.first', 4],
    ]);
    expect(withKept(anew, saved, { ...spec, patrol: true })).toEqual(anew);
    expect(withKept(anew, undefined, spec)).toEqual(anew);
  });
});
