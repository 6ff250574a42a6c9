import { expect, test } from 'vitest';
import { toColumns } from '../../../../client/incidents/columns.ts';
import { ClusterIndex } from '../../../../client/workers/cluster-index.ts';
import { heatPoints } from '../../../../client/workers/heat-points.ts';
import { incidentPoint } from '../../../support/incident-points.ts';

test('the heat leaves out what patrols found and what has left, and says how many it left out', () => {
  const index = new ClusterIndex();
  const points = [
    incidentPoint({ id: '0' }),
    incidentPoint({ id: '1', source: 'patrol' }),
    incidentPoint({ id: '2', source: 'radio', lon: 107, lat: -6 }),
    incidentPoint({ id: '3' }),
  ];
  index.reset(toColumns(points, Number));
  index.remove(Uint32Array.of(3));
  const { text, shown, leftOut } = heatPoints(index.rows());
  expect({ shown, leftOut }).toEqual({ shown: 2, leftOut: 1 });
  const { features } = JSON.parse(text) as { features: { geometry: { coordinates: number[] } }[] };
  expect(features.map(({ geometry }) => geometry.coordinates)).toEqual([
    [106.8, -6.2],
    [107, -6],
  ]);
});

test('the densest places are just the brightest, and a few incidents never are', () => {
  const index = new ClusterIndex();
  const at = (count: number) => {
    index.reset(
      toColumns(
        Array.from({ length: count }, (_, slot) => incidentPoint({ id: String(slot) })),
        Number,
      ),
    );
    return heatPoints(index.rows()).intensities.map(([, intensity]) => intensity);
  };
  const few = at(1);
  expect(at(3)).toEqual(few);
  for (const [zoom, intensity] of at(600).entries()) expect(intensity).toBeCloseTo((few[zoom] ?? 0) / 100);
});
