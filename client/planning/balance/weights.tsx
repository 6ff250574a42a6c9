import { DEFAULT_WEIGHTS, type WorkloadWeights } from '../../../shared/schemas/plan.ts';
import { DraftField } from '../../components/draft-field.tsx';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { useDraft, useOpened } from '../plan-context.ts';
import { usePlanningTexts } from '../words.ts';
import classes from './balance.module.css';

const PARTS = Object.keys(DEFAULT_WEIGHTS) as (keyof WorkloadWeights)[];
const MOST = 1_000;

/** What one of each adds to a zone's workload. */
export function Weights() {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const { open, editable } = useOpened();
  const { weights } = useDraft().content;
  const change = (part: keyof WorkloadWeights, value: number) =>
    void open.do([{ kind: 'weights', before: weights, after: { ...weights, [part]: value } }]);
  return (
    <fieldset className={classes.weights}>
      <legend>{t('balance.weights')}</legend>
      <p className={classes.dim}>{t('balance.weightsHint')}</p>
      {editable ? (
        <div className={classes.fields}>
          {PARTS.map((part) => (
            <DraftField
              key={part}
              label={t(`balance.weight.${part}`)}
              value={write(weights[part], language)}
              error={t('balance.weightWrong')}
              parse={read}
              onChange={(value) => change(part, value)}
            />
          ))}
        </div>
      ) : (
        <dl className={classes.summary}>
          {PARTS.filter((part) => weights[part] > 0).map((part) => (
            <div key={part}>
              <dt>{t(`balance.weight.${part}`)}</dt>
              <dd>{write(weights[part], language)}</dd>
            </div>
          ))}
        </dl>
      )}
    </fieldset>
  );
}

/** As the language writes it, without separators of thousands: it is read back. */
const write = (value: number, language: Language) => String(value).replace('.', language === 'id' ? ',' : '.');

/** A weight that was typed, with a comma or a point. */
function read(text: string): number | undefined {
  const value = /^\d{1,4}([.,]\d{1,3})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  return value >= 0 && value <= MOST ? value : undefined;
}
