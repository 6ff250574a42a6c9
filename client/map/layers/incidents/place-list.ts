import i18next from 'i18next';
import { type Map as MapLibre, Popup } from 'maplibre-gl';
import type { IncidentPoint } from '../../../../shared/schemas/incident.ts';
import { CATEGORY_ICONS } from '../../../category-icons.ts';
import { CATEGORY_COLOURS, SURFACES, type Theme } from '../../../palette.ts';
import './place-list.css';

/** Kept free between list and edge of the map, with the way from the place to the list. */
const ROOM = { top: 40, bottom: 40, left: 12, right: 12 };
const SVG = 'http://www.w3.org/2000/svg';

interface PlaceListOptions {
  /** The second line of an incident. */
  detail(point: IncidentPoint): string;
  onSelect(id: string): void;
}

/** The incidents of one place as a list beside it, for the mouse and for the keyboard. */
export class PlaceList {
  private readonly map: MapLibre;
  private readonly options: PlaceListOptions;
  private popup: Popup | undefined;
  private points: readonly IncidentPoint[] = [];

  constructor(map: MapLibre, options: PlaceListOptions) {
    this.map = map;
    this.options = options;
  }

  get isOpen(): boolean {
    return this.popup?.isOpen() ?? false;
  }

  /** Opens at a place (degrees) and moves the focus into the list. */
  open(at: { lon: number; lat: number }, points: readonly IncidentPoint[], theme: Theme, selected?: string): void {
    this.close();
    this.points = points;
    this.popup = new Popup({ maxWidth: '320px', offset: 24, padding: ROOM, className: 'place-list' })
      .setLngLat([at.lon, at.lat])
      .setDOMContent(this.render(theme, selected))
      .addTo(this.map);
  }

  /** Shows what has become of the list; closes it when fewer than two are left. */
  update(points: readonly IncidentPoint[], theme: Theme, selected?: string): void {
    if (!this.popup?.isOpen()) return;
    if (points.length === this.points.length && points.every((point, at) => point === this.points[at])) return;
    this.points = points;
    if (points.length < 2) this.close();
    else this.popup.setDOMContent(this.render(theme, selected));
  }

  close(): void {
    this.popup?.remove();
    this.popup = undefined;
  }

  private render(theme: Theme, selected: string | undefined): HTMLElement {
    const heading = document.createElement('h2');
    heading.textContent = i18next.t('map.atPlace', { count: this.points.length });
    const list = document.createElement('ul');
    list.append(...this.points.map((point) => this.item(point, theme, point.id === selected)));
    const section = document.createElement('section');
    section.setAttribute('aria-label', heading.textContent);
    section.append(heading, list);
    section.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.close();
      this.map.getCanvas().focus();
    });
    return section;
  }

  private item(point: IncidentPoint, theme: Theme, current: boolean): HTMLElement {
    const title = document.createElement('strong');
    title.textContent = point.title;
    const detail = document.createElement('span');
    detail.textContent = this.options.detail(point);
    const words = document.createElement('span');
    words.append(title, detail);
    const button = document.createElement('button');
    button.type = 'button';
    button.append(icon(point, theme), words);
    if (current) button.setAttribute('aria-current', 'true');
    button.addEventListener('click', () => {
      button.closest('ul')?.querySelector('[aria-current]')?.removeAttribute('aria-current');
      button.setAttribute('aria-current', 'true');
      this.options.onSelect(point.id);
    });
    const item = document.createElement('li');
    item.append(button);
    return item;
  }
}

function icon({ category }: IncidentPoint, theme: Theme): Element {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '-4.5 -4.5 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const disc = document.createElementNS(SVG, 'circle');
  const colour = CATEGORY_COLOURS[theme][category];
  for (const [name, value] of Object.entries({ cx: '7.5', cy: '7.5', r: '12', fill: colour }))
    disc.setAttribute(name, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', CATEGORY_ICONS[category]);
  path.setAttribute('fill', SURFACES[theme].markerInk);
  svg.append(disc, path);
  return svg;
}
