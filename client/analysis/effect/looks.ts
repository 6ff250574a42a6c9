import { DIVERGING, type Look } from '../../figure-palette.ts';
import type { Theme } from '../../palette.ts';
import type { SideName } from './sides.ts';

/** What each side looks like on the map and in charts: orange where patrols went, blue for the control; hatched around them. */
export function lookOf(theme: Theme, side: SideName): Look {
  const { above, below } = DIVERGING[theme];
  const looks: Record<SideName, Look> = {
    treated: { colour: above[1], mark: 'outline' },
    surroundings: { colour: above[0], mark: 'hatch' },
    control: { colour: below[1], mark: 'outline' },
    controlSurroundings: { colour: below[0], mark: 'hatch' },
  };
  return looks[side];
}
