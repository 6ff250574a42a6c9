import { Suspense } from 'react';
import { ANALYSIS_VIEWS } from '../../shared/schemas/analysis.ts';
import { useMay } from '../access/access.ts';
import { EmptyNote, LoadingNote } from '../components/state-note.tsx';
import { Banners } from './banners.tsx';
import { ExportMenu } from './brief/export-menu.tsx';
import { BriefOverlay } from './brief/overlay.tsx';
import { Question } from './question.tsx';
import classes from './room.module.css';
import { useRoomZone } from './room-zone.ts';
import { OpenedNote } from './saved/opened-note.tsx';
import { useSavedLink } from './saved/use-saved-link.ts';
import { useAnalysis } from './state.ts';
import { useBeginning } from './use-beginning.ts';
import { VIEWS, WITHOUT_QUESTION } from './views.ts';
import { useAnalysisTexts } from './words.ts';

/** The analyst's room: what is counted, and one of its views of that. */
export default function Room() {
  const { t } = useAnalysisTexts();
  const allowed = useMay('incident.read');
  return (
    <section className={classes.room} aria-label={t('title')}>
      {allowed ? (
        <Content />
      ) : (
        <EmptyNote title={t('noPermission')}>
          <p>{t('noPermissionHint')}</p>
        </EmptyNote>
      )}
    </section>
  );
}

function Content() {
  const zone = useRoomZone();
  useSavedLink();
  useBeginning(zone);
  const view = useAnalysis((analysis) => analysis.view);
  const spec = useAnalysis((analysis) => analysis.spec);
  const View = VIEWS[view] ?? VIEWS.map;
  return (
    <>
      <Tabs />
      {spec && zone && View ? (
        <div className={classes.body}>
          <BriefOverlay />
          {!WITHOUT_QUESTION.includes(view) && (
            <>
              <Banners spec={spec} />
              <OpenedNote spec={spec} zone={zone} />
              <Question spec={spec} zone={zone}>
                {(view === 'map' || (view === 'compare' && spec.baseline)) && <ExportMenu />}
              </Question>
            </>
          )}
          <Suspense fallback={<LoadingNote />}>
            <View />
          </Suspense>
        </div>
      ) : (
        <LoadingNote />
      )}
    </>
  );
}

/** On a phone the tabs go on beyond the edge: the open one is brought into the middle, and nothing around them is moved. */
function comeIntoSight(tab: HTMLElement | null): void {
  const bar = tab?.parentElement;
  if (bar) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.clientWidth) / 2;
}

function Tabs() {
  const { t } = useAnalysisTexts();
  const view = useAnalysis((analysis) => analysis.view);
  return (
    <nav className={classes.tabs} aria-label={t('tabs')}>
      {ANALYSIS_VIEWS.filter((name) => VIEWS[name]).map((name) => (
        <button
          key={name}
          type="button"
          ref={name === view ? comeIntoSight : undefined}
          aria-current={name === view ? 'page' : undefined}
          onClick={() => useAnalysis.getState().set({ view: name })}
        >
          {t(`view.${name}`)}
        </button>
      ))}
    </nav>
  );
}
