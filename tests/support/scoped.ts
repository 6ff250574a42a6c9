import { UnitStore } from '../../client/live/unit-store.ts';
import { Shape } from '../../server/access/shape.ts';
import type { StoredEvent } from '../../server/events.ts';
import { Territory } from '../../server/live/territory.ts';
import type { Viewer, ViewerSocket } from '../../server/live/viewer.ts';
import type { Cover } from '../../shared/live/cells.ts';
import { readFrame } from '../../shared/live/frame-reader.ts';

/** Degrees; closed. */
export type Ring = [number, number][];

/** A scope of areas and drawn polygons, and its territory. */
export interface Scoped {
  codes: string[];
  rings: Ring[];
  territory: Territory;
}

export function scoped(key: string, codes: string[], rings: Ring[]): Scoped {
  const shape = new Shape(rings.map((ring) => [ring]));
  const territory = new Territory({ key, everything: false, codes, within: [] }, [
    { id: 1, hash: '', all: shape, drawn: shape },
  ]);
  return { codes, rings, territory };
}

/** Where a feed of events reads a log that the test writes. */
export const source = (log: StoredEvent[]) => ({
  head: async () => ({ epoch: 'e', cursorKey: 'k', seq: log.length }),
  read: async (after: number, limit: number) => log.slice(after, after + limit),
});

/** One who looks: all that was sent is kept, and every id in a frame is held against what may be known. */
export class Watcher implements ViewerSocket {
  readonly bufferedAmount = 0;
  readonly store = new UnitStore();
  readonly messages: Record<string, unknown>[] = [];
  readonly scope: Scoped;
  viewer: Viewer | undefined;
  cover: Cover | undefined;
  /** Ids that any frame since the last look named. */
  named = new Set<number>();

  constructor(scope: Scoped) {
    this.scope = scope;
  }
  send(data: Uint8Array | string): void {
    if (typeof data === 'string') {
      const message = JSON.parse(data);
      this.messages.push(message);
      if (message.type !== 'window') return;
      const [x0, y0, x1, y1] = message.cells;
      this.store.keepOnly({ show: message.show, level: message.level, x0, y0, x1, y1 });
      return;
    }
    readFrame(data, {
      begin: () => {},
      unit: (_cell, id) => this.named.add(id),
      left: (_cell, id) => this.named.add(id),
      count: () => {},
      end: () => {},
    });
    this.store.takeFrame(new Uint8Array(data).buffer, 0);
  }
  ping(): void {}
  close(): void {}
  get shown(): number[] {
    return [...this.store.ids.subarray(0, this.store.count)].sort((a, b) => a - b);
  }
  get counted(): number {
    return this.store.counts.reduce((sum, { count }) => sum + count, 0);
  }
}
