import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PlanSummary } from '../../shared/schemas/plan.ts';
import { useMay } from '../access/access.ts';
import { useArea } from '../api/areas.ts';
import { usePlans } from '../api/plans.ts';
import { isUnanswered } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { When } from '../components/when.tsx';
import { useView } from '../state/view.ts';
import classes from './list.module.css';
import { NewPlanForm } from './new-plan.tsx';
import { usePlanningTexts } from './words.ts';

/** The plans there are, and the way to a new one. */
export function PlanList() {
  const { t } = usePlanningTexts();
  const mayWrite = useMay('plan.write');
  const list = usePlans();
  const [making, setMaking] = useState(false);
  return (
    <div className={classes.list}>
      <header className={classes.header}>
        <h2>{t('list.title')}</h2>
        {mayWrite && !making && (
          <Button size="xs" leftSection={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
            {t('list.new')}
          </Button>
        )}
      </header>
      {making && <NewPlanForm onCancel={() => setMaking(false)} />}
      {list.isPending ? (
        <LoadingNote />
      ) : !list.data ? (
        <ErrorNote
          {...(isUnanswered(list.error) && { title: t('editor.offlineOpen') })}
          onRetry={() => void list.refetch()}
        />
      ) : list.data.plans.length === 0 ? (
        !making && (
          <EmptyNote title={t('list.empty')}>
            <p>{t(mayWrite ? 'list.emptyHint' : 'list.emptyRead')}</p>
          </EmptyNote>
        )
      ) : (
        <ul className={classes.plans} aria-label={t('list.title')}>
          {list.data.plans.map((plan) => (
            <Row key={plan.id} plan={plan} />
          ))}
        </ul>
      )}
      {list.data?.more && <p className={classes.dim}>{t('list.older', { count: list.data.plans.length })}</p>}
    </div>
  );
}

function Row({ plan }: { plan: PlanSummary }) {
  const { t } = usePlanningTexts();
  const { data: area } = useArea(plan.areas[0]);
  const place = (area?.name ?? plan.areas[0] ?? '') + (plan.areas.length > 1 ? ` +${plan.areas.length - 1}` : '');
  return (
    <li>
      <button type="button" className={classes.plan} onClick={() => useView.getState().set({ plan: plan.id })}>
        <span className={classes.name}>
          <b>{plan.title}</b>
          <span className={classes.state} data-state={plan.state}>
            {t(`state.${plan.state}`)}
          </span>
        </span>
        <span>{[place, t(`level.${plan.level}`), t('list.zones', { count: plan.zoneCount })].join(' · ')}</span>
        <small>
          {plan.updatedBy}, <When ms={Date.parse(plan.updatedAt)} area={plan.areas[0] ?? ''} />
        </small>
      </button>
    </li>
  );
}
