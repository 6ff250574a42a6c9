import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesFilter } from '../../../../client/incidents/filter.ts';
import { type FilteredChange, FilteredPoints } from '../../../../client/incidents/filtered-points.ts';
import { IncidentPointStore, type PointsChange } from '../../../../client/incidents/point-store.ts';
import type { LiveEvent } from '../../../../client/live/client.ts';
import { type IncidentFilter, NO_FILTER } from '../../../../client/state/view.ts';
import type { IncidentPoint } from '../../../../shared/schemas/incident.ts';
import { arbitraryIncident, incidentPoint } from '../../../support/incident-points.ts';

const ALL: IncidentFilter = { ...NO_FILTER, hours: undefined };
const created = (data: IncidentPoint): LiveEvent => ({ kind: 'incident.created', subject: data.id, cursor: '', data });
const changed = (data: IncidentPoint): LiveEvent => ({ kind: 'incident.changed', subject: data.id, cursor: '', data });

function watched(store: IncidentPointStore): PointsChange[] {
  const changes: PointsChange[] = [];
  store.onChange((change) => changes.push(change));
  return changes;
}

describe('the store', () => {
  const first = incidentPoint({ id: 'a' });
  const second = { ...first, version: 2, status: 'verified' as const };

  test('an older version never replaces a newer one', () => {
    const store = new IncidentPointStore();
    const changes = watched(store);
    store.apply(changed(second));
    store.apply(created(first));
    store.load([first]);
    expect(store.points.get('a')).toBe(second);
    expect(changes).toHaveLength(1);
  });

  test('what a snapshot had is no arrival, nor is a change of something unknown', () => {
    const store = new IncidentPointStore();
    store.load([first]);
    const changes = watched(store);
    store.apply(created(first));
    store.apply(changed(incidentPoint({ id: 'b' })));
    store.apply(created(incidentPoint({ id: 'c' })));
    expect(changes.map(({ arrived }) => arrived.map(({ id }) => id))).toEqual([[], ['c']]);
  });

  test('a new snapshot reports only what differs', () => {
    const store = new IncidentPointStore();
    store.load([first, incidentPoint({ id: 'b' })]);
    const changes = watched(store);
    store.load([second]);
    expect(changes).toEqual([{ upserted: [second], removed: ['b'], arrived: [] }]);
    store.load([second]);
    expect(changes).toHaveLength(1);
  });

  test('what went where this viewer may not look is gone', () => {
    const store = new IncidentPointStore();
    store.load([incidentPoint({ id: 'a' }), incidentPoint({ id: 'b' })]);
    const changes: PointsChange[] = [];
    store.onChange((change) => changes.push(change));
    for (let i = 0; i < 2; i++) {
      store.apply({ kind: 'incident.withdrawn', subject: 'a', cursor: '', data: { id: 'a' } });
    }
    expect([...store.points.keys()]).toEqual(['b']);
    expect(changes).toEqual([{ upserted: [], removed: ['a'], arrived: [] }]);
  });

  test('events of other kinds are not its business', () => {
    const store = new IncidentPointStore();
    const unit = { id: 1 } as never;
    store.apply({ kind: 'unit.changed', subject: '1', cursor: '', data: unit });
    expect(store.points.size).toBe(0);
  });

  test('gives what passes earliest recorded first', () => {
    const store = new IncidentPointStore();
    store.load([
      incidentPoint({ id: 'c', createdAt: 2 }),
      incidentPoint({ id: 'b', createdAt: 1 }),
      incidentPoint({ id: 'a', createdAt: 1, category: 'sar' }),
      incidentPoint({ id: 'a2', createdAt: 1 }),
    ]);
    expect(store.filtered({ ...ALL, categories: ['kamtibmas'] }, 0).map(({ id }) => id)).toEqual(['a2', 'b', 'c']);
  });
});

describe('the filtered set', () => {
  test('kept step by step, it is what a pass over all would give, and its changes add up to it', () => {
    const filters = fc.record({
      categories: fc.subarray(['kamtibmas', 'pemilu', 'bencana'] as const),
      statuses: fc.subarray(['new', 'verified', 'resolved'] as const),
      hours: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      area: fc.constantFrom(undefined, '98.71', '98.7', '98.71.01.1001'),
    });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), which: fc.nat(20), fields: arbitraryIncident }),
      fc.record({ kind: fc.constant('filter' as const), filter: filters }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(100 * 3_600_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = 0;
        let version = 0;
        const store = new IncidentPointStore();
        let filter = ALL;
        const set = new FilteredPoints(store, filter, () => now);
        const followed = new Map<string, IncidentPoint>();
        set.onChange((change: FilteredChange) => {
          if (change.kind === 'reset') {
            followed.clear();
            for (const point of change.points) followed.set(point.id, point);
            return;
          }
          for (const id of change.removed) followed.delete(id);
          for (const point of change.upserted) followed.set(point.id, point);
        });
        for (const one of steps) {
          if (one.kind === 'put') {
            store.apply(created(incidentPoint({ ...one.fields, id: String(one.which), version: ++version })));
          } else if (one.kind === 'filter') {
            filter = { ...ALL, ...one.filter, categories: [...one.filter.categories] };
            set.setFilter(filter);
          } else {
            now += one.ms;
            set.tick();
          }
          // Between ticks nothing grows old, so age is judged here as of the last of them.
          const expected = [...store.points.values()].filter((point) => matchesFilter(filter, point, now));
          expect(new Set(set.points.values())).toEqual(new Set(expected));
          expect(followed).toEqual(set.points);
          expect(set.counts()).toEqual({
            total: store.points.size,
            shown: expected.length,
            waiting: expected.filter(({ status }) => status === 'new').length,
            patrol: expected.filter(({ source }) => source === 'patrol').length,
          });
        }
      }),
    );
  });

  test('tells of arrivals that pass, and of no others', () => {
    const store = new IncidentPointStore();
    const set = new FilteredPoints(store, { ...ALL, categories: ['sar'] });
    const arrived: string[] = [];
    const stop = set.onArrivals((points) => arrived.push(...points.map(({ id }) => id)));
    store.apply(created(incidentPoint({ id: 'a' })));
    store.apply(created(incidentPoint({ id: 'b', category: 'sar' })));
    store.apply(changed(incidentPoint({ id: 'b', category: 'sar', version: 2 })));
    stop();
    store.apply(created(incidentPoint({ id: 'c', category: 'sar' })));
    expect(arrived).toEqual(['b']);
  });

  test('counts are the same object until they change', () => {
    const store = new IncidentPointStore();
    const set = new FilteredPoints(store, ALL);
    let told = 0;
    set.onCounts(() => told++);
    store.apply(created(incidentPoint({ id: 'a' })));
    const counts = set.counts();
    store.apply(changed(incidentPoint({ id: 'a', version: 2, title: 'Lain' })));
    expect(set.counts()).toBe(counts);
    expect(told).toBe(1);
  });
});
