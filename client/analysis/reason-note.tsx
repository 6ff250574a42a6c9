import type { StatsReason } from '../../shared/stats/index.ts';
import { EmptyNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { reasonWords } from './reasons.ts';

/** What stands where a figure would: why the statistics give none, and what to do. */
export function ReasonNote({ reason }: { reason: StatsReason }) {
  const { language } = useTexts();
  const { title, hint } = reasonWords(reason, language);
  return (
    <EmptyNote title={title}>
      <p>{hint}</p>
    </EmptyNote>
  );
}
