import type * as maplibregl from 'maplibre-gl';
import './plan-cursors.css';

/** Where somebody else works, degrees. */
export interface Cursor {
  who: string;
  name: string;
  lon: number;
  lat: number;
  /** CSS colour of the zone that is painted, if any. */
  colour: string | undefined;
}

/** The pointers of other planners over the map, each with its name; moved without anything of the map being drawn anew. */
export class PlanCursors {
  private readonly map: maplibregl.Map;
  private readonly layer = document.createElement('div');
  private readonly shown = new Map<string, { cursor: Cursor; element: HTMLElement }>();

  constructor(map: maplibregl.Map) {
    this.map = map;
    this.layer.className = 'plan-cursors';
    // The list of who is here tells the same.
    this.layer.ariaHidden = 'true';
    map.getContainer().append(this.layer);
    map.on('move', this.place);
    map.on('resize', this.place);
  }

  /** Shows these, and nobody else. */
  set(cursors: readonly Cursor[]): void {
    const here = new Set(cursors.map(({ who }) => who));
    for (const [who, { element }] of this.shown) {
      if (here.has(who)) continue;
      element.remove();
      this.shown.delete(who);
    }
    for (const cursor of cursors) {
      const element = this.shown.get(cursor.who)?.element ?? this.layer.appendChild(document.createElement('div'));
      element.className = 'plan-cursor';
      element.textContent = cursor.name;
      element.style.setProperty('--cursor', cursor.colour ?? 'var(--map-text)');
      this.shown.set(cursor.who, { cursor, element });
    }
    this.place();
  }

  remove(): void {
    this.map.off('move', this.place);
    this.map.off('resize', this.place);
    this.layer.remove();
  }

  private readonly place = () => {
    for (const { cursor, element } of this.shown.values()) {
      const { x, y } = this.map.project([cursor.lon, cursor.lat]);
      element.style.transform = `translate(${x}px, ${y}px)`;
    }
  };
}
