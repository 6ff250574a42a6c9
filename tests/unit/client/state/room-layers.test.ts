import { afterEach, expect, test } from 'vitest';
import { keepLayersByRoom } from '../../../../client/state/room-layers.ts';
import { DEFAULT_VIEW, encodeView, layersOf, parseView } from '../../../../client/state/url.ts';
import { useView } from '../../../../client/state/view.ts';

const initial = useView.getState();
let stop = () => {};
afterEach(() => {
  stop();
  useView.setState(initial);
});

const go = async (room: 'operasi' | 'perencanaan' | 'analisis') => {
  useView.getState().set({ room });
  await Promise.resolve();
  return useView.getState().layers;
};

test('units and incidents step back where figures and zones are drawn, and are back outside of it', async () => {
  stop = keepLayersByRoom();
  const own = { ...initial.layers, heat: true };
  useView.getState().set({ layers: own });
  expect(await go('analisis')).toMatchObject({ units: false, incidents: false, areas: true });
  expect(await go('operasi')).toEqual(own);
  expect(await go('perencanaan')).toMatchObject({ units: false, incidents: false, areas: true });
  expect(await go('operasi')).toEqual(own);
});

test('what is switched on in the analysis room stays on there', async () => {
  stop = keepLayersByRoom();
  await go('analisis');
  useView.getState().set({ layers: { ...useView.getState().layers, units: true } });
  expect(await go('operasi')).toEqual(initial.layers);
  expect(await go('analisis')).toMatchObject({ units: true, incidents: false });
});

test('a link brings its own layers, whatever its room', async () => {
  stop = keepLayersByRoom();
  const layers = { ...layersOf('analisis'), incidents: true };
  const { view } = parseView(encodeView({ ...DEFAULT_VIEW, room: 'analisis', layers }, undefined));
  expect(view.layers).toEqual(layers);
  useView.getState().set({ room: view.room, layers: view.layers });
  await Promise.resolve();
  expect(useView.getState().layers).toEqual(layers);
  expect(encodeView({ ...DEFAULT_VIEW, room: 'analisis', layers: layersOf('analisis') }, undefined)).toBe(
    'ruang=analisis',
  );
});

test('everybody hears of the newest layers last', async () => {
  stop = keepLayersByRoom();
  const heard: boolean[] = [];
  const stopListening = useView.subscribe((view) => heard.push(view.layers.units));
  await go('analisis');
  stopListening();
  expect(heard.at(-1)).toBe(false);
});
