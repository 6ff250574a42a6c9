import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ClusterFeed, type ClusterView } from '../../../../client/incidents/cluster-feed.ts';
import { FilteredPoints } from '../../../../client/incidents/filtered-points.ts';
import { IncidentPointStore } from '../../../../client/incidents/point-store.ts';
import type { Bounds } from '../../../../client/live/client.ts';
import { NO_FILTER } from '../../../../client/state/view.ts';
import type { Port } from '../../../../client/workers/call.ts';
import { ClusterIndex } from '../../../../client/workers/cluster-index.ts';
import type { IncidentPoint } from '../../../../shared/schemas/incident.ts';
import { incidentPoint } from '../../../support/incident-points.ts';

const ALL = { ...NO_FILTER, hours: undefined };
const HERE: Bounds = [106.7, -6.3, 106.9, -6.1];
const point = (id: string, fields: Partial<IncidentPoint> = {}) =>
  incidentPoint({ id, createdAt: Number.parseInt(id, 36), ...fields });

/** A worker in the same thread that answers when it is told to. */
class HeldWorker implements Port {
  readonly index = new ClusterIndex();
  questions = 0;
  private readonly waiting: (() => void)[] = [];
  private listener: (event: MessageEvent) => void = () => {};

  addEventListener(_type: 'message', listener: (event: MessageEvent) => void): void {
    this.listener = listener;
  }

  postMessage(message: unknown): void {
    const { id, name, args } = message as { id: number; name: string; args: never[] };
    if (name === 'clusters') this.questions++;
    this.waiting.push(() => this.listener({ data: { id, value: this.answer(name, args) } } as MessageEvent));
  }

  /** Answers everything asked so far, and lets the page go on. */
  async work(): Promise<void> {
    for (const answer of this.waiting.splice(0)) answer();
    await vi.advanceTimersByTimeAsync(1000);
  }

  private answer(name: string, args: never[]): unknown {
    const [first, second, third] = args;
    if (name === 'reset' && first) return this.index.reset(first);
    if (name === 'members' && second !== undefined) return this.index.members(first ?? 0, second);
    if (name === 'update' && first && second) {
      this.index.upsert(first);
      return this.index.remove(second);
    }
    const columns = this.index.clusters(first ?? HERE, second ?? 0);
    return { columns, selected: third };
  }
}

describe('the cluster feed', () => {
  let store: IncidentPointStore;
  let worker: HeldWorker;
  let feed: ClusterFeed;
  let views: ClusterView[];
  beforeEach(() => {
    vi.useFakeTimers();
    store = new IncidentPointStore();
    worker = new HeldWorker();
    feed = new ClusterFeed(new FilteredPoints(store, ALL), worker);
    views = [];
    feed.onClusters((view) => views.push(view));
  });
  afterEach(() => {
    feed.close();
    vi.useRealTimers();
  });
  const arrive = (data: IncidentPoint) => store.apply({ kind: 'incident.created', subject: data.id, cursor: '', data });
  const counts = () => [...(views.at(-1)?.columns.count ?? [])];

  test('asks when there is a window, and again when something comes; ids go with the slots', async () => {
    store.load([point('b'), point('a')]);
    await worker.work();
    expect(worker.questions).toBe(0);
    feed.setWindow(HERE, 12);
    await worker.work();
    expect(counts()).toEqual([2]);
    expect(feed.idOf(views.at(-1)?.columns.identity[0] ?? -1)).toBe('a');
    arrive(point('c'));
    await worker.work();
    expect(counts()).toEqual([3]);
  });

  test('asks one thing at a time: a burst of incidents is one question more', async () => {
    feed.setWindow(HERE, 12);
    for (const id of ['a', 'b', 'c', 'd']) arrive(point(id));
    expect(worker.questions).toBe(1);
    await worker.work();
    expect(worker.questions).toBe(2);
    await worker.work();
    expect(counts()).toEqual([4]);
    expect(worker.questions).toBe(2);
  });

  test('small movements within the margin ask nothing; another zoom and far ones do', async () => {
    feed.setWindow(HERE, 12);
    await worker.work();
    feed.setWindow([106.72, -6.28, 106.92, -6.08], 12.5);
    expect(worker.questions).toBe(1);
    feed.setWindow(HERE, 13);
    await worker.work();
    expect(worker.questions).toBe(2);
    feed.setWindow([107.7, -6.3, 107.9, -6.1], 13);
    await worker.work();
    expect(worker.questions).toBe(3);
  });

  test('a filter begins anew with what passes it', async () => {
    const shown = new FilteredPoints(store, ALL);
    feed.close();
    feed = new ClusterFeed(shown, worker);
    feed.onClusters((view) => views.push(view));
    store.load([point('a'), point('b', { category: 'sar' })]);
    feed.setWindow(HERE, 12);
    await worker.work();
    await worker.work();
    expect(counts()).toEqual([2]);
    shown.setFilter({ ...ALL, categories: ['sar'] });
    await worker.work();
    await worker.work();
    expect(counts()).toEqual([1]);
  });

  test('the members of a cluster are the points of today, newest first', async () => {
    store.load([point('a'), point('b')]);
    await worker.work();
    arrive(point('c', { title: 'Baru' }));
    const members = feed.members(0, 12);
    await worker.work();
    expect((await members).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });
});
