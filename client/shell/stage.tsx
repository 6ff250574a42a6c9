import type { ElectionStage } from '../../shared/schemas/stage.ts';
import { useStages } from '../api/stages.ts';
import { useNow } from '../components/use-now.ts';
import { type Language, useTexts } from '../i18n/i18n.ts';
import { shortDay } from '../time.ts';
import classes from './stage.module.css';
import { stageAt } from './stage-at.ts';

/** The election stage of today; nothing where the server keeps no calendar. */
export function StageIndicator() {
  const { t, language } = useTexts();
  const { data: stages = [] } = useStages();
  const now = useNow(60_000);
  if (stages.length === 0) return null;
  const { current, next, daysLeft } = stageAt(stages, now);
  const nextDate = next && shortDay(Date.parse(`${next.startsOn}T12:00:00+08:00`), 'WITA', language);
  const hint = next && nextDate ? t('stage.next', { name: nameOf(next, language), date: nextDate }) : t('stage.label');
  return (
    <section
      title={hint}
      className={classes.stage}
      aria-label={t('stage.label')}
      data-quiet={current ? undefined : true}
    >
      <span className={classes.name}>{current ? nameOf(current, language) : t('stage.none')}</span>
      {current && (
        <span className={classes.day}>
          {t('stage.today')} · {daysLeft > 0 ? t('stage.left', { days: daysLeft }) : t('stage.lastDay')}
        </span>
      )}
    </section>
  );
}

/** The stage's name in the language. */
export function nameOf(stage: ElectionStage, language: Language): string {
  return language === 'id' ? stage.name : stage.nameEn;
}
