import { INCIDENT_CATEGORIES, type IncidentCategory, SEVERITIES } from '../../../../shared/schemas/incident.ts';
import { CATEGORY_ICONS } from '../../../category-icons.ts';
import { CATEGORY_COLOURS, SEVERITY_SIZES, SIGNALS, SURFACES, type Theme } from '../../../palette.ts';
import { type Composition, donutArcs, shortCount } from './composition.ts';

/** Side of the square that every symbol fits in, CSS pixels. */
export const SYMBOL_BOX = 76;
const ICON_BOX = 15;
const RING_GAP = 1.75;
const FONT = '"Noto Sans", sans-serif';

/** What an image depends on beside its composition. */
export interface ImageStyle {
  theme: Theme;
  language: 'id' | 'en';
}

type Context = OffscreenCanvasRenderingContext2D;

/** Radius within which a click meets the symbol, CSS pixels. */
export function reachOf(composition: Composition): number {
  return Math.max(14, outline(composition) + 3);
}

/** Draws a symbol about the origin; the caller scales to device pixels. */
export function drawSymbol(context: Context, composition: Composition, style: ImageStyle): void {
  if (composition.count === 1) drawIncident(context, composition, style);
  else drawDonut(context, composition, style);
  drawRings(context, composition, style);
  if (composition.waiting > 0) drawWaiting(context, composition);
}

/** Radius of the disc or donut without its rings. */
function discRadius({ count, worst }: Composition): number {
  if (count === 1) return severity(worst).radius;
  return 17 + Math.min(8, Math.floor(Math.log10(count)) * 2.5);
}

/** Radius of everything that is drawn around the place. */
function outline(composition: Composition): number {
  return discRadius(composition) + severity(composition.worst).rings * (ringWidth(composition) + RING_GAP);
}

/** A donut has more of a ring than an incident, so it takes less to weigh as much. */
function ringWidth({ count, worst }: Composition): number {
  return count === 1 ? severity(worst).ringWidth : 1.5;
}

/** One incident: its category's icon on its colour; hollow when closed. */
function drawIncident(context: Context, composition: Composition, { theme }: ImageStyle): void {
  const category = categoryOf(composition);
  const { markerInk, markerEdge, area } = SURFACES[theme];
  const colour = CATEGORY_COLOURS[theme][category];
  const radius = discRadius(composition);
  const closed = composition.open === 0;
  disc(context, 0, 0, outline(composition) + 1.5, markerEdge, 0.55);
  disc(context, 0, 0, radius, closed ? area : colour);
  if (closed) circle(context, radius - 0.75, 1.5, colour);
  const size = radius * 1.4;
  context.save();
  context.translate(-size / 2, -size / 2);
  context.scale(size / ICON_BOX, size / ICON_BOX);
  context.fillStyle = closed ? colour : markerInk;
  context.fill(new Path2D(CATEGORY_ICONS[category]));
  context.restore();
}

/** Several: shares of the categories around their number; faded when all are closed. */
function drawDonut(context: Context, composition: Composition, { theme, language }: ImageStyle): void {
  const { panel, text, dimmed, markerEdge } = SURFACES[theme];
  const radius = discRadius(composition);
  const width = composition.worst > 0 ? 6.5 : 5;
  disc(context, 0, 0, outline(composition) + 1.5, markerEdge, 0.55);
  disc(context, 0, 0, radius - 1, panel);
  const arcs = donutArcs(composition.categories);
  const closed = composition.open === 0;
  context.lineWidth = width;
  context.globalAlpha = closed ? 0.55 : 1;
  for (const { category, from, to } of arcs) {
    const name = INCIDENT_CATEGORIES[category] ?? 'lainnya';
    context.strokeStyle = CATEGORY_COLOURS[theme][name];
    context.beginPath();
    context.arc(0, 0, radius - width / 2, from - Math.PI / 2, to - Math.PI / 2);
    context.stroke();
  }
  context.globalAlpha = 1;
  if (arcs.length > 1) separate(context, arcs, radius, width, panel);
  const label = shortCount(composition.count, language);
  write(context, label, 0, 0, label.length > 4 ? 10 : label.length > 2 ? 11.5 : 13, closed ? dimmed : text);
}

/** Hairlines between the pieces: neighbours are told apart without their hues. */
function separate(context: Context, arcs: { from: number }[], radius: number, width: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (const { from } of arcs) {
    const [x, y] = [Math.sin(from), -Math.cos(from)];
    context.moveTo(x * (radius - width), y * (radius - width));
    context.lineTo(x * radius, y * radius);
  }
  context.stroke();
}

/** Severity: none, one or two rings; a further one around what is selected. */
function drawRings(context: Context, composition: Composition, { theme }: ImageStyle): void {
  const { text, focus } = SURFACES[theme];
  const { stale } = SIGNALS[theme];
  const { rings } = severity(composition.worst);
  const width = ringWidth(composition);
  const open = composition.count === 1 ? CATEGORY_COLOURS[theme][categoryOf(composition)] : text;
  const colour = composition.open === 0 ? stale : open;
  let radius = discRadius(composition);
  for (let ring = 0; ring < rings; ring++) {
    radius += RING_GAP + width / 2;
    circle(context, radius, width, colour);
    radius += width / 2;
  }
  if (composition.selected) circle(context, radius + 3, 3, focus);
}

/**
 * Amber: somebody has to look at it. A dot for one incident, the number of them for a cluster.
 * The same bright amber under dark figures in both themes: as a surface, unlike as text, it can be bright in the light one.
 */
function drawWaiting(context: Context, composition: Composition): void {
  const { waiting } = SIGNALS.dark;
  const { markerInk } = SURFACES.dark;
  const at = discRadius(composition) * Math.SQRT1_2;
  if (composition.count === 1) {
    disc(context, at + 1, -at - 1, 5.5, markerInk);
    disc(context, at + 1, -at - 1, 4, waiting);
    return;
  }
  const label = composition.waiting > 99 ? '99+' : String(composition.waiting);
  const half = label.length > 2 ? 12 : label.length > 1 ? 9.5 : 7.5;
  const [x, y] = [at + 3, -at - 3];
  pill(context, x, y, half + 1.5, 9, markerInk);
  pill(context, x, y, half, 7.5, waiting);
  write(context, label, x, y, 10.5, markerInk);
}

/** The category of a single incident. */
function categoryOf({ categories }: Composition): IncidentCategory {
  return INCIDENT_CATEGORIES[categories.findIndex((count) => count > 0)] ?? 'lainnya';
}

function severity(number: number) {
  return SEVERITY_SIZES[SEVERITIES[number] ?? 'low'];
}

function disc(context: Context, x: number, y: number, radius: number, colour: string, alpha = 1): void {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}

function circle(context: Context, radius: number, width: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.stroke();
}

function pill(context: Context, x: number, y: number, half: number, height: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x - half, y - height, 2 * half, 2 * height, height);
  context.fill();
}

/** Text centred by its own figures' height, not by the font's. */
function write(context: Context, text: string, x: number, y: number, size: number, colour: string): void {
  context.font = `600 ${size}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colour;
  const { actualBoundingBoxAscent } = context.measureText('0');
  context.fillText(text, x, y + actualBoundingBoxAscent / 2);
}
