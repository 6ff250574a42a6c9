import { Button, CloseButton, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { AREA_SIZES, type EffectSpec, MOST_AREAS } from '../../../shared/schemas/analysis.ts';
import { type AreaCounts, COUNT_LEVELS } from '../../../shared/schemas/hotspot.ts';
import { AreaPicker } from '../../components/area-picker.tsx';
import { Icon } from '../../components/icons.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { isPhone } from '../../components/use-phone.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useSession } from '../../session.ts';
import { usePanels } from '../../state/panels.ts';
import { useView } from '../../state/view.ts';
import { useAnalysis } from '../state.ts';
import classes from './effect.module.css';
import { firstEffect } from './first-effect.ts';
import { sizesOf } from './judge.ts';
import { lookOf } from './looks.ts';
import { codesFor, codesWithin, type Sides } from './sides.ts';
import { useEffectTexts } from './words.ts';

type Chosen = 'treated' | 'control';
type Areas = AreaCounts['areas'];

const ask = (asked: EffectSpec, change: Partial<EffectSpec>) =>
  useAnalysis.getState().ask({ effect: { ...asked, ...change } });

/** Which areas are compared, and how. */
export function ChoiceForm({ asked, areas, sides }: { asked: EffectSpec; areas: Areas; sides: Sides }) {
  const { t } = useEffectTexts();
  const { t: common } = useTexts();
  const sizes = { none: t('size_none'), households: t('size_households'), km2: t('size_km2') };
  return (
    <div className={classes.choice}>
      <ToggleChips
        single
        label={t('level')}
        options={COUNT_LEVELS.map((value) => ({ value, label: common(`level.${value}`) }))}
        chosen={[asked.level]}
        onChange={([level]) => level && level !== asked.level && ask(asked, { level, treated: [], control: [] })}
      />
      <ChosenAreas side="treated" asked={asked} areas={areas} />
      <ChosenAreas side="control" asked={asked} areas={areas} />
      <Switch
        label={t('withSurroundings')}
        checked={asked.surroundings}
        onChange={(event) => ask(asked, { surroundings: event.currentTarget.checked })}
      />
      <ToggleChips
        single
        label={t('size')}
        options={AREA_SIZES.map((value) => ({ value, label: sizes[value] }))}
        chosen={[asked.size]}
        onChange={([size]) => size && ask(asked, { size })}
      />
      {asked.size !== 'none' && !sizesOf(areas, asked.size, sides) && (
        <p className={classes.note}>{t('sizeMissing')}</p>
      )}
    </div>
  );
}

/** More names than this are told by their number. */
const MOST_NAMES = 12;

function ChosenAreas({ side, asked, areas }: { side: Chosen; asked: EffectSpec; areas: Areas }) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const codes = asked[side];
  const names = new Map(areas.code.map((code, at) => [code, areas.name[at] ?? code]));
  const lost = codes.filter((code) => !names.has(code)).length;
  const toggle = (found: string[]) => choose(side, found, 'toggle');
  return (
    <fieldset className={classes.side}>
      <legend>
        <i style={{ background: lookOf(theme, side).colour }} aria-hidden="true" />
        {t(side)} <small>{codes.length > 0 && t('areas', { n: number(codes.length, language) })}</small>
      </legend>
      <p className={classes.note}>{t(`${side}Hint`)}</p>
      {codes.length > 0 && (
        <ul className={classes.names}>
          {codes.slice(0, MOST_NAMES).map((code) => (
            <li key={code}>
              {names.get(code) ?? code}
              <CloseButton
                size="sm"
                aria-label={t('remove', { name: names.get(code) ?? code })}
                onClick={() => toggle([code])}
              />
            </li>
          ))}
          {codes.length > MOST_NAMES && <li>{t('more', { n: number(codes.length - MOST_NAMES, language) })}</li>}
        </ul>
      )}
      {lost > 0 && <p className={classes.note}>{t('lost', { n: number(lost, language) })}</p>}
      <AreaPicker value={undefined} onChange={(code) => code && choose(side, codesFor(code, areas.code), 'add')} />
      <MapTools side={side} areas={areas} chosen={codes} />
    </fieldset>
  );
}

/** Adds areas to a side, or lets them go where all of them are there; what one side takes, the other loses. */
function choose(side: Chosen, codes: string[], how: 'add' | 'toggle'): void {
  const { spec } = useAnalysis.getState();
  const asked = spec?.effect;
  const other = side === 'treated' ? 'control' : 'treated';
  const before = asked?.[side] ?? [];
  const letGo = how === 'toggle' && codes.every((code) => before.includes(code));
  const after = letGo ? before.filter((code) => !codes.includes(code)) : [...new Set([...before, ...codes])];
  if (!spec || codes.length === 0) return;
  const start = asked ?? firstEffect(spec);
  ask(start, { [side]: after.slice(0, MOST_AREAS), [other]: start[other].filter((code) => !codes.includes(code)) });
}

function MapTools({ side, areas, chosen }: { side: Chosen; areas: Areas; chosen: string[] }) {
  const { t } = useEffectTexts();
  const map = useSession((session) => session.map);
  const tool = useView((view) => view.tool);
  const [mine, setMine] = useState(false);
  const layDown = () => useView.getState().set({ tool: 'select' });
  // Another tool, the other side, or Escape takes it out of the hand.
  useEffect(() => {
    if (tool !== 'pick-area' && tool !== 'draw-polygon') setMine(false);
  }, [tool]);
  const takeUp = (start: () => void) => {
    layDown();
    setMine(true);
    if (isPhone()) usePanels.getState().set({ sheet: 'low' });
    start();
  };
  const picking = mine && tool === 'pick-area';
  const drawing = mine && tool === 'draw-polygon';
  if (!map) return null;
  return (
    <>
      <div className={classes.tools}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="target" size={16} />}
          aria-pressed={picking}
          onClick={() =>
            picking
              ? layDown()
              : takeUp(() => map.pickAreas(({ code }) => choose(side, codesFor(code, areas.code), 'toggle')))
          }
        >
          {t(picking ? 'picking' : 'pick')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="polygon" size={16} />}
          aria-pressed={drawing}
          onClick={() =>
            drawing
              ? layDown()
              : takeUp(() => void map.drawPolygon((rings) => choose(side, codesWithin(areas, rings), 'add')))
          }
        >
          {t(drawing ? 'drawing' : 'draw')}
        </Button>
        {chosen.length > 0 && (
          <Button variant="subtle" size="xs" onClick={() => choose(side, chosen, 'toggle')}>
            {t('clear')}
          </Button>
        )}
      </div>
      {(picking || drawing) && <p className={classes.note}>{t(picking ? 'pickHint' : 'drawHint')}</p>}
    </>
  );
}
