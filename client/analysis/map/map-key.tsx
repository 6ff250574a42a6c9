import { createPortal } from 'react-dom';
import { usePhone } from '../../components/use-phone.ts';
import { usePanels } from '../../state/panels.ts';
import classes from './map-key.module.css';
import { type MapLegendProps, Swatch } from './map-legend.tsx';

interface MapKeyProps extends Pick<MapLegendProps, 'title' | 'classes'> {
  /** Also where the panel is open, whose legend is far down. */
  always?: boolean;
}

/** The classes on the map itself, as long as the legend in the panel is out of sight; it folds. */
export function MapKey({ title, classes: shown, always = false }: MapKeyProps) {
  const phone = usePhone();
  const left = usePanels((panels) => panels.left);
  const sheet = usePanels((panels) => panels.sheet);
  const wanted = phone ? sheet !== 'full' : always || !left;
  const map = document.getElementById('map');
  if (!wanted || !map) return null;
  return createPortal(
    // Half a phone's map is too little to cover: there it waits to be opened.
    <details open={!phone || sheet === 'low'} className={classes.key}>
      <summary>{title}</summary>
      <ul>
        {shown.map(({ label, colour, mark }) => (
          <li key={label}>
            <Swatch colour={colour} mark={mark} /> {label}
          </li>
        ))}
      </ul>
    </details>,
    map,
  );
}
