import { Button } from '@mantine/core';
import type { PlanCheck } from '../../../shared/plans/checks.ts';
import { Icon } from '../../components/icons.tsx';
import { EmptyNote } from '../../components/state-note.tsx';
import { useSession } from '../../session.ts';
import { namesWords } from '../conflict-words.ts';
import type { OpenPlan } from '../open-plan.ts';
import { useFigures, useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';
import { usePlanningTexts } from '../words.ts';
import { useCheckTitle } from './check-title.ts';
import classes from './checks.module.css';

const SEVERITIES = ['error', 'warning', 'note'] as const;
/** Of one severity, told one by one. */
const TOLD = 40;

/** What there is to say about the plan: why, where, and the way there. */
export function ChecksTab() {
  const { t } = usePlanningTexts();
  const { checks, content } = useFigures();
  if (content.zones.length === 0)
    return (
      <EmptyNote title={t('check.title')}>
        <p>{t('check.none')}</p>
      </EmptyNote>
    );
  if (checks.length === 0)
    return (
      <EmptyNote title={t('check.fine')}>
        <p>{t('check.fineHint')}</p>
      </EmptyNote>
    );
  return SEVERITIES.map((severity) => {
    const own = checks.filter((check) => check.severity === severity);
    if (own.length === 0) return null;
    return (
      <section key={severity} className={classes.group} aria-label={t(`check.severity.${severity}`)}>
        <h3>
          {severity !== 'note' && (
            <span className={classes.sign} data-severity={severity}>
              <Icon name="warning" size={16} />
            </span>
          )}
          {t(`check.severity.${severity}`)}
        </h3>
        <ul>
          {own.slice(0, TOLD).map((check) => (
            <Told key={keyOf(check)} check={check} />
          ))}
        </ul>
        {own.length > TOLD && <p className={classes.dim}>{t('check.more', { count: own.length - TOLD })}</p>}
      </section>
    );
  });
}

/** The same check keeps its place while figures follow a stroke. */
function keyOf(check: PlanCheck): string {
  return `${check.kind} ${'zone' in check ? check.zone : check.codes[0]} ${check.kind === 'apart' ? check.codes[0] : ''}`;
}

function Told({ check }: { check: PlanCheck }) {
  const { t } = usePlanningTexts();
  const { open, editable } = useOpened();
  const title = useCheckTitle()(check);
  const key = keyOf(check);
  const isLit = usePlanning((planning) => planning.lit?.key === key);
  const names = namesWords(
    check.codes.map((code) => open.answer.name[open.ground.indexOf.get(code) ?? -1] ?? code),
    t,
  );
  const isSomewhere = check.kind !== 'unknown' && check.codes.length > 0;
  return (
    <li className={classes.check} data-lit={isLit || undefined}>
      <b>{title}</b>
      <p>{check.kind === 'gap' ? `${names}. ${t('check.gapHint')}` : t(`check.${check.kind}Hint`, { names })}</p>
      <div className={classes.actions}>
        {isSomewhere && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="target" size={14} />}
            onClick={() => zoomTo(open, key, check.codes)}
          >
            {t('check.zoom')}
          </Button>
        )}
        {check.kind === 'unknown' && editable && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void open.do([{ kind: 'assign', moves: [{ from: check.zone, to: null, codes: [...check.codes] }] }])
            }
          >
            {t('check.drop')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Draws a ring around areas and brings them into the window. */
function zoomTo(open: OpenPlan, key: string, codes: readonly string[]): void {
  usePlanning.setState({ lit: { key, codes: new Set(codes) } });
  const bounds = open.finder.boundsOf(open.areasOf(codes));
  if (bounds) useSession.getState().map?.fitBounds(bounds);
}
