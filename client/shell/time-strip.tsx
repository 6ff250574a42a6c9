import { Suspense } from 'react';
import { lazyPart } from '../lazy-part.ts';
import { useView } from '../state/view.ts';
import { Timeline } from './timeline.tsx';

const StageRibbon = lazyPart(() => import('../analysis/ribbon/ribbon.tsx'));

/** What stands below the map: when incidents happened, and in the analysis room the stages of elections over it. */
export function TimeStrip({ className }: { className?: string | undefined }) {
  const analysing = useView((view) => view.room === 'analisis');
  if (!analysing) return <Timeline className={className} />;
  return (
    <Suspense fallback={null}>
      <StageRibbon className={className} />
    </Suspense>
  );
}
