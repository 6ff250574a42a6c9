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
 */
export function applyEdit(content: PlanContent, edit: PlanEdit): EditOutcome {
  let now = content;
  for (const step of edit) {
    const next = applyStep(now, step);
    if ('reason' in next) return { ok: false, conflict: next };
    now = next;
  }
  return { ok: true, content: now };
}

/** The edit that takes this one back, once it was done. */
export function inverseOf(edit: PlanEdit): PlanEdit {
  return edit.map(inverseStep).reverse();
}

/** The zone that each area is in, by code; areas that are in none are missing. */
export function zoneByCode({ zones }: PlanContent): Map<string, string> {
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

function applyStep(content: PlanContent, step: PlanStep): PlanContent | EditConflict {
  switch (step.kind) {
    case 'assign':
      return assign(content, step.moves);
    case 'add':
      return add(content, step.zone, step.at);
    case 'remove':
      return remove(content, step.zone);
    case 'change':
      return change(content, step);
    case 'weights':
      return same(content.weights, step.before) ? { ...content, weights: step.after } : { reason: 'weights-changed' };
  }
}

function assign(content: PlanContent, moves: readonly Move[]): PlanContent | EditConflict {
  const zones = new Map(content.zones.map((zone) => [zone.id, zone]));
  const zoneOf = zoneByCode(content);
  const touched = new Map<string, Set<string>>();
  const heldBy = (id: string) => {
    const held = touched.get(id) ?? new Set(zones.get(id)?.codes);
    touched.set(id, held);
    return held;
  };
  for (const { from, to, codes } of moves) {
    for (const id of [from, to]) {
      if (id === null) continue;
      const zone = zones.get(id);
      if (!zone) return { reason: 'zone-gone', zone: id };
      if (zone.locked) return { reason: 'zone-locked', zone: id };
    }
    const elsewhere = codes.filter((code) => (zoneOf.get(code) ?? null) !== from);
    if (elsewhere.length > 0) return { reason: 'areas-moved', codes: elsewhere, ...(from !== null && { zone: from }) };
    for (const code of codes) {
      if (from !== null) heldBy(from).delete(code);
      if (to === null) zoneOf.delete(code);
      else {
        heldBy(to).add(code);
        zoneOf.set(code, to);
      }
    }
  }
  return {
    ...content,
    zones: content.zones.map((zone) => {
      const held = touched.get(zone.id);
      return held ? { ...zone, codes: [...held].sort() } : zone;
    }),
  };
}

function add(content: PlanContent, zone: Zone, at: number): PlanContent | EditConflict {
  if (content.zones.some(({ id }) => id === zone.id)) return { reason: 'zone-there', zone: zone.id };
  const taken = zoneByCode(content);
  const codes = zone.codes.filter((code) => taken.has(code));
  if (codes.length > 0) return { reason: 'areas-moved', codes };
  return { ...content, zones: content.zones.toSpliced(Math.min(at, content.zones.length), 0, zone) };
}

function remove(content: PlanContent, zone: Zone): PlanContent | EditConflict {
  const index = content.zones.findIndex(({ id }) => id === zone.id);
  const found = content.zones[index];
  if (!found) return { reason: 'zone-gone', zone: zone.id };
  if (found.locked) return { reason: 'zone-locked', zone: zone.id };
  // Somebody painted into it meanwhile: what he did is not to vanish with it.
  if (!same(found, zone)) return { reason: 'zone-changed', zone: zone.id };
  return { ...content, zones: content.zones.toSpliced(index, 1) };
}

function change(
  content: PlanContent,
  { zone: id, before, after }: Extract<PlanStep, { kind: 'change' }>,
): PlanContent | EditConflict {
  const index = content.zones.findIndex((zone) => zone.id === id);
  const zone = content.zones[index];
  if (!zone) return { reason: 'zone-gone', zone: id };
  const names = Object.keys(after) as (keyof typeof after)[];
  if (names.some((name) => zone[name] !== before[name])) return { reason: 'zone-changed', zone: id };
  return { ...content, zones: content.zones.with(index, { ...zone, ...after }) };
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
