import {
  ANALYSIS_VIEWS,
  type AnalysisSpec,
  type AnalysisView,
  DENOMINATORS,
  MEASURES,
} from '../../shared/schemas/analysis.ts';
import { COUNT_LEVELS, GRID_SHAPES } from '../../shared/schemas/hotspot.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from '../../shared/schemas/incident.ts';
import { readEffect, readForesight, readRepeat, writeEffect, writeForesight, writeRepeat } from './link-questions.ts';
import { areaCode, one, readSpan, several, whole, within, writeSpan } from './link-values.ts';
import { firstSpec } from './state.ts';

type Baseline = NonNullable<AnalysisSpec['baseline']>;

/** One letter for how a baseline was chosen. */
const KINDS: Record<string, Baseline['kind']> = { s: 'same-stage', y: 'same-weeks', w: 'weeks-before', o: 'own' };
const EXPECTED = ['baseline', 'per'] as const;
const SMOOTHINGS = ['none', 'global', 'local'] as const;
/** What goes without saying; periods are always said. */
const DEFAULTS = firstSpec('2024-02-14');

/**
 * The analysis as a link carries it: the view, then what differs from the defaults, as in
 * `map~p.20240925-20241123~b.20231128-20240210-s~k.pemilu~g.hexagon-500~m.window`. Written with `A–Z a–z 0–9 _ . , ~ -` alone.
 */
export function encodeLink(view: AnalysisView, spec: AnalysisSpec): string {
  const parts: string[] = [view, `p.${writeSpan(spec.period)}`];
  const { baseline, places } = spec;
  const kind = baseline && Object.keys(KINDS).find((letter) => KINDS[letter] === baseline.kind);
  parts.push(`b.${baseline ? `${writeSpan(baseline)}-${kind}` : 'none'}`);
  const add = (key: string, value: string | number | null, unsaid: string | number | null) => {
    if (value !== unsaid) parts.push(`${key}.${value}`);
  };
  add('k', spec.categories.join(), '');
  add('s', spec.severities.join(), '');
  add('a', spec.area, null);
  add('t', `${spec.patrol ? 'p' : ''}${spec.unverified ? 'u' : ''}`, '');
  add('g', places.kind === 'areas' ? places.level : `${places.kind}-${places.metres}`, 'desa');
  add('m', spec.measure, DEFAULTS.measure);
  add('d', spec.per, DEFAULTS.per);
  add('x', spec.expected, DEFAULTS.expected);
  add('e', spec.smoothing, DEFAULTS.smoothing);
  add('n', spec.alpha, DEFAULTS.alpha);
  add('f', spec.fdr ? 1 : 0, 1);
  add('z', spec.draws ?? null, null);
  add('w', spec.bandwidthM, null);
  add('l', spec.stepDays, DEFAULTS.stepDays);
  add('r', spec.seed, DEFAULTS.seed);
  if (spec.effect) parts.push(`y.${writeEffect(spec.effect)}`);
  if (spec.repeat) parts.push(`q.${writeRepeat(spec.repeat)}`);
  if (spec.foresight) parts.push(`h.${writeForesight(spec.foresight)}`);
  return parts.join('~');
}

/** Reads what {@link encodeLink} wrote. What is not said, or said wrongly, is as in `start`; never throws. */
export function decodeLink(text: string, start: AnalysisSpec): { view: AnalysisView; spec: AnalysisSpec } {
  const [name, ...rest] = text.split('~');
  const said = new Map(
    rest.map((part) => [part.slice(0, part.indexOf('.')), part.slice(part.indexOf('.') + 1)] as const),
  );
  const period = readSpan(said.get('p'));
  const marks = said.get('t') ?? '';
  return {
    view: one(name, ANALYSIS_VIEWS) ?? 'map',
    spec: {
      period: period ?? start.period,
      // A baseline belongs to its period.
      baseline: period ? parseBaseline(said.get('b') ?? '') : start.baseline,
      categories: several(said.get('k'), INCIDENT_CATEGORIES),
      severities: several(said.get('s'), SEVERITIES),
      area: areaCode(said.get('a')) ?? null,
      patrol: marks.includes('p'),
      unverified: marks.includes('u'),
      places: parsePlaces(said.get('g') ?? '') ?? start.places,
      measure: one(said.get('m'), MEASURES) ?? start.measure,
      per: one(said.get('d'), DENOMINATORS) ?? start.per,
      expected: one(said.get('x'), EXPECTED) ?? start.expected,
      smoothing: one(said.get('e'), SMOOTHINGS) ?? start.smoothing,
      alpha: within(said.get('n'), 0.001, 0.2) ?? start.alpha,
      fdr: said.has('f') ? said.get('f') !== '0' : start.fdr,
      bandwidthM: within(said.get('w'), 50, 20_000) ?? start.bandwidthM,
      stepDays: whole(said.get('l'), 1, 92) ?? start.stepDays,
      seed: whole(said.get('r'), 0, 4_294_967_295) ?? start.seed,
      ...present({
        draws: whole(said.get('z'), 99, 9_999),
        effect: readEffect(said.get('y')),
        repeat: readRepeat(said.get('q')),
        foresight: readForesight(said.get('h')),
      }),
    },
  };
}

function parseBaseline(text: string): Baseline | null {
  const [, days = '', letter = ''] = /^(\d{8}-\d{8})-(\w)$/.exec(text) ?? [];
  const period = readSpan(days);
  const kind = KINDS[letter];
  return period && kind ? { ...period, kind } : null;
}

function parsePlaces(text: string): AnalysisSpec['places'] | undefined {
  const level = one(text, COUNT_LEVELS);
  if (level) return { kind: 'areas', level };
  const [shape, size] = text.split('-');
  const kind = one(shape, GRID_SHAPES);
  const metres = whole(size, 100, 50_000);
  return kind && metres !== undefined ? { kind, metres } : undefined;
}

/** The parts that are there. */
function present<T extends object>(parts: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
