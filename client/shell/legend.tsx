import { ActionIcon, Switch } from '@mantine/core';
import { INCIDENT_CATEGORIES, SEVERITIES } from '../../shared/schemas/incident.ts';
import { ORGANISATIONS } from '../../shared/schemas/unit.ts';
import { toggleLayer } from '../actions.ts';
import { HeatLegend } from '../components/heat-legend.tsx';
import { Icon } from '../components/icons.tsx';
import { IncidentMark, UnitMark } from '../components/marks.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import classes from './legend.module.css';
import { SymbolMark, UNIT_MARKS } from './symbol-mark.tsx';

const LAYERS = ['incidents', 'units', 'areas', 'places', 'heat'] as const;

/** Which layers are drawn, and what their colours, shapes and sizes mean. */
export default function Legend() {
  const { t } = useTexts();
  const layers = useView((view) => view.layers);
  return (
    <section className={classes.legend} aria-label={t('legend.title')}>
      <header>
        <h2>{t('legend.title')}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('app.close')}
          onClick={() => usePanels.getState().set({ legend: false })}
        >
          <Icon name="close" size={18} />
        </ActionIcon>
      </header>
      <div className={classes.body}>
        <div className={classes.layers}>
          {LAYERS.map((name) => (
            <Switch key={name} label={t(`legend.${name}`)} checked={layers[name]} onChange={() => toggleLayer(name)} />
          ))}
        </div>
        {layers.heat && <HeatLegend />}
        <h3>{t('legend.categories')}</h3>
        <ul className={classes.grid}>
          {INCIDENT_CATEGORIES.map((category) => (
            <li key={category}>
              <IncidentMark category={category} severity="low" /> {t(`category.${category}`)}
            </li>
          ))}
        </ul>
        <h3>{t('legend.severities')}</h3>
        <ul className={classes.grid}>
          {SEVERITIES.map((severity) => (
            <li key={severity}>
              <IncidentMark category="lainnya" severity={severity} /> {t(`severity.${severity}`)}
            </li>
          ))}
        </ul>
        <p className={classes.hint}>{t('legend.clusters')}</p>
        <h3>{t('legend.organisations')}</h3>
        <ul className={classes.grid}>
          {ORGANISATIONS.map((organisation) => (
            <li key={organisation}>
              <UnitMark organisation={organisation} size={20} /> {t(`organisation.${organisation}`)}
            </li>
          ))}
        </ul>
        <h3>{t('legend.ages')}</h3>
        <p className={classes.ages}>
          {t('legend.ageFresh')}
          {[1, 0.8, 0.6, 0.4].map((faded) => (
            <UnitMark key={faded} organisation="polri" size={20} faded={faded} />
          ))}
          {t('legend.ageOld')}
        </p>
        <h3>{t('legend.marks')}</h3>
        <ul className={classes.grid}>
          {UNIT_MARKS.map((mark) => (
            <li key={mark}>
              <SymbolMark mark={mark} /> {t(`legend.${mark}`)}
            </li>
          ))}
        </ul>
        <p className={classes.hint}>{t('legend.waiting')}</p>
      </div>
    </section>
  );
}
