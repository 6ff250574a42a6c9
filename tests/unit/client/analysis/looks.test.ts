import { describe, expect, test } from 'vitest';
import { looksOf, NO_FIGURE, placeLooks } from '../../../../client/analysis/looks.ts';
import { legendOf } from '../../../../client/analysis/map/legend-of.ts';
import { firstSpec } from '../../../../client/analysis/state.ts';
import { DIVERGING, sequentialColours } from '../../../../client/figure-palette.ts';
import { levelClasses, RATIO_CLASSES } from '../../../../shared/measures/classes.ts';
import { noteCode, type PlaceFigure } from '../../../../shared/measures/figure.ts';

/** A figure of places with these classes and notes. */
function figure(part: Partial<PlaceFigure>): PlaceFigure {
  const cls = part.cls ?? Int8Array.of();
  return {
    scale: 'sequential',
    value: new Float64Array(cls.length),
    cls,
    classes: [],
    test: undefined,
    note: new Uint8Array(cls.length),
    facts: {},
    ...part,
  };
}
const range = (from: number, to: number | null) => ({ kind: 'range', from, to }) as const;
/** Texts are named by their keys, with what fills their blanks. */
const t = ((key: string, blanks?: object) => (blanks ? `${key} ${JSON.stringify(blanks)}` : key)) as never;
const wording = { t, language: 'id', theme: 'dark' } as const;

describe('the look of a place', () => {
  test('lets the ground show where there is nothing, and goes from few to many', () => {
    const counts = figure({ cls: Int8Array.of(0, 1, 2), classes: [range(0, 0), range(1, 2), range(3, 9)] });
    const [few = '', many = ''] = sequentialColours('dark', 2);
    expect(placeLooks(counts, 'dark')).toEqual({ colours: ['', few, many], marks: ['', '', ''] });
  });

  test('is hatched where it rests on few incidents, and grey without a denominator', () => {
    const rates = figure({
      cls: Int8Array.of(1, -1, 0),
      classes: [range(0, 0), range(0, 3)],
      note: Uint8Array.of(noteCode('few'), noteCode('no-denominator'), noteCode('few')),
    });
    expect(placeLooks(rates, 'light').marks).toEqual(['hatch', 'hatch', '']);
    expect(placeLooks(rates, 'light').colours[1]).toBe(NO_FIGURE.light.colour);
  });

  test('of a change is outlined where it is significant, whatever its colour', () => {
    const change = figure({
      scale: 'diverging',
      cls: Int8Array.of(6, 6, 3, 0),
      classes: RATIO_CLASSES,
      note: Uint8Array.of(noteCode('few'), noteCode('few'), 0, 0),
      test: {
        p: Float64Array.of(0.001, 0.3, 1, 0.001),
        adjusted: Float64Array.of(0.004, 0.4, 1, 0.004),
        significant: Uint8Array.of(1, 0, 0, 1),
        found: 2,
        tested: 4,
      },
    });
    expect(placeLooks(change, 'dark').marks).toEqual(['outline', 'hatch', '', 'outline']);
    const { above, middle, below } = DIVERGING.dark;
    expect(placeLooks(change, 'dark').colours).toEqual([above[2], above[2], middle, below[2]]);
  });

  test('of significance is the farther from the middle the surer it is, and outlined', () => {
    const both = looksOf({ scale: 'significance', classes: levelClasses(0.05, { low: true }) }, 'dark');
    const { above, below } = DIVERGING.dark;
    expect(both.map(({ colour }) => colour)).toEqual([...below.toReversed(), '', ...above]);
    expect(both.map(({ mark }) => mark === 'outline')).toEqual([true, true, true, false, true, true, true]);
    const high = looksOf({ scale: 'significance', classes: levelClasses(0.05, { low: false }) }, 'dark');
    expect(high.map(({ colour }) => colour)).toEqual(['', ...above]);
  });
});

