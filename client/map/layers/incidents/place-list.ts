import { type Map as MapLibre, Popup } from 'maplibre-gl';
import type { IncidentPoint } from '../../../../shared/schemas/incident.ts';
import { CATEGORY_ICONS } from '../../../category-icons.ts';
import { CATEGORY_COLOURS, SURFACES, type Theme } from '../../../palette.ts';
import './place-list.css';

/** Words of the list, in the page's language. */
export interface PlaceListTexts {
  heading(count: number): string;
  /** Severity, status and age in one line. */
  detail(point: IncidentPoint): string;
}

export interface PlaceListOptions {
  theme: Theme;
  texts: PlaceListTexts;
  selected: string | undefined;
  onSelect(id: string): void;
}

/** The incidents of one place as a list beside it, for the keyboard and the mouse. */
export class PlaceList {
  private readonly map: MapLibre;
  private popup: Popup | undefined;
  private points: readonly IncidentPoint[] = [];

  constructor(map: MapLibre) {
    this.map = map;
  }

  get isOpen(): boolean {
    return this.popup?.isOpen() ?? false;
  }

  /** Opens at a place, in degrees, and moves the focus into the list. */
  open(lon: number, lat: number, points: readonly IncidentPoint[], options: PlaceListOptions): void {
    this.close();
    this.points = points;
    this.popup = new Popup({ maxWidth: '320px', offset: 22, className: 'place-list' })
      .setLngLat([lon, lat])
      .setDOMContent(this.render(options))
      .addTo(this.map);
  }

  /** Shows what has become of the list; closes it when fewer than two are left. */
  update(points: readonly IncidentPoint[], options: PlaceListOptions): void {
    if (!this.popup?.isOpen()) return;
    const same = points.length === this.points.length && points.every((point, at) => point === this.points[at]);
    if (same) return;
    if (points.length < 2) {
      this.close();
      return;
    }
    this.points = points;
    this.popup.setDOMContent(this.render(options));
  }

  close(): void {
    this.popup?.remove();
    this.popup = undefined;
  }

  private render({ theme, texts, selected, onSelect }: PlaceListOptions): HTMLElement {
    const section = document.createElement('section');
    const { panel, raised, text, dimmed, hairline, focus } = SURFACES[theme];
    for (const [name, colour] of Object.entries({ panel, raised, text, dimmed, hairline, focus }))
      section.style.setProperty(`--${name}`, colour);
    const heading = document.createElement('h2');
    heading.textContent = texts.heading(this.points.length);
    section.setAttribute('aria-label', heading.textContent);
    const list = document.createElement('ul');
    for (const point of this.points) {
      const button = document.createElement('button');
      button.type = 'button';
      if (point.id === selected) button.setAttribute('aria-current', 'true');
      button.append(icon(point, theme), words(point, texts));
      button.addEventListener('click', () => {
        list.querySelector('[aria-current]')?.removeAttribute('aria-current');
        button.setAttribute('aria-current', 'true');
        onSelect(point.id);
      });
      const item = document.createElement('li');
      item.append(button);
      list.append(item);
    }
    section.append(heading, list);
    return section;
  }
}

function icon({ category }: IncidentPoint, theme: Theme): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '-4.5 -4.5 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const disc = document.createElementNS(svg.namespaceURI, 'circle');
  for (const [name, value] of Object.entries({
    cx: '7.5',
    cy: '7.5',
    r: '12',
    fill: CATEGORY_COLOURS[theme][category],
  }))
    disc.setAttribute(name, value);
  const path = document.createElementNS(svg.namespaceURI, 'path');
  path.setAttribute('d', CATEGORY_ICONS[category]);
  path.setAttribute('fill', SURFACES[theme].markerInk);
  svg.append(disc, path);
  return svg as SVGElement;
}

function words(point: IncidentPoint, texts: PlaceListTexts): HTMLElement {
  const block = document.createElement('span');
  const title = document.createElement('strong');
  title.textContent = point.title;
  const detail = document.createElement('span');
  detail.textContent = texts.detail(point);
  block.append(title, detail);
  return block;
}
