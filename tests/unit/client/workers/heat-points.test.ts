import { expect, test } from 'vitest';
import { toColumns } from '../../../../client/incidents/columns.ts';
import { ClusterIndex } from '../../../../client/workers/cluster-index.ts';
import { heatGeoJson } from '../../../../client/workers/heat-points.ts';
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
  const { text, shown, leftOut } = heatGeoJson(index.rows());
  expect({ shown, leftOut }).toEqual({ shown: 2, leftOut: 1 });
  const { features } = JSON.parse(text) as { features: { geometry: { coordinates: number[] } }[] };
  expect(features.map(({ geometry }) => geometry.coordinates)).toEqual([
    [106.8, -6.2],
    [107, -6],
  ]);
});
