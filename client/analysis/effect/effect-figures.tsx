import { useMemo } from 'react';
import { type DaySpan, lengthOf } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec, EffectSpec } from '../../../shared/schemas/analysis.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import type { Severity } from '../../../shared/schemas/incident.ts';
import { EmptyNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import { reasonWords } from '../reasons.ts';
import classes from './effect.module.css';
import { HistoryCharts } from './history-charts.tsx';
import { type AreaChanges, type EffectInput, judgeEffect, judgeHarm, sizesOf } from './judge.ts';
import type { Sides } from './sides.ts';
import { SidesTable } from './sides-table.tsx';
import { verdictOf } from './verdict.ts';
import { WarningList } from './warning-list.tsx';
import { effectWarnings, type SideWeeks, type Weeks } from './warnings.ts';
import { useEffectTexts } from './words.ts';

interface Props {
  spec: AnalysisSpec;
  asked: EffectSpec;
  areas: AreaCounts['areas'];
  sides: Sides;
  changes: AreaChanges;
  bySeverity: Partial<Record<Severity, AreaChanges>>;
  spans: { before: DaySpan; after: DaySpan };
  weeks: Weeks;
  weekly: SideWeeks;
}

/** What the treatment did, in words, with all that it rests on. */
export function EffectFigures(props: Props) {
  const { spec, asked, areas, sides, changes, bySeverity, spans, weeks, weekly } = props;
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const found = useMemo(() => {
    const days = { before: lengthOf(spans.before), after: lengthOf(spans.after) };
    const sizes = sizesOf(areas, asked.size, sides);
    const input: EffectInput = { changes, sides, days, sizes, alpha: spec.alpha };
    return { days, sizes, effect: judgeEffect(input), harm: judgeHarm(bySeverity, input) };
  }, [areas, asked.size, sides, changes, bySeverity, spans, spec.alpha]);
  const { days, sizes, harm } = found;
  if (!found.effect.ok) {
    const { title, hint } = reasonWords(found.effect.reason, language);
    return (
      <EmptyNote title={title}>
        <p>{hint}</p>
      </EmptyNote>
    );
  }
  const effect = found.effect.value;
  const sum = (of: number[]) => of.reduce((all, area) => all + (sizes?.[area] ?? 0), 0);
  const warnings = effectWarnings({
    ...{ effect, weeks, counts: weekly, alpha: spec.alpha, ...spans },
    controlSize: sizes ? sum(sides.control) / sum(sides.treated) : 1,
  });
  const confidence = percent(1 - spec.alpha, language);
  const signed = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }) => ({
    estimate: signedWords(estimate),
    from: signedWords(lower),
    to: signedWords(upper),
  });
  const { difference, moved } = effect;
  const { around, share } = verdictOf(effect);
  return (
    <div className={classes.figures}>
      <p className={classes.verdict} role="status">
        {verdict()}
      </p>
      {share !== null && (
        <p className={classes.line}>
          {t('share', { share: `${share > 0 ? '+' : ''}${percent(share, language)}`, without: tenths(effect.without) })}
        </p>
      )}
      {asked.surroundings && (
        <p className={classes.line}>
          {moved && around !== 'none' ? t(`around_${around}`, signed(moved)) : t('around_none')}
        </p>
      )}
      {moved && (
        <p className={classes.line}>{t('total', { ...signed(difference), p: pWords(difference.p, language) })}</p>
      )}
      {harm.ok && (
        <>
          <p className={classes.line}>{t('harm', { ...signed(harm.value), p: pWords(harm.value.p, language) })}</p>
          <p className={classes.note}>{t('harmHint')}</p>
        </>
      )}
      <WarningList warnings={warnings} />
      <SidesTable counts={effect.counts} days={days} />
      <HistoryCharts weeks={weeks} weekly={weekly} spans={spans} counts={effect.counts} />
      <p className={classes.note}>
        {t('method', {
          confidence,
          before: number(effect.counts.treated[0] + effect.counts.control[0], language),
          after: number(effect.counts.treated[1] + effect.counts.control[1], language),
        })}{' '}
        {days.before !== days.after &&
          t('unequalDays', { before: number(days.before, language), after: number(days.after, language) })}
      </p>
    </div>
  );

  function verdict(): string {
    const { outcome, events, from, to } = verdictOf(effect);
    if (outcome === 'unclear') return t('unclear', { confidence, less: tenths(to), most: tenths(-from) });
    const words = { n: tenths(events), from: tenths(from), to: tenths(to), confidence };
    if (outcome === 'fewer-here') return t('fewerHere', words);
    return outcome === 'fewer' ? t('fewer', words) : t('moreEvents', words);
  }

  /** Whole events where there are many, tenths where there are few. */
  function tenths(value: number): string {
    return Math.abs(value) < 10 ? decimals(value, language, 1) : number(value, language);
  }

  function signedWords(value: number): string {
    return `${value > 0 ? '+' : ''}${tenths(value)}`;
  }
}
