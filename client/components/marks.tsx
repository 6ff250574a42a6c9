import type { IncidentCategory, Severity } from '../../shared/schemas/incident.ts';
import { ORGANISATIONS, type Organisation } from '../../shared/schemas/unit.ts';
import { CATEGORY_ICONS } from '../category-icons.ts';
import { ORGANISATION_SHAPES, organisationColour, SEVERITY_SIZES, UNIT_SHAPES } from '../palette.ts';
import { useView } from '../state/view.ts';

/** An incident's marker as the map draws it: category by colour and icon, severity by size and rings. Decorative. */
export function IncidentMark({ category, severity = 'moderate' }: { category: IncidentCategory; severity?: Severity }) {
  const { radius, rings, ringWidth } = SEVERITY_SIZES[severity];
  const colour = `var(--category-${category})`;
  const scale = (radius * 1.3) / 15;
  return (
    <svg width="40" height="40" viewBox="-20 -20 40 40" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <circle r={radius} fill={colour} />
      {[1, 2].slice(0, rings).map((ring) => (
        <circle
          key={ring}
          r={radius + ring * (ringWidth + 1.5) - ringWidth / 2}
          fill="none"
          stroke={colour}
          strokeWidth={ringWidth - 0.5}
        />
      ))}
      <path d={CATEGORY_ICONS[category]} fill="var(--marker-ink)" transform={`scale(${scale}) translate(-7.5 -7.5)`} />
    </svg>
  );
}

/** A category's icon alone, in its colour, for chips and legends. Decorative. */
export function CategoryIcon({ category, size = 16 }: { category: IncidentCategory; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 15 15" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={CATEGORY_ICONS[category]} fill={`var(--category-${category})`} />
    </svg>
  );
}

/** A unit's symbol as the map draws it: shape by organisation, colour by its kind. Decorative. */
export function UnitMark({
  organisation,
  size = 24,
  faded = 1,
}: {
  organisation: Organisation;
  size?: number;
  faded?: number;
}) {
  const theme = useView((view) => view.theme);
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path
        d={UNIT_SHAPES[ORGANISATION_SHAPES[organisation]]}
        fill={organisationColour(organisation, theme)}
        stroke="var(--dimmed)"
        strokeWidth="0.75"
        opacity={faded}
      />
    </svg>
  );
}

/** The organisation of a number on the wire; 255 and unknown numbers give `undefined`. */
export function organisationOf(index: number): Organisation | undefined {
  return ORGANISATIONS[index];
}
