import { Button } from '@mantine/core';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { spanWords } from '../days.ts';
import { useAnalysis } from '../state.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './baseline-choices.module.css';
import { type Choice, choicesFor } from './choices.ts';
import { warningWords } from './warning-words.ts';

interface BaselineChoicesProps {
  spec: AnalysisSpec;
  calendars: readonly ElectionCalendar[];
  onChosen?: () => void;
  /** Begins to choose days of one's own. */
  onOwn?: (() => void) | undefined;
}

/** The baselines that a period can be compared with, each with what to beware of. */
export function BaselineChoices({ spec, calendars, onChosen, onOwn }: BaselineChoicesProps) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { baseline } = spec;
  const choose = (chosen: AnalysisSpec['baseline']) => {
    useAnalysis.getState().ask({ baseline: chosen });
    onChosen?.();
  };
  const nameOf = ({ baseline: { kind }, stage, years }: Choice) => {
    if (stage)
      return language === 'id'
        ? `${stage.stage.name}, ${stage.calendar.name}`
        : `${stage.stage.nameEn}, ${stage.calendar.nameEn}`;
    if (years) return years === 1 ? t('ribbon.yearEarlier') : t('ribbon.yearsEarlier', { years });
    return t(`question.kind.${kind}`);
  };
  const isChosen = (choice: Choice) =>
    baseline?.startsOn === choice.baseline.startsOn &&
    baseline.endsOn === choice.baseline.endsOn &&
    baseline.kind === choice.baseline.kind;
  return (
    <fieldset className={classes.choices}>
      <legend>{t('question.baseline')}</legend>
      {choicesFor(spec.period, calendars).map((choice) => (
        <button
          key={`${choice.baseline.kind} ${choice.baseline.startsOn} ${choice.stage?.calendar.id}`}
          type="button"
          className={classes.choice}
          aria-pressed={isChosen(choice)}
          onClick={() => choose(choice.baseline)}
        >
          <b>{nameOf(choice)}</b>
          <span className={classes.span}>{spanWords(choice.baseline, language)}</span>
          {choice.warnings.map((warning) => (
            <span key={warning.kind} className={classes.warning}>
              {warningWords(warning, t, language)}
            </span>
          ))}
        </button>
      ))}
      <div className={classes.rest}>
        {onOwn && (
          <Button size="compact-sm" variant="default" onClick={onOwn} aria-pressed={baseline?.kind === 'own'}>
            {t('ribbon.own')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" aria-pressed={baseline === null} onClick={() => choose(null)}>
          {t('ribbon.noBaseline')}
        </Button>
      </div>
    </fieldset>
  );
}
