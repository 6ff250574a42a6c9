import { type Camera, encodeView, parseView } from './url.ts';
import { useView } from './view.ts';

const DELAY_MS = 250;

/** Puts the address's view into the state. */
export function restoreView(): void {
  useView.getState().set(parseView(location.search).view);
}

/** Where the map is to look, if the address says so. */
export function restoredCamera(): Camera | undefined {
  return parseView(location.search).camera;
}

/** Keeps the address in step with the view, without adding to the history. */
export function followView(camera: () => Camera | undefined): { cameraMoved(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    const query = encodeView(useView.getState(), camera());
    history.replaceState(null, '', query ? `?${query}` : location.pathname);
  };
  const later = () => {
    timer ??= setTimeout(write, DELAY_MS);
  };
  const stop = useView.subscribe(later);
  return {
    cameraMoved: later,
    stop() {
      clearTimeout(timer);
      stop();
    },
  };
}
