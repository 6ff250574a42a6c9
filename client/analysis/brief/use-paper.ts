import { useEffect, useState } from 'react';
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
    const { view } = useAnalysis.getState();
    const isDrawn = view === 'map' || view === 'compare';
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
  useEffect(() => {
    if (!isWanted || !map) return;
    let left = false;
    paperPicture(map.map).then(
      (data) => !left && setState({ data, problem: undefined }),
      (error: Error) => !left && setState({ data: undefined, problem: error.message }),
    );
    return () => {
      left = true;
    };
  }, [isWanted, map]);
  return failed ? { data: undefined, problem: 'WebGL' } : state;
}

/** Has the print written down, once, as soon as it is known what it says; what must stand on it. */
export function useRecord(brief: Pick<Brief, 'title' | 'spec'> | undefined) {
  const [state, setState] = useState<{ watermark?: string; problem?: string }>({});
  const title = brief?.title;
  const spec = brief?.spec;
  useEffect(() => {
    if (!title || !spec) return;
    let left = false;
    logPicture({ kind: 'print', title, spec }).then(
      ({ watermark }) => !left && setState({ watermark }),
      (error: Error) => !left && setState({ problem: error.message }),
    );
    return () => {
      left = true;
    };
  }, [title, spec]);
  return { watermark: state.watermark, problem: state.problem };
}
