import { ORGANISATIONS } from '../../../../shared/schemas/unit.ts';
import { ORGANISATION_SHAPES, UNIT_SHAPES, type UnitShape } from '../../../palette.ts';

/** Pixels of a cell; the 24-unit box of a shape takes the middle three quarters, so a halo has room. */
const CELL = 96;
const BOX = 24;
const SCALE = (CELL * 0.75) / BOX;

/** Columns of the atlas: a shape for every organisation, then one for units not known yet, then the marks. */
export const ATLAS_COLUMNS = ORGANISATIONS.length + 3;
export const COLUMN = {
  unknown: ORGANISATIONS.length,
  clock: ORGANISATIONS.length + 1,
  mock: ORGANISATIONS.length + 2,
};
/** Cell's half width in units of the symbol's radius (half of the shape's box). */
export const CELL_REACH = 4 / 3;
export const CELL_PIXELS_PER_RADIUS = CELL / 2 / CELL_REACH;

const INNER_MARKS: Partial<Record<UnitShape, string>> = {
  shield: 'M12 6.2l1.5 3.2 3.5.4-2.6 2.4.7 3.5-3.1-1.8-3.1 1.8.7-3.5L7 9.8l3.5-.4z',
  lantern: 'M12 8c1 1.6 2.4 2.8 2.4 4.6a2.4 2.4 0 0 1-4.8 0C9.6 10.800 11 9.600 12 8z',
  hexagon: 'M12 9.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5z',
  pentagon: 'M12 8.500 16 12v5H8v-5z',
  triangle: 'M11 9h2v6h-2zM11 16.500h2v2h-2z',
  circle: 'M12 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z',
};
const CLOCK_FACE = 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z';
const CLOCK_HANDS = 'M11 6h2.200v5.500l4 2.300-1.100 1.900-5.100-3z';
const QUESTION =
  'M8 9a4 4 0 1 1 5.400 3.700V15h-2.600v-4.100c1.700 0 2.600-.7 2.600-1.900a1.400 1.400 0 0 0-2.800 0zM10.800 16.500h2.600v2.500h-2.600z';

/**
 * Masks of all symbols, a column each, in the colour channels of two rows: above, red the shape and green the shape
 * widened for its halo; below, red the shape without its rim and green what is drawn upon it.
 * Colour comes from the shader, so one picture serves both themes and every age.
 */
export function symbolAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = CELL * ATLAS_COLUMNS;
  canvas.height = CELL * 2;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = 'lighter';
  context.lineJoin = 'round';
  const shapes = ORGANISATIONS.map((organisation) => ORGANISATION_SHAPES[organisation]);
  for (const [column, shape] of shapes.entries()) {
    drawColumn(context, column, UNIT_SHAPES[shape], INNER_MARKS[shape] ?? '');
  }
  drawColumn(context, COLUMN.unknown, UNIT_SHAPES.circle, '');
  drawColumn(context, COLUMN.clock, CLOCK_FACE, CLOCK_HANDS);
  drawColumn(context, COLUMN.mock, CLOCK_FACE, QUESTION);
  return canvas;
}

function drawColumn(context: CanvasRenderingContext2D, column: number, outline: string, mark: string): void {
  const shape = new Path2D(outline);
  const draw = (row: number, colour: string, paint: () => void) => {
    context.save();
    context.beginPath();
    context.rect(column * CELL, row * CELL, CELL, CELL);
    context.clip();
    context.translate((column + 0.5) * CELL, (row + 0.5) * CELL);
    context.scale(SCALE, SCALE);
    context.translate(-BOX / 2, -BOX / 2);
    context.fillStyle = colour;
    context.strokeStyle = colour;
    paint();
    context.restore();
  };
  draw(0, '#f00', () => context.fill(shape));
  draw(0, '#0f0', () => {
    context.lineWidth = 5;
    context.fill(shape);
    context.stroke(shape);
  });
  draw(1, '#f00', () => {
    context.fill(shape);
    context.globalCompositeOperation = 'destination-out';
    context.lineWidth = 5;
    context.stroke(shape);
  });
  draw(1, '#0f0', () => context.fill(new Path2D(mark)));
}
