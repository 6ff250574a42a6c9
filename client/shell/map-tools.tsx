import { Button } from '@mantine/core';
import { goHome, toggleTool } from '../actions.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { distance, surface } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { NO_MEASURE, useMeasure } from '../state/measure.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import classes from './map-tools.module.css';

/** Buttons over the map's corner, and the strip that says what a tool in hand does. */
export function MapTools({ phone }: { phone: boolean }) {
  const { t } = useTexts();
  const map = useSession((session) => session.map);
  const home = useSession((session) => session.home);
  const tool = useView((view) => view.tool);
  const legend = usePanels((panels) => panels.legend);
  return (
    <>
      <div className={classes.tools} role="toolbar" aria-label={t('tools.label')} aria-orientation="vertical">
        {!phone && (
          <div className={classes.group}>
            <Tool icon="plus" label={t('tools.zoomIn')} onClick={() => map?.map.zoomIn()} />
            <Tool icon="minus" label={t('tools.zoomOut')} onClick={() => map?.map.zoomOut()} />
          </div>
        )}
        <div className={classes.group}>
          <Tool icon="home" label={t('tools.home')} onClick={() => goHome(home)} />
        </div>
        <div className={classes.group}>
          <Tool
            icon="layers"
            label={`${t('tools.layers')} (L)`}
            pressed={legend}
            onClick={() => usePanels.getState().set({ legend: !legend })}
          />
          <Tool
            icon="ruler"
            label={`${t('tools.measureDistance')} (M)`}
            pressed={tool === 'measure-distance'}
            onClick={() => toggleTool('measure-distance')}
          />
          <Tool
            icon="polygon"
            label={t('tools.measureArea')}
            pressed={tool === 'measure-area'}
            onClick={() => toggleTool('measure-area')}
          />
        </div>
      </div>
      {tool === 'pick-place' && <output className={classes.strip}>{t('tools.pickHint')}</output>}
      {(tool === 'measure-distance' || tool === 'measure-area') && <Figures area={tool === 'measure-area'} />}
    </>
  );
}

interface ToolProps {
  icon: IconName;
  label: string;
  pressed?: boolean;
  onClick(): void;
}

function Tool({ icon, label, pressed, onClick }: ToolProps) {
  return (
    <button
      type="button"
      className={classes.tool}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** What has been measured so far. */
function Figures({ area }: { area: boolean }) {
  const { t, language } = useTexts();
  const { points, metres, squareMetres } = useMeasure();
  return (
    <section className={classes.strip} aria-label={t(area ? 'tools.measureArea' : 'tools.measureDistance')}>
      {points.length < 2 ? (
        <span>{t('tools.measureHint')}</span>
      ) : (
        <output className={classes.figures}>
          {area && (
            <span>
              {t('tools.area')} <b>{surface(squareMetres, language)}</b>
            </span>
          )}
          <span>
            {t(area ? 'tools.outline' : 'tools.distance')} <b>{distance(metres, language)}</b>
          </span>
        </output>
      )}
      {points.length > 0 && (
        <Button size="xs" variant="default" onClick={() => useMeasure.setState(NO_MEASURE)}>
          {t('tools.measureClear')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => useView.getState().set({ tool: 'select' })}>
        {t('tools.measureStop')}
      </Button>
    </section>
  );
}
