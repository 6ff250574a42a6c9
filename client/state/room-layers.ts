import { layersOf } from './url.ts';
import { useView, type ViewState } from './view.ts';

/** Each room has layers of its own, and whoever goes from one to the other finds them as they were left. Returns the way to stop it. */
export function keepLayersByRoom(): () => void {
  const left = new Map<ViewState['room'], ViewState['layers']>();
  return useView.subscribe((view, before) => {
    const [now, then] = [view.room, before.room];
    // A link brings its layers along.
    if (now === then || view.layers !== before.layers) return;
    left.set(then, before.layers);
    // Once everybody has heard of the room; told in between, some would hear of the older state last.
    queueMicrotask(() => useView.getState().set({ layers: left.get(now) ?? layersOf(view.room) }));
  });
}
