import caution from '@mapbox/maki/icons/caution.svg?raw';
import flame from '@mapbox/maki/icons/fire-station.svg?raw';
import pharmacy from '@mapbox/maki/icons/pharmacy.svg?raw';
import accident from '@mapbox/maki/icons/road-accident.svg?raw';
import asterisk from '@rapideditor/temaki/icons/asterisk.svg?raw';
import binoculars from '@rapideditor/temaki/icons/binoculars.svg?raw';
import letterBox from '@rapideditor/temaki/icons/letter_box.svg?raw';
import type { IncidentCategory } from '../shared/schemas/incident.ts';

/** Path data of an icon's SVG, in its 15 × 15 box. */
function pathOf(svg: string): string {
  return [...svg.matchAll(/\bd="([^"]+)"/g)].map((match) => (match[1] ?? '').replace(/&#x[0-9A-F]+;/gi, ' ')).join(' ');
}

/** One icon per category, as path data in a 15 × 15 box: colour is never the only sign. */
export const CATEGORY_ICONS: Record<IncidentCategory, string> = {
  kamtibmas: pathOf(caution),
  pemilu: pathOf(letterBox),
  bencana: pathOf(flame),
  lalu_lintas: pathOf(accident),
  sar: pathOf(binoculars),
  narkotika: pathOf(pharmacy),
  lainnya: pathOf(asterisk),
};
