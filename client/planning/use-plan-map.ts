import { useEffect, useState } from 'react';
import type { PlanMap } from '../map/plan-map.ts';
import { notify } from '../notify.ts';
import { useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import { borderLines } from './border-lines.ts';
import { useConflictWords } from './conflict-words.ts';
import { drawPlan } from './draw.ts';
import { zoneColour } from './looks.ts';
import { painterOf } from './paint/painter.ts';
import { useOpened } from './plan-context.ts';
import { usePlanning } from './state.ts';
import { usePlanningTexts } from './words.ts';

/** The plan on the map while it is open: zones, strokes of the tool in hand, others' cursors. Undefined without a map. */
export function usePlanMap(): PlanMap | undefined {
  const session = useSession(({ map }) => map);
  const { open } = useOpened();
  const [map, setMap] = useState<PlanMap>();
  useEffect(() => {
    let wanted = true;
    let stop = () => {};
    void session?.planning().then((ready) => {
      if (!wanted) return;
      ready.open(open.level, open.answer.code, borderLines(open.borders));
      const stopDrawing = drawPlan(ready, open);
      stop = () => {
        stopDrawing();
        ready.close();
      };
      setMap(ready);
    });
    return () => {
      wanted = false;
      stop();
      setMap(undefined);
    };
  }, [session, open]);
  useFirstLook(map);
  usePainting(map);
  useCursors(map);
  return map;
}

/** Brings the whole plan into the window when none of it is there. */
function useFirstLook(map: PlanMap | undefined): void {
  const { open } = useOpened();
  useEffect(() => {
    const controller = useSession.getState().map;
    const bounds = open.finder.boundsOf(open.answer.code.keys());
    if (!map || !controller || !bounds) return;
    const [west, south, east, north] = controller.bounds();
    const isSeen = bounds[0] < east && bounds[2] > west && bounds[1] < north && bounds[3] > south;
    const isSmall = bounds[2] - bounds[0] < (east - west) / 4;
    if (!isSeen || isSmall) controller.fitBounds(bounds);
  }, [map, open]);
}

/** Says what is under the pointer, and hands strokes to the tool in hand. */
function usePainting(map: PlanMap | undefined): void {
  const { t } = usePlanningTexts();
  const { open, live, editable } = useOpened();
  const conflictWords = useConflictWords();
  const tool = usePlanning((planning) => planning.tool);
  const isTaken = useView((view) => view.tool === 'paint');

  useEffect(() => {
    if (!map) return;
    const name = (area: number | undefined) => {
      if (area === undefined) return '';
      const { ground, answer, workload } = open;
      const load = workload && t('zone.workload', { value: workload.workload[area] ?? 0, formatParams: ROUND });
      const within = answer.kecamatanName[answer.kecamatan[area] ?? ''];
      const place = [answer.name[area] ?? ground.code[area], within].filter(Boolean).join(', ');
      return [place, open.zoneAt(area)?.name ?? t('tool.free'), load].filter(Boolean).join(' · ');
    };
    map.ask((at) => {
      const area = open.finder.at(at);
      if (area === undefined) return undefined;
      return { name: name(area), click: () => usePlanning.setState({ zone: open.zoneAt(area)?.id, tab: 'zones' }) };
    });
    if (!tool || !isTaken || !editable) return;
    map.takeStrokes(
      painterOf(tool, open, map, {
        name,
        refused(why) {
          const { zone } = usePlanning.getState();
          const held = open.content.zones.find(({ id }) => id === zone)?.name ?? '';
          const words = { none: t('tool.none'), 'no-zone': t('tool.noZone'), locked: t('tool.locked', { zone: held }) };
          notify({ id: 'plan-refused', message: words[why] });
        },
        done({ conflict, kept }) {
          if (conflict) notify({ id: 'plan-refused', color: 'yellow', message: conflictWords(conflict, open.content) });
          else if (kept > 0) notify({ id: 'plan-kept', message: t('tool.kept', { count: kept }) });
        },
        at: ([lon, lat]) => live.point(lon, lat, usePlanning.getState().zone ?? null),
      }),
    );
    return () => map.takeStrokes(undefined);
  }, [map, open, live, tool, isTaken, editable, t, conflictWords]);

  // The page's own Escape lays any tool down.
  useEffect(() => {
    if (!isTaken) usePlanning.setState({ tool: undefined });
  }, [isTaken]);
  useEffect(
    () => () => {
      if (useView.getState().tool === 'paint') useView.getState().set({ tool: 'select' });
    },
    [],
  );
}
const ROUND = { value: { maximumFractionDigits: 1 } };

function useCursors(map: PlanMap | undefined): void {
  const { open, planners } = useOpened();
  const theme = useView((view) => view.theme);
  useEffect(() => {
    map?.setCursors(
      planners.map(({ who, actor, lon, lat, zone }) => {
        const held = open.content.zones.find(({ id }) => id === zone);
        return { who, name: actor, lon, lat, colour: held && zoneColour(held.colour, theme) };
      }),
    );
  }, [map, open, planners, theme]);
}
