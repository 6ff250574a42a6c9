import { useArea } from '../../api/areas.ts';
import { useCalendars } from '../../api/calendars.ts';
import { useSettings } from '../../api/settings.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { exactTime } from '../../time.ts';
import { spanWords } from '../days.ts';
import { useShownFigures } from '../figures.ts';
import { useFindings } from '../findings.ts';
import { placeName, valueWords } from '../map/figure-words.ts';
import { densityLegend, legendOf } from '../map/legend-of.ts';
import { useParents } from '../parents.ts';
import { warningsOf } from '../ribbon/choices.ts';
import { warningWords } from '../ribbon/warning-words.ts';
import { splitNote } from '../saved/note.ts';
import { useOpened } from '../saved/opened.ts';
import { useAnalysisTexts } from '../words.ts';
import { basisOf, countedBeyond } from './basis-of.ts';
import type { Brief } from './brief-of.ts';
import { type BriefMatter, factsOf } from './facts.ts';
import { type RankedPlace, rankPlaces } from './ranking.ts';
import { toldFindings } from './told-findings.ts';
import { usePlaceSeries } from './top-series.ts';
import { useBriefTexts } from './words.ts';

/** Rows of the table. */
const ROWS = 12;

/** What the brief of the present analysis says, but for the picture; why it cannot be made; neither while it is on its way. */
export function useBriefContent(): { brief: Omit<Brief, 'picture'> | undefined; problem: string | undefined } {
  const { t } = useBriefTexts();
  const { t: room } = useAnalysisTexts();
  const { t: common, language } = useTexts();
  const { answer, pending, error, zone } = useShownFigures();
  const opened = useOpened(({ analysis }) => analysis);
  const found = useFindings();
  const wanted = useView(({ saved }) => saved?.id);
  const settings = useSettings();
  const calendars = useCalendars();
  const area = useArea(answer?.spec.area ?? undefined);
  const value = answer?.outcome.ok ? answer.outcome.value : undefined;
  const figure = value?.kind === 'places' ? value.figure : undefined;
  const ranked = answer && !pending ? rankPlaces(answer.counts, figure, answer.spec) : undefined;
  const top = ranked?.filter(({ count, baselineCount }) => count + baselineCount > 0).slice(0, ROWS) ?? [];
  const byLevel = answer?.spec.places.kind === 'areas' ? answer.spec.places.level : undefined;
  const parents = useParents(byLevel === 'rw' ? top : []);
  const first = byLevel && figure ? top[0]?.key : null;
  const series = usePlaceSeries(answer?.spec, zone, ranked && (first ?? null));

  const failed = error ?? series.error ?? calendars.error ?? settings.error;
  if (failed) return { brief: undefined, problem: failed.message };
  const isLoading = parents.loading || (answer?.spec.area && area.isPending) || !calendars.data || !settings.data;
  const isAnother = wanted !== undefined && opened?.id !== wanted;
  if (!answer || !ranked || !zone || isLoading || isAnother || !series.data)
    return { brief: undefined, problem: undefined };

  const { spec, counts, outcome } = answer;
  const wording = { t, room, language };
  const nameOf = ({ at, key }: RankedPlace) =>
    'areas' in counts
      ? [parents.nameOf(key), counts.areas.name[at]].filter(Boolean).join(' ')
      : placeName(counts, at, room);
  const kinds = [
    ...spec.categories.map((name) => common(`category.${name}`)),
    ...spec.severities.map((name) => common(`severity.${name}`)),
  ].join(', ');
  const where = spec.area ? (area.data?.name ?? spec.area) : t('whole');
  const level =
    spec.places.kind === 'areas' ? common(`level.${spec.places.level}`) : room(`map.shape.${spec.places.kind}`);
  const span = spanWords(spec.period, language);
  const version = t('version', {
    time: exactTime(Date.parse(counts.asOf), zone, language),
    version: counts.dataVersion,
    seed: spec.seed,
  });
  const name = first && top[0] ? nameOf(top[0]) : where;
  const matter: BriefMatter = { spec, counts, outcome, ranked, nameOf, series: { ...series.data, name }, kinds };
  const findings = toldFindings(spec, found, opened, language).map(({ kind, at, words: [verdict = '', ...lines] }) => {
    const time = exactTime(at, zone, language);
    return { kind, heading: t(`finding.${kind}`), verdict, lines, found: t('foundAt', { time }) };
  });
  const warnings = warningsOf(spec, calendars.data);
  const note = splitNote(opened?.note ?? '');
  const light = { t: room, language, theme: 'light' as const };
  return {
    problem: undefined,
    brief: {
      spec,
      title: opened?.title ?? t('autoTitle', { measure: room(`measure.${spec.measure}`), places: level, span }),
      where,
      span: spec.baseline ? t('against', { span, baseline: spanWords(spec.baseline, language) }) : span,
      facts: factsOf(matter, wording),
      decision: note.decision,
      text: note.text.split(/\n{2,}/).filter(Boolean),
      legend:
        value?.kind === 'density'
          ? densityLegend(value.figure, spec, light)
          : figure && legendOf({ spec, figure, incidents: counts.total.period }, light),
      series: matter.series,
      rows: top.map((place) => ({
        ...place,
        name: nameOf(place),
        value: figure ? valueWords(figure, place.at, spec, room, language) : '',
      })),
      places: ranked.length,
      findings,
      basis: basisOf({ spec, counts, warnings, where, kinds, level, version }, wording),
      caution: [...countedBeyond(spec, t), ...warnings.map((warning) => warningWords(warning, room, language))],
      version,
      sample: settings.data.demo,
    },
  };
}
