import type { Mark } from '../../figure-palette.ts';
import type { Picture } from '../../map/paper-picture.ts';
import { SURFACES, type Theme } from '../../palette.ts';
import type { MapLegendProps } from '../map/map-legend.tsx';

/** What stands beside the map in a picture that leaves. */
export interface MapFileWords {
  title: string;
  subtitle: string;
  legend: MapLegendProps | undefined;
  /** How the figures came about, what is counted beyond the usual, and of which data they are. */
  lines: readonly string[];
  /** Who took it and when. */
  watermark: string;
  theme: Theme;
}

const LEGEND_WIDTH = 300;
const PADDING = 20;
const SCALE = 2;
/** Height of a line, in sizes of its letters. */
const LEADING = 1.35;
const SWATCH = { width: 28, height: 16 };

/**
 * The picture of the map with title and legend beside it, as a PNG. Lengths are CSS pixels, drawn twice as large; where the words
 * need more room than the map, the sheet is higher.
 */
export async function mapFile(picture: Picture, words: MapFileWords): Promise<Blob> {
  const image = new Image();
  image.src = picture.url;
  await Promise.all([image.decode(), document.fonts.ready]);
  const needed = drawWords(sheetOf(1, 1).pen, picture, words, 0);
  const height = Math.max(picture.height, Math.ceil(needed));
  const { canvas, pen } = sheetOf((picture.width + LEGEND_WIDTH) * SCALE, height * SCALE);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = SURFACES[words.theme].panel;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, picture.width, picture.height);
  drawWords(pen, picture, words, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
  );
}

function sheetOf(width: number, height: number): { canvas: HTMLCanvasElement; pen: CanvasRenderingContext2D } {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('The browser gives no canvas to draw on.');
  return { canvas, pen };
}

/** Writes title, legend and, at the foot of the sheet, the watermark. @returns the height that all of it needs */
function drawWords(pen: CanvasRenderingContext2D, picture: Picture, words: MapFileWords, sheet: number): number {
  const { text, dimmed } = SURFACES[words.theme];
  const x = picture.width + PADDING;
  const width = LEGEND_WIDTH - 2 * PADDING;
  let y = PADDING;
  const linesOf = (line: string, size: number, weight: number) => {
    pen.font = `${weight} ${size}px "Noto Sans", sans-serif`;
    return wrapped(line, width, (piece) => pen.measureText(piece).width);
  };
  const write = (line: string, size: number, colour: string, weight = 400) => {
    const lines = linesOf(line, size, weight);
    pen.fillStyle = colour;
    for (const part of lines) {
      y += size * LEADING;
      pen.fillText(part, x, y);
    }
  };
  write(words.title, 18, text, 600);
  y += 4;
  write(words.subtitle, 12, dimmed);
  const { legend } = words;
  if (legend) {
    y += 16;
    write(legend.title, 14, text, 600);
    y += 6;
    for (const each of legend.classes) {
      drawSwatch(pen, x, y + 4, each, words.theme);
      pen.font = '400 12px "Noto Sans", sans-serif';
      pen.fillStyle = text;
      const label = each.n === undefined ? each.label : `${each.label} (${each.n})`;
      const lines = wrapped(label, width - SWATCH.width - 8, (piece) => pen.measureText(piece).width);
      for (const [at, line] of lines.entries()) pen.fillText(line, x + SWATCH.width + 8, y + 16 + at * 15);
      y += Math.max(22, lines.length * 15 + 6);
    }
    y += 4;
  } else y += 16;
  for (const line of words.lines) {
    write(line, 11, dimmed);
    y += 2;
  }
  const foot = linesOf(words.watermark, 10, 400).length * 10 * LEADING + PADDING;
  const needed = y + 16 + foot;
  y = sheet - foot;
  write(words.watermark, 10, dimmed);
  return needed;
}

function drawSwatch(
  pen: CanvasRenderingContext2D,
  x: number,
  y: number,
  { colour, mark }: { colour: string; mark: Mark },
  theme: Theme,
): void {
  const { hairline, text, page } = SURFACES[theme];
  pen.save();
  pen.beginPath();
  pen.rect(x + 1, y + 1, SWATCH.width - 2, SWATCH.height - 2);
  if (colour) {
    pen.fillStyle = colour;
    pen.fill();
  }
  pen.strokeStyle = mark === 'outline' ? text : hairline;
  pen.lineWidth = mark === 'outline' ? 2 : 1;
  pen.stroke();
  pen.clip();
  pen.strokeStyle = page;
  pen.fillStyle = page;
  pen.lineWidth = 1.8;
  for (let across = -SWATCH.height; across < SWATCH.width; across += 7) {
    pen.beginPath();
    if (mark === 'hatch') {
      pen.moveTo(x + across, y + SWATCH.height);
      pen.lineTo(x + across + SWATCH.height, y);
      pen.stroke();
    } else if (mark === 'dots') {
      pen.arc(x + across + 4, y + 5, 1.6, 0, 7);
      pen.arc(x + across + 7, y + 11, 1.6, 0, 7);
      pen.fill();
    }
  }
  pen.restore();
}

/** A text in lines that are no wider, broken between words; a single word that is wider stands alone. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(longer) > width) lines.push(word);
    else lines[Math.max(0, lines.length - 1)] = longer;
  }
  return lines;
}
