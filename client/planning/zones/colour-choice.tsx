import { type PlanEdit, ZONE_COLOURS, type Zone } from '../../../shared/schemas/plan.ts';
import { useView } from '../../state/view.ts';
import { asOnMap, zoneColour } from '../looks.ts';
import { usePlanningTexts } from '../words.ts';
import classes from './zones.module.css';

/** The colours that a zone can have. */
export function ColourChoice({ zone, onChoose }: { zone: Zone; onChoose(edit: PlanEdit): void }) {
  const { t } = usePlanningTexts();
  const theme = useView((view) => view.theme);
  return (
    <fieldset className={classes.colours}>
      <legend>{t('zone.colour', { name: zone.name })}</legend>
      {Array.from({ length: ZONE_COLOURS }, (_, colour) => colour).map((colour) => (
        <button
          key={colour}
          type="button"
          aria-label={t('zone.colourOf', { number: colour + 1 })}
          aria-pressed={colour === zone.colour}
          style={{ background: asOnMap(zoneColour(colour, theme)) }}
          onClick={() =>
            onChoose([{ kind: 'change', zone: zone.id, before: { colour: zone.colour }, after: { colour } }])
          }
        />
      ))}
    </fieldset>
  );
}
