import { usePhone } from '../../components/use-phone.ts';
import type { ComparisonMode } from '../../map/second-map.ts';
import { Choice } from '../choice.tsx';
import { useAnalysisTexts } from '../words.ts';
import classes from './map.module.css';
import type { Pair } from './use-pair.ts';

/** One map or two: period and baseline beside each other, or one above the other. */
export function PairPart({ pair }: { pair: Pair }) {
  const { t } = useAnalysisTexts();
  const phone = usePhone();
  const options: { value: ComparisonMode | 'one'; label: string }[] = [
    { value: 'one', label: t('pair.one') },
    // Halves of a phone are too narrow to see anything in.
    ...(phone ? [] : [{ value: 'side' as const, label: t('pair.side') }]),
    { value: 'swipe', label: t('pair.swipe') },
  ];
  return (
    <div className={classes.pair}>
      <Choice
        label={t('pair.title')}
        options={options}
        value={pair.mode ?? 'one'}
        onChange={(value) => pair.choose(value === 'one' ? undefined : value)}
      />
    </div>
  );
}
