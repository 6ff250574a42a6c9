import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FilteredPoints } from '../../../../client/incidents/filtered-points.ts';
import { IncidentPointStore } from '../../../../client/incidents/point-store.ts';
import { newestFirst, WindowFeed } from '../../../../client/operations/window-feed.ts';
import { NO_FILTER } from '../../../../client/state/view.ts';
import { arbitraryIncident, incidentPoint } from '../../../support/incident-points.ts';

const ALL = { ...NO_FILTER, hours: undefined };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('after any changes the list is what passes and lies in the window, newest first', () => {
  const put = fc.record({ kind: fc.constant('put' as const), which: fc.nat(30), fields: arbitraryIncident });
  const look = fc.record({
    kind: fc.constant('look' as const),
    west: fc.double({ min: 106.6, max: 106.9, noNaN: true }),
  });
  const filter = fc.record({
    kind: fc.constant('filter' as const),
    statuses: fc.subarray(['new', 'resolved'] as const),
  });
  const wait = fc.record({ kind: fc.constant('wait' as const) });
  const steps = fc.array(fc.oneof({ weight: 5, arbitrary: put }, look, filter, wait), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (changes) => {
      const store = new IncidentPointStore();
      const shown = new FilteredPoints(store, ALL);
      const feed = new WindowFeed(shown);
      let west = -180;
      changes.forEach((change, version) => {
        if (change.kind === 'put') {
          const data = incidentPoint({ ...change.fields, id: String(change.which), version: version + 1 });
          store.apply({ kind: 'incident.created', subject: data.id, cursor: '', data });
        } else if (change.kind === 'look') {
          west = change.west;
          feed.setWindow([west, -7, 107, -6]);
        } else if (change.kind === 'filter') shown.setFilter({ ...ALL, statuses: [...change.statuses] });
        else vi.advanceTimersByTime(200);
      });
      vi.advanceTimersByTime(200);
      const expected = [...shown.points.values()].filter(({ lon }) => lon >= west).sort(newestFirst);
      expect(feed.current().items).toEqual(expected);
      expect(feed.current().outside).toBe(shown.points.size - expected.length);
      feed.close();
    }),
  );
});

test('arrivals do not send the list back to its top; another window does', () => {
  const store = new IncidentPointStore();
  const feed = new WindowFeed(new FilteredPoints(store, ALL));
  const arrive = (id: string) => {
    const data = incidentPoint({ id });
    store.apply({ kind: 'incident.created', subject: id, cursor: '', data });
    vi.advanceTimersByTime(200);
  };
  arrive('a');
  const { epoch } = feed.current();
  arrive('b');
  expect(feed.current()).toMatchObject({ epoch, outside: 0 });
  feed.setWindow([0, 0, 1, 1]);
  vi.advanceTimersByTime(200);
  expect(feed.current()).toEqual({ epoch: epoch + 1, outside: 2, items: [] });
  feed.close();
});
