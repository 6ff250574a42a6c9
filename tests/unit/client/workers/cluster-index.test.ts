import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toColumns } from '../../../../client/incidents/columns.ts';
import type { Bounds } from '../../../../client/live/client.ts';
import { CLUSTER_MAX_ZOOM, CLUSTER_RADIUS, ClusterIndex } from '../../../../client/workers/cluster-index.ts';
import { INCIDENT_CATEGORIES, type IncidentPoint, SEVERITIES } from '../../../../shared/schemas/incident.ts';
import { arbitraryIncident, incidentPoint } from '../../../support/incident-points.ts';

const WORLD: Bounds = [-180, -90, 180, 90];
const CATEGORIES = INCIDENT_CATEGORIES.length;

/** The id of these tests' incidents is their slot. */
const columns = (...points: IncidentPoint[]) => toColumns(points, Number);

function indexOf(...points: IncidentPoint[]): ClusterIndex {
  const index = new ClusterIndex();
  index.reset(columns(...points));
  return index;
}

/** The clusters as plain rows. */
function rows(index: ClusterIndex, zoom: number, bounds = WORLD) {
  const found = index.clusters(bounds, zoom);
  return Array.from(found.identity, (identity, row) => ({
    identity,
    lon: found.lon[row],
    lat: found.lat[row],
    count: found.count[row],
    waiting: found.waiting[row],
    open: found.open[row],
    worst: found.worst[row],
    categories: [...found.categories.subarray(row * CATEGORIES, (row + 1) * CATEGORIES)],
    expansion: found.expansion[row],
  }));
}

const zooms = fc.double({ min: 0, max: 22, noNaN: true });

