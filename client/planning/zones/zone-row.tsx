import { ActionIcon, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import { memo, useState } from 'react';
import type { PlanEdit, PlanLevel, Zone } from '../../../shared/schemas/plan.ts';
import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { notify } from '../../notify.ts';
import { useSession } from '../../session.ts';
import { useView } from '../../state/view.ts';
import { useConflictWords } from '../conflict-words.ts';
import { asOnMap, zoneColour } from '../looks.ts';
import { useOpened } from '../plan-context.ts';
import { signed } from '../signed.ts';
import { usePlanning } from '../state.ts';
import { searchFix } from '../suggest/search.ts';
import { paintZone } from '../take-tool.ts';
import { ToolIcon } from '../tool-icon.tsx';
import { usePlanningTexts } from '../words.ts';
import { lockEdit, removeZone } from '../zones.ts';
import { ColourChoice } from './colour-choice.tsx';
import classes from './zones.module.css';

interface ZoneRowProps {
  zone: Zone;
  /** Its place in the list, from 1; the key that chooses it where that is 9 or less. */
  number: number;
  areas: number;
  level: PlanLevel;
  /** Undefined while it is not known. */
  workload: number | undefined;
  /** Per cent of the mean. */
  deviation: number | undefined;
  mean: number;
  /** The greatest workload of any zone: the bar's full length. */
  most: number;
  isActive: boolean;
  isEditable: boolean;
}

/** A zone in the list; drawn anew only when something of it changes. */
export const ZoneRow = memo(function ZoneRow(props: ZoneRowProps) {
  const { zone, number, areas, level, workload, deviation, mean, most, isActive, isEditable } = props;
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const [isRenamed, setRenamed] = useState(false);
  const { open } = useOpened();
  const show = () => {
    const bounds = open.finder.boundsOf(open.areasOf(zone.codes));
    usePlanning.setState({ zone: zone.id, lit: { key: zone.id, codes: new Set(zone.codes) } });
    if (bounds) useSession.getState().map?.fitBounds(bounds);
  };
  return (
    <li className={classes.row} data-active={isActive || undefined} data-locked={zone.locked || undefined}>
      <button
        type="button"
        className={classes.choose}
        aria-pressed={isActive}
        aria-label={isEditable ? t('zone.paint', { name: zone.name }) : t('zone.show', { name: zone.name })}
        title={number <= 9 && isEditable ? String(number) : undefined}
        onClick={() => (isEditable ? paintZone(zone.id) : show())}
      >
        <span className={classes.swatch} style={{ background: asOnMap(zoneColour(zone.colour, theme)) }} />
      </button>
      <div className={classes.grow}>
        {isRenamed ? (
          <NameField zone={zone} onDone={() => setRenamed(false)} />
        ) : (
          <button
            type="button"
            className={classes.name}
            title={isEditable ? t('zone.rename', { name: zone.name }) : undefined}
            onClick={() => (isEditable ? paintZone(zone.id) : show())}
            onDoubleClick={() => isEditable && !zone.locked && setRenamed(true)}
          >
            {zone.name}
          </button>
        )}
        <span className={classes.figures}>
          <span>{t('zone.areas', { count: areas, level: t(`level.${level}`) })}</span>
          {workload !== undefined && (
            <span>
              {t('zone.workload', { value: Math.round(workload * 10) / 10 })}
              {deviation !== undefined && (
                <b data-far={Math.abs(deviation) > 10 || undefined} title={t('zone.deviation')}>
                  {signed(deviation, language)}
                </b>
              )}
            </span>
          )}
        </span>
        {workload !== undefined && most > 0 && (
          <span className={classes.bar} aria-hidden="true">
            <span
              style={{ width: `${(100 * workload) / most}%`, background: asOnMap(zoneColour(zone.colour, theme)) }}
            />
            <i style={{ left: `${(100 * mean) / most}%` }} />
          </span>
        )}
      </div>
      {isEditable ? (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t(zone.locked ? 'zone.unlock' : 'zone.lock', { name: zone.name })}
            title={t(zone.locked ? 'zone.unlock' : 'zone.lock', { name: zone.name })}
            aria-pressed={zone.locked}
            onClick={() => void open.do(lockEdit(open.content, zone.id))}
          >
            <ToolIcon name={zone.locked ? 'locked' : 'unlocked'} size={18} />
          </ActionIcon>
          <RowMenu zone={zone} deviation={deviation} onRename={() => setRenamed(true)} onShow={show} />
        </>
      ) : (
        zone.locked && <ToolIcon name="locked" size={18} />
      )}
    </li>
  );
});

function NameField({ zone, onDone }: { zone: Zone; onDone(): void }) {
  const { t } = usePlanningTexts();
  const { open } = useOpened();
  const [name, setName] = useState(zone.name);
  const take = () => {
    const next = name.trim();
    if (next !== '' && next !== zone.name)
      open.do([{ kind: 'change', zone: zone.id, before: { name: zone.name }, after: { name: next } }]);
    onDone();
  };
  return (
    <input
      className={classes.field}
      aria-label={t('zone.rename', { name: zone.name })}
      value={name}
      maxLength={80}
      // biome-ignore lint/a11y/noAutofocus: it stands where its name was clicked.
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') onDone();
      }}
    />
  );
}

interface RowMenuProps {
  zone: Zone;
  deviation: number | undefined;
  onRename(): void;
  onShow(): void;
}

function RowMenu({ zone, deviation, onRename, onShow }: RowMenuProps) {
  const { t } = usePlanningTexts();
  const { open } = useOpened();
  const words = useConflictWords();
  const [isColoured, setColoured] = useState(false);
  const put = (edit: PlanEdit) => {
    const conflict = open.do(edit);
    if (conflict) notify({ id: 'plan-refused', color: 'yellow', message: words(conflict, open.content) });
  };
  const fix = () => {
    const load = open.workload;
    if (!load) return;
    usePlanning.setState({ tab: 'suggest' });
    searchFix(open, zone.id, load.workload.slice());
  };
  const { name } = zone;
  return (
    <Menu
      position="bottom-end"
      withinPortal
      withInitialFocusPlaceholder={false}
      closeOnItemClick={false}
      onClose={() => setColoured(false)}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('zone.menu', { name })}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isColoured ? (
          <ColourChoice zone={zone} onChoose={put} />
        ) : (
          <>
            <Menu.Item leftSection={<Icon name="target" size={16} />} closeMenuOnClick onClick={onShow}>
              {t('zone.show', { name })}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="pencil" size={16} />} closeMenuOnClick onClick={onRename}>
              {t('zone.rename', { name })}
            </Menu.Item>
            <Menu.Item leftSection={<ToolIcon name="brush" size={16} />} onClick={() => setColoured(true)}>
              {t('zone.colour', { name })}
            </Menu.Item>
            {deviation !== undefined && Math.abs(deviation) > 10 && !zone.locked && (
              <Menu.Item leftSection={<Icon name="gear" size={16} />} closeMenuOnClick onClick={fix}>
                {t('zone.fix', { name })}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<Icon name="trash" size={16} />}
              closeMenuOnClick
              disabled={zone.locked}
              onClick={() => put(removeZone(open.content, zone.id))}
            >
              {t('zone.remove', { name })}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
