import type { Assignment } from '../../../shared/plans/assignment.ts';
import { movesBetween } from '../../../shared/plans/assignment.ts';
import type { Ground } from '../../../shared/plans/ground.ts';
import type { PlanEdit } from '../../../shared/schemas/plan.ts';

/** A stroke of the brush from pressing to letting go: one edit, and one undo. */
export class Stroke {
  /** The zone of each area as it is while the stroke goes on; index into the zones, −1 for none. */
  readonly zoneOf: Int32Array;
  /** Areas that were kept because their zone is locked. */
  readonly kept = new Set<number>();
  private readonly ground: Ground;
  private readonly before: Assignment;
  private readonly locked: readonly boolean[];
  private readonly to: number;

  /** @param to index of the zone that is painted, −1 to take areas out of theirs @param locked of each zone */
  constructor(ground: Ground, before: Assignment, locked: readonly boolean[], to: number) {
    this.ground = ground;
    this.before = before;
    this.locked = locked;
    this.to = to;
    this.zoneOf = before.zoneOf.slice();
  }

  /** Paints areas; answers those that changed. Nothing is painted into or out of a locked zone. */
  paint(areas: Iterable<number>): number[] {
    const changed: number[] = [];
    for (const area of areas) {
      const from = this.zoneOf[area] ?? -1;
      if (from === this.to) continue;
      if (this.locked[from] || this.locked[this.to]) {
        this.kept.add(area);
        continue;
      }
      this.zoneOf[area] = this.to;
      changed.push(area);
    }
    return changed;
  }

  /** The edit that the stroke is; empty where it changed nothing. */
  edit(): PlanEdit {
    const moves = movesBetween(this.ground, this.before, this.zoneOf);
    return moves.length > 0 ? [{ kind: 'assign', moves }] : [];
  }
}
