import { useId } from 'react';
import type { Look, Mark } from '../../figure-palette.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import type { MethodKey } from '../methods/method-keys.ts';
import { MethodLink } from '../methods/method-link.tsx';
import classes from './map-legend.module.css';

/** A class of places as a legend lists it. */
export interface LegendClass extends Look {
  label: string;
  /** Places of the class; left out where there is nothing to count, as of a density. */
  n?: number | undefined;
}

export interface MapLegendProps {
  /** What is shown, with its unit. */
  title: string;
  classes: readonly LegendClass[];
  /** What there are `n` of in each class. */
  unit?: string;
  /** Method, number of incidents and places, period, level of significance and whatever else must be said, a line each. */
  lines: readonly string[];
  /** What explains it; left out where nobody can follow, as on paper. */
  method?: MethodKey;
}

/** What the colours and marks of the map mean, how many places have each, and how the figures came about. */
export function MapLegend({ title, classes: shown, unit = 'n', lines, method }: MapLegendProps) {
  const { language } = useTexts();
  const counted = shown.some(({ n }) => n !== undefined);
  return (
    <figure className={classes.legend}>
      <figcaption>
        {title} {method && <MethodLink of={method} compact />}
      </figcaption>
      <table>
        {counted && (
          <thead>
            <tr>
              <th colSpan={2} />
              <th scope="col">{unit}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {shown.map((each) => (
            <tr key={each.label}>
              <td>
                <Swatch colour={each.colour} mark={each.mark} />
              </td>
              <th scope="row">{each.label}</th>
              {counted && <td className={classes.n}>{each.n === undefined ? '' : number(each.n, language)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}

/** A piece of the map in a class's colour and mark. */
export function Swatch({ colour, mark }: { colour: string; mark: Mark }) {
  const id = useId();
  const pattern = mark === 'hatch' || mark === 'dots' ? mark : undefined;
  return (
    <svg className={classes.swatch} data-mark={mark} viewBox="0 0 28 16" aria-hidden="true">
      <rect x="0.5" y="0.5" width="27" height="15" rx="2" fill={colour || 'none'} className={classes.edge} />
      {pattern && (
        <>
          <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
            {pattern === 'hatch' ? (
              <path d="M-2 2 2-2M0 8 8 0M6 10 10 6" className={classes.line} />
            ) : (
              <path d="M2 2h0M6 6h0" className={classes.dot} />
            )}
          </pattern>
          <rect x="1" y="1" width="26" height="14" rx="1.5" fill={`url(#${id})`} />
        </>
      )}
    </svg>
  );
}
