import { useMemo } from 'react';
import { type DaySpan, lengthOf } from '../../../shared/calendar/days.ts';
import type { AnalysisSpec, EffectSpec } from '../../../shared/schemas/analysis.ts';
import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import type { Severity } from '../../../shared/schemas/incident.ts';
import { done } from '../../../shared/stats/result.ts';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { effectMeasures } from '../finding-measures.ts';
import { FindingNote } from '../finding-note.tsx';
import { pWords } from '../numbers.ts';
import { ReasonNote } from '../reason-note.tsx';
import classes from './effect.module.css';
import { effectMethodWords, effectWords, signedBounds } from './effect-words.ts';
import { HistoryCharts } from './history-charts.tsx';
import { type AreaChanges, type EffectInput, judgeEffect, judgeHarm, sizesOf } from './judge.ts';
import type { Sides } from './sides.ts';
import { SidesTable } from './sides-table.tsx';
import { WarningList } from './warning-list.tsx';
import { warningWords } from './warning-words.ts';
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
  const { alpha } = spec;
  const { surroundings, size } = asked;
  const found = useMemo(() => {
    const days = { before: lengthOf(spans.before), after: lengthOf(spans.after) };
    const sizes = sizesOf(areas, size, sides);
    const input: EffectInput = { changes, sides, days, sizes, alpha };
    const judged = judgeEffect(input);
    if (!judged.ok) return judged;
    const effect = judged.value;
    const sum = (of: number[]) => of.reduce((all, area) => all + (sizes?.[area] ?? 0), 0);
    const controlSize = sizes ? sum(sides.control) / sum(sides.treated) : 1;
    const warnings = effectWarnings({ effect, weeks, counts: weekly, alpha, controlSize, ...spans });
    const say = (language: Language) => [
      ...effectWords(effect, { alpha, surroundings }, language),
      ...warnings.map((warning) => warningWords(warning, language)),
      effectMethodWords(effect, { alpha, days }, language),
    ];
    return done({ effect, days, warnings, say, measures: effectMeasures(effect), harm: judgeHarm(bySeverity, input) });
  }, [areas, size, sides, changes, bySeverity, spans, alpha, surroundings, weeks, weekly]);
  if (!found.ok) return <ReasonNote reason={found.reason} />;
  const { effect, days, warnings, say, measures, harm } = found.value;
  const [verdict, ...lines] = effectWords(effect, { alpha, surroundings }, language);
  return (
    <div className={classes.figures}>
      <p className={classes.verdict} role="status">
        {verdict}
      </p>
      {lines.map((line) => (
        <p key={line} className={classes.line}>
          {line}
        </p>
      ))}
      {harm.ok && (
        <>
          <p className={classes.line}>
            {t('harm', { ...signedBounds(harm.value, language), p: pWords(harm.value.p, language) })}
          </p>
          <p className={classes.note}>{t('harmHint')}</p>
        </>
      )}
      <WarningList warnings={warnings} />
      <SidesTable counts={effect.counts} days={days} />
      <HistoryCharts weeks={weeks} weekly={weekly} spans={spans} counts={effect.counts} />
      <p className={classes.note}>{effectMethodWords(effect, { alpha, days }, language)}</p>
      <FindingNote kind="effect" spec={spec} say={say} measures={measures} />
    </div>
  );
}
