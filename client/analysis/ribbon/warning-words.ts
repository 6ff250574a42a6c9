import type { BaselineWarning } from '../../../shared/calendar/baseline.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { useAnalysisTexts } from '../words.ts';

type Texts = ReturnType<typeof useAnalysisTexts>['t'];

/** What to beware of when a period is compared with a baseline, in a sentence. */
export function warningWords(warning: BaselineWarning, t: Texts, language: Language): string {
  switch (warning.kind) {
    case 'ramadan':
    case 'lebaran': {
      const { period, baseline } = warning.days;
      const words = t(`warning.${warning.kind}`, { period, baseline });
      return warning.exact ? words : `${words} ${t('warning.calculated')}`;
    }
    case 'length':
      return t('warning.length', { ...warning.days });
    case 'overlap':
      return t('warning.overlap', { days: warning.days });
    case 'election': {
      const stages = warning.stages.map(({ calendar, stage }) =>
        language === 'id' ? `${stage.name} (${calendar.name})` : `${stage.nameEn} (${calendar.nameEn})`,
      );
      return t('warning.election', { stages: stages.join(', ') });
    }
  }
}
