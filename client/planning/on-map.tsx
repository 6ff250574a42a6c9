import { createPortal } from 'react-dom';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useView } from '../state/view.ts';
import { asOnMap, DEVIATION_BOUNDS, deviationColours, zoneColour } from './looks.ts';
import classes from './on-map.module.css';
import { useDraft, useOpened } from './plan-context.ts';
import { BRUSH_SIZES, PAINT_TOOLS, type PaintTool, usePlanning } from './state.ts';
import { takeTool } from './take-tool.ts';
import { ToolIcon } from './tool-icon.tsx';
import { usePlanningTexts } from './words.ts';

const KEYS: Record<PaintTool, string> = { brush: 'B', lasso: 'O', kecamatan: 'C', eraser: 'E' };

/** What lies over the map while a plan is open: its tools, what the tool in hand does, and what the colours say. */
export function OnMap() {
  const { editable } = useOpened();
  const place = document.getElementById('map')?.parentElement;
  if (!place) return null;
  return createPortal(
    <>
      {editable && <Toolbar />}
      <Legend />
    </>,
    place,
  );
}

function Toolbar() {
  const { t } = usePlanningTexts();
  const tool = usePlanning((planning) => planning.tool);
  const brush = usePlanning((planning) => planning.brush);
  return (
    <div className={classes.bar}>
      <div className={classes.group} role="toolbar" aria-label={t('tool.label')}>
        <button
          type="button"
          className={classes.tool}
          title={`${t('tool.hand')} (Esc)`}
          aria-label={t('tool.hand')}
          aria-pressed={tool === undefined}
          onClick={() => takeTool(undefined)}
        >
          <ToolIcon name="hand" />
        </button>
        {PAINT_TOOLS.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.tool}
            title={`${t(`tool.${name}`)} (${KEYS[name]})`}
            aria-label={t(`tool.${name}`)}
            aria-pressed={tool === name}
            onClick={() => takeTool(name)}
          >
            <ToolIcon name={name} />
          </button>
        ))}
      </div>
      {(tool === 'brush' || tool === 'eraser') && (
        <fieldset className={classes.group}>
          <legend className={classes.hidden}>{t('tool.sizes')}</legend>
          {BRUSH_SIZES.map((size) => (
            <button
              key={size}
              type="button"
              className={classes.tool}
              title={t(`tool.size.${size}`)}
              aria-label={t(`tool.size.${size}`)}
              aria-pressed={brush === size}
              onClick={() => usePlanning.setState({ brush: size })}
            >
              <span className={classes.dot} style={{ width: 6 + size / 3, height: 6 + size / 3 }} />
            </button>
          ))}
        </fieldset>
      )}
      {tool && <Doing tool={tool} />}
    </div>
  );
}

/** What a stroke does now, and to which zone. */
function Doing({ tool }: { tool: PaintTool }) {
  const { t } = usePlanningTexts();
  const { content } = useDraft();
  const theme = useView((view) => view.theme);
  const id = usePlanning((planning) => planning.zone);
  const zone = content.zones.find((each) => each.id === id);
  const into = () => {
    if (tool === 'eraser') return t('tool.outOf');
    if (!zone) return t(content.zones.length === 0 ? 'tool.none' : 'tool.noZone');
    return zone.locked ? t('tool.locked', { zone: zone.name }) : t('tool.into', { zone: zone.name });
  };
  return (
    <output className={classes.doing}>
      {zone && tool !== 'eraser' && (
        <span className={classes.swatch} style={{ background: asOnMap(zoneColour(zone.colour, theme)) }} />
      )}
      <span>
        <b>{t(`tool.${tool}`)}</b> {into()}
      </span>
    </output>
  );
}

function Legend() {
  const { t } = usePlanningTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const by = usePlanning((planning) => planning.colours);
  const isHatched = usePlanning(({ ghost, moved }) => ghost !== undefined || moved !== undefined);
  const sign = (value: number) => `${value < 0 ? '−' : '+'}${number(Math.abs(value), language)}`;
  const classWords = (at: number) => {
    const [from, to] = [DEVIATION_BOUNDS[at - 1], DEVIATION_BOUNDS[at]];
    if (from === undefined) return t('legend.below', { from: sign(to ?? 0) });
    return to === undefined
      ? t('legend.above', { from: sign(from) })
      : t('legend.between', { from: sign(from), to: sign(to) });
  };
  return (
    <ul className={classes.legend} aria-label={t('legend.title')}>
      {by === 'workload' && <li className={classes.what}>{t('legend.deviation')}</li>}
      {by === 'workload' ? (
        deviationColours(theme).map((colour, at) => (
          <li key={colour}>
            <span className={classes.swatch} style={{ background: asOnMap(colour) }} />
            {classWords(at)}
          </li>
        ))
      ) : (
        <li>
          <span className={classes.swatch} data-kind="zones" />
          {t('legend.zone')}
        </li>
      )}
      <li>
        <span className={classes.swatch} data-kind="free" />
        {t('legend.free')}
      </li>
      {isHatched && (
        <li>
          <span className={classes.swatch} data-kind="hatched" />
          {t('legend.moved')}
        </li>
      )}
    </ul>
  );
}