describe('clusters keep still', () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), fields: arbitraryIncident }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('change' as const), which: fc.nat(), fields: arbitraryIncident }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
    ),
    { minLength: 1, maxLength: 40 },
  );

  test('adding, changing or removing one incident touches only the clusters it leaves or joins', () => {
    fc.assert(
      fc.property(fc.array(arbitraryIncident, { maxLength: 300 }), steps, zooms, (initial, changes, zoom) => {
        const points = initial.map((fields, slot) => incidentPoint({ ...fields, id: String(slot), createdAt: slot }));
        const index = indexOf(...points);
        const alive = new Map(points.map((point) => [point.id, point]));
        let before = rows(index, zoom);
        let slots = points.length;
        for (const change of changes) {
          const known = [...alive.keys()];
          const id = change.kind === 'add' ? String(slots++) : known[change.which % known.length];
          if (id === undefined) continue;
          const touchedBefore = new Set(index.members(Number(id), zoom));
          if (change.kind === 'remove') {
            index.remove(Uint32Array.of(Number(id)));
            alive.delete(id);
          } else {
            const createdAt = alive.get(id)?.createdAt ?? slots;
            const point = incidentPoint({ ...change.fields, id, createdAt });
            index.upsert(columns(point));
            alive.set(id, point);
          }
          const touched = new Set([...touchedBefore, ...index.members(Number(id), zoom), Number(id)]);
          const after = rows(index, zoom);
          const untouched = (list: typeof after) => list.filter(({ identity }) => !touched.has(identity));
          expect(untouched(after)).toEqual(untouched(before));
          expect(after.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(alive.size);
          before = after;
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a new incident leaves every other cluster as it was, and moves no cluster, not even its own', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryIncident, { maxLength: 400 }),
        arbitraryIncident,
        zooms,
        (initial, fields, zoom) => {
          const points = initial.map((one, slot) => incidentPoint({ ...one, id: String(slot), createdAt: slot }));
          const index = indexOf(...points);
          const before = rows(index, zoom);
          const slot = points.length;
          index.upsert(columns(incidentPoint({ ...fields, id: String(slot), createdAt: slot })));
          const after = rows(index, zoom);
          const joined = Math.min(...index.members(slot, zoom));
          expect(after.filter(({ identity }) => identity !== joined)).toEqual(
            before.filter(({ identity }) => identity !== joined),
          );
          const places = (list: typeof after) => list.map(({ identity, lon, lat }) => ({ identity, lon, lat }));
          expect(places(after).slice(0, before.length)).toEqual(places(before));
          expect(after.length - before.length).toBe(joined === slot ? 1 : 0);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('the order in which a page learned of incidents and the order of a fresh load give the same clusters', () => {
    fc.assert(
      fc.property(fc.array(arbitraryIncident, { minLength: 1, maxLength: 200 }), zooms, (incidents, zoom) => {
        const points = incidents.map((one, slot) => incidentPoint({ ...one, id: String(slot), createdAt: slot }));
        const grown = new ClusterIndex();
        for (const point of points) grown.upsert(columns(point));
        expect(rows(grown, zoom)).toEqual(rows(indexOf(...points), zoom));
      }),
    );
  });
});

test('a cluster is known by its earliest incident and stands at its place; seeds are a radius apart', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIncident, { minLength: 2, maxLength: 200 }), fc.nat(20), (incidents, zoom) => {
      const points = incidents.map((one, slot) => incidentPoint({ ...one, id: String(slot), createdAt: slot }));
      const index = indexOf(...points);
      const found = rows(index, zoom);
      for (const { identity, lon, lat, count } of found) {
        const members = [...index.members(identity, zoom)];
        expect(identity).toBe(Math.min(...members));
        expect(members).toHaveLength(count ?? 0);
        expect({ lon, lat }).toEqual({ lon: points[identity]?.lon, lat: points[identity]?.lat });
      }
      const pixels = 512 * 2 ** zoom;
      const y = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
      found.forEach((a, at) => {
        for (const b of found.slice(at + 1)) {
          const apart = Math.hypot(((a.lon ?? 0) - (b.lon ?? 0)) / 360, y(a.lat ?? 0) - y(b.lat ?? 0)) * pixels;
          // Supercluster keeps places in steps of 2^-30 of the world.
          expect(apart).toBeGreaterThan(CLUSTER_RADIUS - 2 * pixels * 2 ** -30);
        }
      });
    }),
    { numRuns: 50 },
  );
});

describe('what a cluster amounts to', () => {
  test('counts by category, how many wait, and the worst of those that are not closed', () => {
    const index = indexOf(
      incidentPoint({ id: '0', category: 'bencana', severity: 'critical', status: 'resolved' }),
      incidentPoint({ id: '1', category: 'pemilu', severity: 'moderate', status: 'new', createdAt: 1 }),
      incidentPoint({ id: '2', category: 'bencana', severity: 'serious', status: 'on_scene', createdAt: 2 }),
    );
    const categories = INCIDENT_CATEGORIES.map((category) => ({ pemilu: 1, bencana: 2 })[category as string] ?? 0);
    expect(rows(index, 10)).toEqual([
      {
        identity: 0,
        lon: 106.8,
        lat: -6.2,
        count: 3,
        waiting: 1,
        open: 2,
        worst: SEVERITIES.indexOf('serious'),
        categories,
        expansion: CLUSTER_MAX_ZOOM + 1,
      },
    ]);
  });

  test('when all are closed, the worst of all', () => {
    const index = indexOf(incidentPoint({ id: '0', severity: 'critical', status: 'resolved' }));
    expect(rows(index, 10)).toMatchObject([{ worst: SEVERITIES.indexOf('critical'), open: 0, waiting: 0 }]);
  });

  test('it falls apart at the zoom at which its farthest incident is out of reach', () => {
    const index = indexOf(incidentPoint({ id: '0' }), incidentPoint({ id: '1', lon: 106.801, createdAt: 1 }));
    const [cluster] = rows(index, 10);
    const expansion = cluster?.expansion ?? 0;
    expect(rows(index, expansion - 1)).toHaveLength(1);
    expect(rows(index, expansion)).toHaveLength(2);
  });

  test('incidents of one place stay one symbol at every zoom, their list newest first', () => {
    const index = indexOf(...[0, 1, 2].map((at) => incidentPoint({ id: String(at), createdAt: at })));
    expect(rows(index, 22)).toMatchObject([{ count: 3, expansion: CLUSTER_MAX_ZOOM + 1 }]);
    expect([...index.members(0, 22)]).toEqual([2, 1, 0]);
  });

  test('what has left holds the place of its cluster, but is neither counted nor its name', () => {
    const near = { lon: 106.8001 };
    const index = indexOf(
      incidentPoint({ id: '0' }),
      incidentPoint({ id: '1', createdAt: 1, ...near }),
      incidentPoint({ id: '2', createdAt: 2, ...near }),
    );
    index.remove(Uint32Array.of(0));
    expect(rows(index, 10)).toMatchObject([{ identity: 1, lon: 106.8, count: 2 }]);
    index.remove(Uint32Array.of(1));
    expect(rows(index, 10)).toMatchObject([{ identity: 2, ...near, count: 1 }]);
    index.remove(Uint32Array.of(2));
    expect(rows(index, 10)).toEqual([]);
  });

  test('a window gives what stands in it, also across the date line', () => {
    const index = indexOf(
      incidentPoint({ id: '0', lon: 179.9, lat: 0 }),
      incidentPoint({ id: '1', lon: -179.9, lat: 0, createdAt: 1 }),
      incidentPoint({ id: '2', lon: 106.8, createdAt: 2 }),
    );
    expect(rows(index, 12, [179, -1, 181, 1])).toHaveLength(2);
    expect(rows(index, 12, [106.7, -6.3, 106.9, -6.1])).toMatchObject([{ identity: 2 }]);
  });
});
