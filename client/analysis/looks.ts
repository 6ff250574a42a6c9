import { type FigureClass, NOTES, type PlaceFigure } from '../../shared/measures/figure.ts';
import { DIVERGING, emergingLook, type Look, lisaLook, sequentialColours } from '../figure-palette.ts';
import type { Theme } from '../palette.ts';

const GROUND: Look = { colour: '', mark: '' };
/** Of a place that has no figure, such as a rate without households: told from one that has none of anything. */
export const NO_FIGURE: Record<Theme, Look> = {
  dark: { colour: '#33415C', mark: 'hatch' },
  light: { colour: '#D5DCE6', mark: 'hatch' },
};

/** What each class of a figure looks like, in the order of its classes. */
export function looksOf({ scale, classes }: Pick<PlaceFigure, 'scale' | 'classes'>, theme: Theme): Look[] {
  const { below, middle, above } = DIVERGING[theme];
  if (scale === 'sequential') {
    const colours = sequentialColours(theme, classes.filter((each) => !isZero(each)).length);
    let next = 0;
    return classes.map((each) => (isZero(each) ? GROUND : { colour: colours[next++] ?? '', mark: '' }));
  }
  if (scale === 'diverging')
    return [...below.toReversed(), middle, ...above].map((colour): Look => ({ colour, mark: '' }));
  return classes.map((each): Look => {
    if (each.kind === 'level') {
      const rank = classes.filter(({ kind }) => kind === 'level').indexOf(each);
      const zero = classes.findIndex((other) => other.kind === 'level' && other.side === 0);
      if (each.side === 0) return GROUND;
      const colours = each.side > 0 ? above : below;
      return { colour: colours[Math.abs(rank - zero) - 1] ?? '', mark: 'outline' };
    }
    if (each.kind === 'quadrant') return each.name === 'none' ? GROUND : lisaLook(theme, each.name);
    return each.kind === 'category' ? emergingLook(theme, each.name) : GROUND;
  });
}

const isZero = (each: FigureClass) => each.kind === 'range' && each.from === 0 && each.to === 0;

const FEW_CODE = NOTES.indexOf('few');
const NO_DENOMINATOR = NOTES.indexOf('no-denominator');

/**
 * The look of each place: the class's colour; an outline where the figure is significant, a hatch where it rests on few incidents,
 * and a hatched grey where there is nothing to reckon with.
 */
export function placeLooks(figure: PlaceFigure, theme: Theme): { colours: string[]; marks: Look['mark'][] } {
  const looks = looksOf(figure, theme);
  const colours: string[] = [];
  const marks: Look['mark'][] = [];
  for (const [place, code] of figure.cls.entries()) {
    const look =
      code < 0 ? (figure.note[place] === NO_DENOMINATOR ? NO_FIGURE[theme] : GROUND) : (looks[code] ?? GROUND);
    const significant = figure.scale === 'diverging' && figure.test?.significant[place] === 1;
    const few = figure.note[place] === FEW_CODE && (figure.scale === 'sequential' || figure.scale === 'diverging');
    colours.push(look.colour);
    marks.push(significant ? 'outline' : few && look.colour !== '' ? 'hatch' : look.mark);
  }
  return { colours, marks };
}
