import type { PlanMap } from '../map/plan-map.ts';
import { useView } from '../state/view.ts';
import { figuresOf, loadOf, type PlanFigures } from './figures.ts';
import { labelPlaces } from './labels.ts';
import { deviationColour, zoneColour } from './looks.ts';
import type { OpenPlan } from './open-plan.ts';
import { usePlanning } from './state.ts';

/** Keeps the map in step with a plan: its zones, the stroke, the ghost, what is pointed at. Returns the way to stop it. */
export function drawPlan(map: PlanMap, open: OpenPlan): () => void {
  let labels = '';
  const draw = () => {
    const { colours: by, lit, ghost, moved, zone: active } = usePlanning.getState();
    const { theme } = useView.getState();
    const figures = ghost && ghost.before === open.content ? previewOf(open, ghost.after) : open.figures;
    const { zones } = figures.content;
    const { zoneOf } = figures.assignment;
    const colours = zones.map((zone, index) =>
      by === 'workload'
        ? deviationColour(figures.balance?.zones[index]?.deviation, theme)
        : zoneColour(zone.colour, theme),
    );
    const changed = figures === open.figures ? undefined : changedAreas(open.figures, figures);
    const litAreas = new Set(lit ? open.areasOf(lit.codes) : []);
    const { code } = open.ground;
    map.show({
      zoneOf,
      colours: Array.from(zoneOf, (zone) => colours[zone] ?? ''),
      hatched: (area) => changed?.has(area) ?? moved?.has(code[area] ?? '') ?? false,
      lit: (area) => litAreas.has(area),
    });
    const places = labelPlaces(open.ground, zoneOf, zones.length);
    const next = zones.flatMap(({ id, name, locked }, index) => {
      const place = places[index];
      return place ? [{ ...place, text: name, locked, active: id === active }] : [];
    });
    const key = JSON.stringify(next);
    if (key !== labels) map.setLabels(next);
    labels = key;
  };
  draw();
  const stops = [open.subscribe(draw), usePlanning.subscribe(draw), followTheme(draw)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The figures of a plan as it would be with another content. */
export function previewOf(open: OpenPlan, content: PlanFigures['content']): PlanFigures {
  const known = previews.get(content);
  if (known && known.load === open.workload) return known.figures;
  const load = open.workload;
  const figures = figuresOf(open.ground, content, load && loadOf(load.columns, content));
  previews.set(content, { load, figures });
  return figures;
}
const previews = new WeakMap<PlanFigures['content'], { load: OpenPlan['workload']; figures: PlanFigures }>();

function changedAreas(before: PlanFigures, after: PlanFigures): Set<number> {
  const idOf = ({ assignment }: PlanFigures, area: number) => assignment.zones[assignment.zoneOf[area] ?? -1];
  const areas = [...before.assignment.zoneOf.keys()];
  return new Set(areas.filter((area) => idOf(before, area) !== idOf(after, area)));
}

function followTheme(callback: () => void): () => void {
  let { theme } = useView.getState();
  return useView.subscribe((view) => {
    if (view.theme === theme) return;
    theme = view.theme;
    callback();
  });
}