describe('the legend', () => {
  const spec = firstSpec('2026-11-22');
  test('counts every place once: in its class, or among those without a figure', () => {
    const rates = figure({
      cls: Int8Array.of(1, -1, 0, 1),
      classes: [range(0, 0), range(0, 3)],
      note: Uint8Array.of(noteCode('few'), noteCode('no-denominator'), 0, 0),
      facts: { mean: 2 },
    });
    const { classes, lines, title } = legendOf(
      { spec: { ...spec, measure: 'rate' }, figure: rates, incidents: 31 },
      wording,
    );
    expect(title).toMatch(/^legend.rate/);
    expect(classes.map(({ label, n }) => [label.split(' ')[0], n])).toEqual([
      ['0', 1],
      ['0', 2],
      ['legend.noDenominator', 1],
      ['legend.few', 1],
    ]);
    expect(lines[0]).toContain('"n":"31"');
    expect(lines.join()).toContain('method.mean {"mean":"2"}');
  });

  test('states method, level and correction of what is tested', () => {
    const tested = figure({
      scale: 'significance',
      cls: Int8Array.of(0, 2),
      classes: levelClasses(0.05, { low: false }),
      test: {
        p: Float64Array.of(0.5, 0.001),
        adjusted: Float64Array.of(0.5, 0.002),
        significant: Uint8Array.of(0, 1),
        found: 1,
        tested: 2,
      },
      facts: { expectedBy: 'baseline' },
    });
    const asked = { ...spec, measure: 'window' as const };
    const { lines } = legendOf({ spec: asked, figure: tested, incidents: 40 }, wording);
    expect(lines.slice(1)).toEqual(['method.windowBaseline', 'method.fdr {"alpha":"0,05","found":"1","tested":"2"}']);
    const plain = legendOf({ spec: { ...asked, fdr: false }, figure: tested, incidents: 40 }, wording);
    expect(plain.lines.at(-1)).toMatch(/^method.plain/);
  });

  test('of a step says its own n and that the classes stay, and of emerging hotspots only what there is, with alpha', () => {
    const counts = figure({ value: Float64Array.of(3, 2), cls: Int8Array.of(0, 0), classes: [range(0, 3)] });
    const played = { startsOn: '2026-11-01', endsOn: '2026-11-07' };
    const step = legendOf({ spec, figure: counts, incidents: 9, played }, wording);
    expect(step.lines[0]).toContain('"n":"5"');
    expect(step.lines).toContain('method.fixed');
    const emerging = figure({
      scale: 'emerging',
      cls: Int8Array.of(1, 1),
      classes: [
        { kind: 'category', name: 'none' },
        { kind: 'category', name: 'new hot' },
      ],
    });
    const asked = { ...spec, measure: 'emerging' as const };
    const { classes, lines } = legendOf({ spec: asked, figure: emerging, incidents: 9 }, wording);
    expect(lines.join()).toContain('"alpha":"0,05"');
    expect(classes.map(({ label, n }) => [label, n])).toEqual([['emerging.new-hot', 2]]);
  });
});

test('a legend of emerging hotspots is of the whole steps: their days, their incidents, and what lies before them', () => {
  const emerging = figure({
    ...{ scale: 'emerging', cls: Int8Array.of(0) },
    classes: [{ kind: 'category', name: 'none' }],
    facts: { steps: 4, incidents: 17 },
  });
  const period = { startsOn: '2026-10-01', endsOn: '2026-10-30' };
  const spec = { ...firstSpec('2026-11-22'), measure: 'emerging', period, stepDays: 7 } as const;
  const [basis, ...lines] = legendOf({ spec, figure: emerging, incidents: 20 }, wording).lines;
  expect(basis).toContain('"n":"17","span":"3 Okt – 30 Okt 2026"');
  expect(lines).toContainEqual(expect.stringMatching(/^method\.partStep .*"count":2.*"3 Okt 2026"/));
  const whole = { ...spec, period: { ...period, startsOn: '2026-10-03' } };
  expect(legendOf({ spec: whole, figure: emerging, incidents: 17 }, wording).lines.join()).not.toContain('partStep');
});
