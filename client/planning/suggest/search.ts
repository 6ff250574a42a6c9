import { create } from 'zustand';
import { assignmentOf } from '../../../shared/plans/assignment.ts';
import { applyEdit } from '../../../shared/plans/edits.ts';
import { matchZones } from '../../../shared/plans/match.ts';
import type { FixRefusal } from '../../../shared/plans/suggest/fix-zone.ts';
import type { SuggestRefusal } from '../../../shared/plans/suggest/suggest.ts';
import type { PlanContent, PlanEdit } from '../../../shared/schemas/plan.ts';
import type { PlanJob, PlanMessage } from '../../workers/plan-messages.ts';
import type { OpenPlan } from '../open-plan.ts';
import { type Ghost, usePlanning } from '../state.ts';
import { adoptDivision } from '../zones.ts';

/** What a worker has that its caller needs; tests bring their own. */
export interface PlanWorker {
  postMessage(message: PlanJob): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<PlanMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

type Failure = { kind: 'division'; reason: SuggestRefusal } | { kind: 'fix'; reason: FixRefusal } | { kind: 'failed' };

export interface SearchState {
  /** What is typed into the form: the number of zones, undefined until somebody does, and the seed. */
  asked: { count: string | undefined; seed: string };
  /** What is being searched, and how far it is from 0 to 1. */
  running: { of: Ghost['of']; done: number } | undefined;
  failure: Failure | undefined;
  /** Areas that water or locked zones cut off, put with the nearest zone in the last suggestion. */
  linked: number;
}

/** The one search of the open plan. */
export const useSearch = create<SearchState>(() => ({
  asked: { count: undefined, seed: '1' },
  running: undefined,
  failure: undefined,
  linked: 0,
}));

let worker: PlanWorker | undefined;

/** Another plan was opened, or this one left: nothing is searched any more, and nothing typed is left. */
export function forgetSearch(): void {
  cancelSearch();
  useSearch.setState(useSearch.getInitialState());
}

/** Ends the search, if there is one. */
export function cancelSearch(): void {
  worker?.terminate();
  worker = undefined;
  useSearch.setState({ running: undefined });
}

/**
 * Searches for a division of what is not locked; what is found is shown as a ghost.
 * @param zones how many to make of what is free @param name the name of a new zone by its number
 * @param workload of each area
 */
export function searchDivision(
  open: OpenPlan,
  {
    zones,
    seed,
    workload,
    name,
  }: { zones: number; seed: number; workload: Float64Array; name(number: number): string },
  start = startWorker,
): void {
  const { content, ground } = open;
  const assignment = assignmentOf(ground, content);
  const free = Uint8Array.from(assignment.zoneOf, (zone) => (content.zones[zone]?.locked ? 0 : 1));
  const of = { kind: 'division', seed } as const;
  run(of, { kind: 'division', ground, zones, seed, free, workload }, start, (message) => {
    if (!('division' in message)) return;
    const { division } = message;
    if (!division.ok) return useSearch.setState({ failure: { kind: 'division', reason: division.reason } });
    const { zoneOf, linked } = division.value;
    const known = matchZones(assignment.zoneOf, zoneOf, (zone) => !content.zones[zone]?.locked);
    const target = assignment.zoneOf.map((before, area) => {
      const zone = zoneOf[area] ?? -1;
      return zone < 0 ? before : (known.get(zone) ?? content.zones.length + zone);
    });
    const edit = adoptDivision({ ground, content, assignment }, target, { newId: () => crypto.randomUUID(), name });
    useSearch.setState({ linked: linked.reduce((sum, { areas }) => sum + areas.length, 0) });
    show(content, edit, of);
  });
}

/** Searches for the fewest areas to move so that a zone's workload comes near the mean; shown as a ghost. */
export function searchFix(open: OpenPlan, zone: string, workload: Float64Array, start = startWorker): void {
  const { content, ground } = open;
  const { zoneOf, zones } = assignmentOf(ground, content);
  const of = { kind: 'fix', zone } as const;
  const locked = content.zones.map((each) => each.locked);
  run(of, { kind: 'fix', ground, zone: zones.indexOf(zone), locked, zoneOf, workload }, start, (message) => {
    if (!('fix' in message)) return;
    const { fix } = message;
    if (!fix.ok) return useSearch.setState({ failure: { kind: 'fix', reason: fix.reason } });
    const moves = fix.moves.map(({ area, from, to }) => ({
      from: zones[from] ?? null,
      to: zones[to] ?? null,
      codes: [ground.code[area] ?? ''],
    }));
    show(content, moves.length > 0 ? [{ kind: 'assign', moves }] : [], of);
  });
}

function run(of: Ghost['of'], job: PlanJob, start: () => PlanWorker, onEnd: (message: PlanMessage) => void): void {
  cancelSearch();
  usePlanning.setState({ ghost: undefined, lit: undefined });
  useSearch.setState({ running: { of, done: 0 }, failure: undefined, linked: 0 });
  const own = start();
  worker = own;
  own.onmessage = ({ data }) => {
    if (worker !== own) return;
    if ('done' in data) return useSearch.setState({ running: { of, done: data.done } });
    cancelSearch();
    if ('error' in data) useSearch.setState({ failure: { kind: 'failed' } });
    else onEnd(data);
  };
  own.onerror = () => {
    if (worker !== own) return;
    cancelSearch();
    useSearch.setState({ failure: { kind: 'failed' } });
  };
  own.postMessage(job);
}

function show(before: PlanContent, edit: PlanEdit, of: Ghost['of']): void {
  const outcome = applyEdit(before, edit);
  if (outcome.ok) usePlanning.setState({ ghost: { before, after: outcome.content, edit, of } });
  else useSearch.setState({ failure: { kind: 'failed' } });
}

function startWorker(): PlanWorker {
  return new Worker(new URL('../../workers/plan-suggest.ts', import.meta.url), {
    type: 'module',
    name: 'plan-suggest',
  });
}
