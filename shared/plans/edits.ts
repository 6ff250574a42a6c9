import {
  DEFAULT_WEIGHTS,
  type Move,
  type PlanContent,
  type PlanEdit,
  type PlanStep,
  type Zone,
} from '../schemas/plan.ts';

/** Why a step can't be done, and what it concerns, for who is to be told. */
export interface EditConflict {
  reason: 'zone-gone' | 'zone-there' | 'zone-locked' | 'zone-changed' | 'areas-moved' | 'weights-changed';
  /** Id of the zone, where it is about one. */
  zone?: string;
  /** Areas that are no longer where the step takes them from. */
  codes?: string[];
}

export type EditOutcome = { ok: true; content: PlanContent } | { ok: false; conflict: EditConflict };

export const EMPTY_PLAN: PlanContent = { zones: [], weights: DEFAULT_WEIGHTS };

/**
 * A content with an edit done to it, or the first of its steps that can't be: all of it or nothing. The content given is
 * not changed. The same rules decide in the page, at once, and on the server, for all.
 *
 * Takes time in proportion to the areas of the plan and of the edit, however many steps it has.
 */
export function applyEdit(content: PlanContent, edit: PlanEdit): EditOutcome {
  const work = new Work(content);
  for (const step of edit) {
    const conflict = work.do(step);
    if (conflict) return { ok: false, conflict };
  }
  return { ok: true, content: work.content };
}

/** The edit that takes this one back, once it was done. */
export function inverseOf(edit: PlanEdit): PlanEdit {
  return edit.map(inverseStep).reverse();
}

/** The zone that each area is in, by code; areas that are in none are missing. */
export function zoneByCode({ zones }: Pick<PlanContent, 'zones'>): Map<string, string> {
  return new Map(zones.flatMap(({ id, codes }) => codes.map((code) => [code, id] as const)));
}

function inverseStep(step: PlanStep): PlanStep {
  switch (step.kind) {
    case 'assign':
      return {
        kind: 'assign',
        moves: step.moves.map(({ from, to, codes }) => ({ from: to, to: from, codes })).reverse(),
      };
    case 'add':
      return { ...step, kind: 'remove' };
    case 'remove':
      return { ...step, kind: 'add' };
    case 'change':
      return { ...step, before: step.after, after: step.before };
    case 'weights':
      return { ...step, before: step.after, after: step.before };
  }
}

/** A plan in the middle of an edit. What its steps need of all areas is made once, and put in order at the end. */
class Work {
  private zones: Zone[];
  private weights: PlanContent['weights'];
  private owners: Map<string, string> | undefined;
  /** The codes of zones that areas came into or left, in no order yet. */
  private readonly loose = new Map<string, Set<string>>();

  constructor({ zones, weights }: PlanContent) {
    this.zones = zones;
    this.weights = weights;
  }

  get content(): PlanContent {
    const zones = this.loose.size > 0 ? this.zones.map((zone) => this.ordered(zone)) : this.zones;
    return { zones, weights: this.weights };
  }

  do(step: PlanStep): EditConflict | undefined {
    switch (step.kind) {
      case 'assign':
        return this.assign(step.moves);
      case 'add':
        return this.add(step.zone, step.at);
      case 'remove':
        return this.remove(step.zone);
      case 'change':
        return this.change(step);
      case 'weights':
        if (!same(this.weights, step.before)) return { reason: 'weights-changed' };
        this.weights = step.after;
        return undefined;
    }
  }

  private assign(moves: readonly Move[]): EditConflict | undefined {
    const zones = new Map(this.zones.map((zone) => [zone.id, zone]));
    const zoneOf = this.zoneOf();
    for (const { from, to, codes } of moves) {
      for (const id of [from, to]) {
        if (id === null) continue;
        const zone = zones.get(id);
        if (!zone) return { reason: 'zone-gone', zone: id };
        if (zone.locked) return { reason: 'zone-locked', zone: id };
      }
      const elsewhere = codes.filter((code) => (zoneOf.get(code) ?? null) !== from);
      if (elsewhere.length > 0)
        return { reason: 'areas-moved', codes: elsewhere, ...(from !== null && { zone: from }) };
      const [left, entered] = [from, to].map((id) => this.codesOf(id === null ? undefined : zones.get(id)));
      for (const code of codes) {
        left?.delete(code);
        entered?.add(code);
        if (to === null) zoneOf.delete(code);
        else zoneOf.set(code, to);
      }
    }
    return undefined;
  }

  private add(zone: Zone, at: number): EditConflict | undefined {
    if (this.zones.some(({ id }) => id === zone.id)) return { reason: 'zone-there', zone: zone.id };
    const zoneOf = this.zoneOf();
    const codes = zone.codes.filter((code) => zoneOf.has(code));
    if (codes.length > 0) return { reason: 'areas-moved', codes };
    this.zones = this.zones.toSpliced(Math.min(at, this.zones.length), 0, zone);
    for (const code of zone.codes) zoneOf.set(code, zone.id);
    return undefined;
  }

  private remove(zone: Zone): EditConflict | undefined {
    const index = this.zones.findIndex(({ id }) => id === zone.id);
    const found = this.zones[index];
    if (!found) return { reason: 'zone-gone', zone: zone.id };
    if (found.locked) return { reason: 'zone-locked', zone: zone.id };
    // Somebody painted into it meanwhile: what he did is not to vanish with it.
    if (!same(this.ordered(found), zone)) return { reason: 'zone-changed', zone: zone.id };
    this.zones = this.zones.toSpliced(index, 1);
    this.loose.delete(zone.id);
    for (const code of zone.codes) this.owners?.delete(code);
    return undefined;
  }

  private change({ zone: id, before, after }: Extract<PlanStep, { kind: 'change' }>): EditConflict | undefined {
    const index = this.zones.findIndex((zone) => zone.id === id);
    const zone = this.zones[index];
    if (!zone) return { reason: 'zone-gone', zone: id };
    const names = Object.keys(after) as (keyof typeof after)[];
    if (names.some((name) => zone[name] !== before[name])) return { reason: 'zone-changed', zone: id };
    this.zones = this.zones.with(index, { ...zone, ...after });
    return undefined;
  }

  /** The zone that each area is in now. */
  private zoneOf(): Map<string, string> {
    this.owners ??= zoneByCode({ zones: this.zones });
    return this.owners;
  }

  /** The codes of a zone, to be changed. */
  private codesOf(zone: Zone | undefined): Set<string> | undefined {
    if (!zone) return undefined;
    const codes = this.loose.get(zone.id) ?? new Set(zone.codes);
    this.loose.set(zone.id, codes);
    return codes;
  }

  private ordered(zone: Zone): Zone {
    const codes = this.loose.get(zone.id);
    return codes ? { ...zone, codes: [...codes].sort() } : zone;
  }
}

/** Whether two values of plain JSON are one, whatever the order of their fields. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  return (
    mine.length === theirs.length &&
    mine.every(([name, value]) => same(value, (other as Record<string, unknown>)[name]))
  );
}
