import type * as maplibregl from 'maplibre-gl';
import { distance } from '../format.ts';
import type { Language } from '../i18n/i18n.ts';
import { SURFACES, type Theme } from '../palette.ts';

/** A round length and how long it is drawn. */
export interface ScaleBar {
  metres: number;
  /** CSS pixels. */
  width: number;
}

const ROUND = [1, 2, 3, 5, 10];

/** The longest bar of a round length (1, 2, 3 or 5 times a power of ten, metres) that is no wider than `most` CSS pixels. */
export function scaleBarOf(metresPerPixel: number, most: number): ScaleBar {
  const longest = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(longest));
  const metres = power * (ROUND.findLast((times) => times * power <= longest * (1 + 1e-9)) ?? 1);
  return { metres, width: metres / metresPerPixel };
}

/** What a picture of the map owes: its scale in the middle, and who made what it shows. */
export interface Margin {
  bar: ScaleBar;
  credits: string;
}

/** How much of the picture's width the scale may take. */
const SHARE = 0.16;

/** Scale and sources of what the map shows now. */
export function marginOf(map: maplibregl.Map): Margin {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const [left, right] = [map.unproject([width / 2 - 50, height / 2]), map.unproject([width / 2 + 50, height / 2])];
  return { bar: scaleBarOf(left.distanceTo(right) / 100, width * SHARE), credits: creditsOf(map) };
}

/** The built-in coast comes from there; a source of another base map says itself whom to name. */
const COAST = { source: 'world', credit: 'Natural Earth' };

function creditsOf(map: maplibregl.Map): string {
  const shown = map
    .getStyle()
    .layers.flatMap((layer) => ('source' in layer && layer.layout?.visibility !== 'none' ? [layer.source] : []));
  const credits = [...new Set(shown)].map((id) =>
    id === COAST.source ? COAST.credit : plain(map.getSource(id)?.attribution ?? ''),
  );
  return [...new Set(credits.filter(Boolean))].join(' · ');
}

/** The words of what may hold links. */
const plain = (html: string) => new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? '';

/** Lengths in shares of the size of the letters. */
const PAD = 0.6;

/**
 * Draws scale and credits over the lower corners of a picture.
 * @param pen whose unit is a CSS pixel @param size of the picture, CSS pixels
 */
export function drawMargin(
  pen: CanvasRenderingContext2D,
  { width, height }: { width: number; height: number },
  { bar, credits }: Margin,
  { theme, language }: { theme: Theme; language: Language },
): void {
  const { panel, text } = SURFACES[theme];
  // What is printed small must still be read.
  const letters = Math.max(11, width / 70);
  const pad = letters * PAD;
  const boxHeight = letters + 2 * pad;
  const top = height - boxHeight;
  pen.font = `400 ${letters}px "Noto Sans", sans-serif`;
  pen.textBaseline = 'alphabetic';
  const baseline = top + pad + letters * 0.85;
  const box = (x: number, wide: number) => {
    pen.fillStyle = panel;
    pen.globalAlpha = 0.85;
    pen.fillRect(x, top, wide, boxHeight);
    pen.globalAlpha = 1;
    pen.fillStyle = text;
  };

  const label = distance(bar.metres, language);
  const labelWidth = pen.measureText(label).width;
  box(0, bar.width + labelWidth + 3 * pad);
  pen.strokeStyle = text;
  pen.lineWidth = letters / 7;
  const [from, to, foot] = [pad, pad + bar.width, top + boxHeight - pad];
  pen.beginPath();
  pen.moveTo(from, foot - letters * 0.5);
  pen.lineTo(from, foot);
  pen.lineTo(to, foot);
  pen.lineTo(to, foot - letters * 0.5);
  pen.stroke();
  pen.fillText(label, to + pad, baseline);

  if (!credits) return;
  const wide = pen.measureText(credits).width;
  box(width - wide - 2 * pad, wide + 2 * pad);
  pen.fillText(credits, width - wide - pad, baseline);
}
