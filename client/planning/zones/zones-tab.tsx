import { Button } from '@mantine/core';
import { MOST_ZONES } from '../../../shared/schemas/plan.ts';
import { Icon } from '../../components/icons.tsx';
import { EmptyNote } from '../../components/state-note.tsx';
import { useFigures, useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';
import { paintZone } from '../take-tool.ts';
import { usePlanningTexts } from '../words.ts';
import { addZone } from '../zones.ts';
import { ZoneRow } from './zone-row.tsx';
import classes from './zones.module.css';

/** The zones: what each is called, holds and weighs. Figures follow the stroke. */
export function ZonesTab() {
  const { t } = usePlanningTexts();
  const { open, plan, editable } = useOpened();
  const { content, areas, free, balance } = useFigures();
  const active = usePlanning((planning) => planning.zone);
  const most = Math.max(0, ...(balance?.zones.map(({ workload }) => workload) ?? []));
  const add = () => {
    const id = crypto.randomUUID();
    open.do(addZone(open.content, id, (number) => t('zone.name', { number })));
    paintZone(id);
  };
  const isFull = content.zones.length >= MOST_ZONES;
  return (
    <div className={classes.zones}>
      {content.zones.length === 0 ? (
        <EmptyNote title={t('zone.empty')}>
          <p>{t(editable ? 'zone.emptyHint' : 'zone.emptyRead')}</p>
        </EmptyNote>
      ) : (
        <ul className={classes.list} aria-label={t('zone.list')}>
          {content.zones.map((zone, index) => (
            <ZoneRow
              key={zone.id}
              zone={zone}
              number={index + 1}
              areas={areas[index] ?? 0}
              level={plan.level}
              workload={balance?.zones[index]?.workload}
              deviation={balance?.zones[index]?.deviation ?? undefined}
              mean={balance?.mean ?? 0}
              most={most}
              isActive={zone.id === active}
              isEditable={editable}
            />
          ))}
        </ul>
      )}
      {content.zones.length > 0 && (
        <p className={classes.free} data-free={free > 0 || undefined}>
          <span className={classes.swatch} data-kind="free" />
          {free > 0 ? (
            <>
              <span className={classes.grow}>{t('zone.free')}</span>
              <span>{t('zone.areas', { count: free, level: t(`level.${plan.level}`) })}</span>
            </>
          ) : (
            <span>{t('zone.all')}</span>
          )}
        </p>
      )}
      {editable &&
        (isFull ? (
          <p className={classes.dim}>{t('zone.most', { count: MOST_ZONES })}</p>
        ) : (
          <div className={classes.actions}>
            <Button variant="default" leftSection={<Icon name="plus" size={18} />} onClick={add}>
              {t('zone.add')}
            </Button>
            {content.zones.length === 0 && (
              <Button variant="default" onClick={() => usePlanning.setState({ tab: 'suggest' })}>
                {t('suggest.title')}
              </Button>
            )}
          </div>
        ))}
    </div>
  );
}
