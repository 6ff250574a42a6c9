import * as maplibregl from 'maplibre-gl';
import './second-map.css';
import { useView } from '../state/view.ts';
import { AnalysisMap } from './analysis-map.ts';
import { replaceBasemap } from './basemap.ts';
import { lockViews } from './lock-views.ts';
import { mapOptions } from './own-style.ts';
import { addSwipe, type Swipe } from './swipe.ts';
import { applyTheme, wearTheme } from './theme.ts';
import { Tooltip } from './tooltip.ts';
import { showWorldLand } from './world-land.ts';

/** How two maps are compared: each in its half, or one above the other with a line between them that is moved. */
export type ComparisonMode = 'side' | 'swipe';

export interface ComparisonWords {
  /** What the first map shows, and the second: their periods. */
  left: string;
  right: string;
  /** Name of the line between them, for who does not see it. */
  handle: string;
}

/** A second map beside the page's own, always with the same view, with figures of its own. */
export class SecondMap {
  /** What it shows; everything is cleared with {@link remove}. */
  readonly figures: Promise<AnalysisMap>;
  private readonly map: maplibregl.Map;
  private readonly frame = document.createElement('section');
  private readonly titles = [document.createElement('p'), document.createElement('p')] as const;
  private readonly stops: (() => void)[] = [];
  private swipe: Swipe | undefined;

  /**
   * @param first the page's own map: it gives way while the second is there, and has its room back afterwards
   * @param basemap what replaced the first one's built-in base map, if anything: it does here too
   */
  constructor(first: maplibregl.Map, mode: ComparisonMode, words: ComparisonWords, basemap: string | undefined) {
    let { theme } = useView.getState();
    const container = first.getContainer();
    this.frame.className = 'map-second';
    this.frame.ariaLabel = words.right;
    container.after(this.frame);
    if (mode === 'side') showWithin(first, '50%');
    const canvas = document.createElement('div');
    this.frame.append(canvas);
    wearTheme(this.frame, theme);
    const place = () => this.place(container, mode);
    place();
    const resized = new ResizeObserver(place);
    resized.observe(container);
    this.map = new maplibregl.Map({ ...mapOptions(theme), container: canvas, attributionControl: { compact: true } });
    this.map.touchZoomRotate.disableRotation();
    this.addTitles(container, words);
    if (mode === 'swipe') this.swipe = addSwipe(container, canvas, words.handle);
    this.stops.push(
      () => resized.disconnect(),
      lockViews(first, this.map),
      useView.subscribe((view) => {
        if (view.theme === theme || !this.map.style) return;
        applyTheme(this.map, theme, view.theme);
        wearTheme(this.frame, view.theme);
        theme = view.theme;
      }),
      () => {
        if (mode === 'side') showWithin(first, '');
      },
    );
    this.figures = new Promise((resolve) => {
      this.map.once('style.load', () => {
        showWorldLand(this.map);
        // Where it cannot be used now, the built-in one stands.
        if (basemap) void replaceBasemap(this.map, basemap, theme).catch(() => {});
        const figures = new AnalysisMap(this.map);
        this.stops.push(followFigures(this.map, figures), () => figures.remove());
        resolve(figures);
      });
    });
  }

  /** Writes other periods on the maps. */
  setTitles({ left, right }: Pick<ComparisonWords, 'left' | 'right'>): void {
    this.titles[0].textContent = left;
    this.titles[1].textContent = right;
    this.frame.ariaLabel = right;
  }

  /** The second map itself, to make a picture of. */
  get maplibre(): maplibregl.Map {
    return this.map;
  }

  remove(): void {
    for (const stop of this.stops) stop();
    this.swipe?.remove();
    for (const title of this.titles) title.remove();
    this.map.remove();
    this.frame.remove();
  }

  /** Lays the second map over the first, or beside it, where that is now. */
  private place(container: HTMLElement, mode: ComparisonMode): void {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = container;
    const left = mode === 'side' ? offsetLeft + offsetWidth : offsetLeft;
    Object.assign(this.frame.style, {
      left: `${left}px`,
      top: `${offsetTop}px`,
      width: `${offsetWidth}px`,
      height: `${offsetHeight}px`,
    });
    this.frame.dataset.mode = mode;
  }

  private addTitles(container: HTMLElement, words: ComparisonWords): void {
    for (const [i, title] of this.titles.entries()) {
      title.className = 'map-title';
      title.dataset.side = i === 0 ? 'left' : 'right';
    }
    container.append(this.titles[0]);
    this.frame.append(this.titles[1]);
    this.setTitles(words);
  }
}

/** Gives the map another width, and shows in it what it showed before. @param right what it leaves free, in CSS */
function showWithin(map: maplibregl.Map, right: string): void {
  const bounds = map.getBounds();
  map.getContainer().style.right = right;
  map.resize();
  if (map.style) map.fitBounds(bounds, { animate: false });
}

/** Names and picks what is under the pointer, as the page's own map does. */
function followFigures(map: maplibregl.Map, figures: AnalysisMap): () => void {
  const tooltip = new Tooltip(map.getContainer());
  const leave = () => {
    tooltip.hide();
    figures.leave();
  };
  const move = ({ point }: maplibregl.MapMouseEvent) => {
    const found = map.isMoving() ? undefined : figures.at(point);
    if (found) tooltip.show(found.name, point);
    else leave();
  };
  const click = ({ point }: maplibregl.MapMouseEvent) => figures.at(point)?.click();
  map.on('mousemove', move);
  map.on('mouseout', leave);
  map.on('click', click);
  return () => {
    map.off('mousemove', move);
    map.off('mouseout', leave);
    map.off('click', click);
  };
}
