import { type ReactNode, useState } from 'react';
import { isUnanswered, RequestError } from '../api/request.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { BalanceTab } from './balance/balance-tab.tsx';
import { useTakenWorkload } from './balance/use-workload.ts';
import { ChecksTab } from './checks/checks-tab.tsx';
import { Clashes } from './clashes.tsx';
import { Header, ToList } from './header.tsx';
import { OnMap } from './on-map.tsx';
import { PlanContext, useFigures } from './plan-context.ts';
import classes from './room.module.css';
import { Standing } from './standing.tsx';
import { PLAN_TABS, type PlanTab, usePlanning } from './state.ts';
import { SuggestTab } from './suggest/suggest-tab.tsx';
import { useOpening } from './use-opened.ts';
import { usePlanKeys } from './use-plan-keys.ts';
import { usePlanMap } from './use-plan-map.ts';
import { VersionsTab } from './versions/versions-tab.tsx';
import { usePlanningTexts } from './words.ts';
import { ZonesTab } from './zones/zones-tab.tsx';

/** One plan, open: its tools on the map, its zones and figures beside it. */
export function Editor({ id }: { id: string }) {
  const opening = useOpening(id);
  if (opening === 'loading')
    return (
      <Shut>
        <LoadingNote />
      </Shut>
    );
  if ('error' in opening)
    return (
      <Shut>
        <Failed error={opening.error} onRetry={opening.retry} />
      </Shut>
    );
  return (
    <PlanContext value={opening.opened}>
      <Content />
    </PlanContext>
  );
}

/** A plan that is not open yet: there is a way back. */
function Shut({ children }: { children: ReactNode }) {
  return (
    <>
      <div className={classes.shut}>
        <ToList />
      </div>
      {children}
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry(): void }) {
  const { t } = usePlanningTexts();
  const status = error instanceof RequestError ? error.status : 0;
  if (status === 404 || status === 403)
    return (
      <EmptyNote title={t('editor.notFound')}>
        <p>{t('editor.notFoundHint')}</p>
      </EmptyNote>
    );
  return (
    <ErrorNote
      title={isUnanswered(error) ? t('editor.offlineOpen') : t('editor.openFailed')}
      hint={isUnanswered(error) ? t('editor.openFailedHint') : error.message}
      onRetry={onRetry}
    />
  );
}

const TABS: Record<PlanTab, () => ReactNode> = {
  zones: ZonesTab,
  checks: ChecksTab,
  balance: BalanceTab,
  suggest: SuggestTab,
  versions: VersionsTab,
};

function Content() {
  const map = usePlanMap();
  const { isOther } = useTakenWorkload();
  usePlanKeys();
  const tab = usePlanning((planning) => planning.tab);
  const [isHelped, setHelped] = useState(false);
  const Tab = TABS[tab];
  return (
    <>
      {map && <OnMap />}
      <Header isHelped={isHelped} onHelp={() => setHelped(!isHelped)} />
      <Tabs />
      <div className={classes.body}>
        <Standing isOther={isOther} isHelped={isHelped} />
        <Clashes />
        <Tab />
      </div>
    </>
  );
}

function Tabs() {
  const { t } = usePlanningTexts();
  const tab = usePlanning((planning) => planning.tab);
  const { checks, content } = useFigures();
  const errors = checks.filter(({ severity }) => severity === 'error').length;
  const warnings = checks.filter(({ severity }) => severity === 'warning').length;
  return (
    <nav className={classes.tabs} aria-label={t('editor.tabs')}>
      {PLAN_TABS.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab === name ? 'page' : undefined}
          onClick={() => usePlanning.setState({ tab: name, lit: undefined })}
        >
          {t(`tab.${name}`)}
          {name === 'checks' && content.zones.length > 0 && errors + warnings > 0 && (
            <span className={classes.count} data-errors={errors > 0 || undefined}>
              {errors + warnings}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
