import { useEffect, useRef, useState } from 'react';
import { logPicture } from '../../api/pictures.ts';
import { type Picture, paperPicture } from '../../map/paper-picture.ts';
import { useSession } from '../../session.ts';
import { useView } from '../../state/view.ts';
import { useAnalysis } from '../state.ts';
import type { Brief } from './brief-of.ts';

/** On what leaves there are figures and ground alone: no live units, no single incidents. */
export const FIGURES_ALONE = { areas: true, units: false, incidents: false, heat: false, places: false };

/** As long as it is mounted, the page is as paper wants it: light, and on the map nothing but figures. Whether it is. */
export function usePaper(): boolean {
  const isLight = useView(({ theme, layers }) => theme === 'light' && !layers.units && !layers.incidents);
  useEffect(() => {
    const { theme, layers, set } = useView.getState();
    const { view, spec } = useAnalysis.getState();
    const isDrawn = view === 'map' || (view === 'compare' && Boolean(spec?.baseline));
    set({ theme: 'light', layers: FIGURES_ALONE });
    if (!isDrawn) useAnalysis.getState().set({ view: 'map' });
    document.documentElement.dataset.paper = '';
    return () => {
      set({ theme, layers });
      if (!isDrawn) useAnalysis.getState().set({ view });
      delete document.documentElement.dataset.paper;
    };
  }, []);
  return isLight;
}

/** The picture of the map, once that is as it should be; why there is none. */
export function usePicture(isWanted: boolean): { data: Picture | undefined; problem: string | undefined } {
  const map = useSession((session) => session.map);
  const failed = useSession((session) => session.mapFailed);
  const [state, setState] = useState<{ data: Picture | undefined; problem: string | undefined }>({
    data: undefined,
    problem: undefined,
  });
  const begun = useRef(false);
  useEffect(() => {
    if (!isWanted || !map) return;
    // Once begun it is finished: the map is put back at its end.
    if (begun.current) return;
    begun.current = true;
    paperPicture(map.map).then(
      (data) => setState({ data, problem: undefined }),
      (error: Error) => setState({ data: undefined, problem: error.message }),
    );
  }, [isWanted, map]);
  return failed ? { data: undefined, problem: 'WebGL' } : state;
}

/** Has the print written down, once, as soon as it is known what it is of; what must stand on it. */
export function useRecord(brief: Pick<Brief, 'title' | 'spec'> | undefined) {
  const [state, setState] = useState<{ watermark?: string; problem?: string }>({});
  const asked = useRef(false);
  useEffect(() => {
    if (!brief || asked.current) return;
    asked.current = true;
    logPicture({ kind: 'print', title: brief.title, spec: brief.spec }).then(
      ({ watermark }) => setState({ watermark }),
      (error: Error) => setState({ problem: error.message }),
    );
  }, [brief]);
  return { watermark: state.watermark, problem: state.problem };
}
