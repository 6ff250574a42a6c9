import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { Incident, type IncidentStatus, type NewIncident, OPEN_STATUSES } from '../../../shared/schemas/incident.ts';
import type { Organisation } from '../../../shared/schemas/unit.ts';
import { idAt } from '../history/generate.ts';
import { hourWeight, type Kind, weekdayWeight } from '../history/kind.ts';
import { KINDS } from '../history/kinds.ts';
import type { Random } from '../random.ts';
import type { Mover } from './mover.ts';
import type { LonLat, StreetNetwork } from './network.ts';
import { isOk, isTransient, type Reply, type ServerClient } from './server-client.ts';

/** What the desk needs to know of a unit that it may send. */
export interface Crew {
  mover: Mover;
  /** On duty and without a task. */
  free: boolean;
  /** Tells the server that the unit is busy, or free again. */
  setBusy(busy: boolean): void;
}

/** Who is sent first. */
const FIRST: Record<Kind['category'], readonly Organisation[]> = {
  kamtibmas: ['polri', 'senkom', 'satpol_pp', 'pokdarkamtibmas'],
  pemilu: ['polri', 'linmas', 'senkom'],
  bencana: ['damkar', 'bpbd', 'pmi', 'senkom', 'polri'],
  lalu_lintas: ['polri', 'pmi', 'senkom'],
  sar: ['basarnas', 'bpbd', 'polri'],
  narkotika: ['polri'],
  lainnya: ['senkom', 'satpol_pp', 'polri'],
};
const MOST_OPEN = 12;
/** Says in every incident of the desk that it is not real, and tells them from those that people log. */
const PLACE = 'Lokasi simulasi';

const Open = Type.Object({
  incidents: Type.Array(Type.Pick(Incident, ['id', 'subcategory', 'status', 'version', 'location'])),
});

/** One incident that the desk is at work on. */
interface Case {
  id: string;
  kind: Kind;
  at: LonLat;
  etag: string;
  status: IncidentStatus;
  crew: Crew | undefined;
  /** When the next step is due; later while the unit is on its way. */
  due: number;
}

export interface DeskOptions {
  client: ServerClient;
  network: StreetNetwork;
  crews: readonly Crew[];
  random: Random;
  /** Incidents an hour, on average over a day. */
  perHour: number;
  /** Hours and weekdays on the simulation's local clock. */
  local: (now: number) => { hour: number; weekday: number };
  /** Shortens the steps of an incident as the simulation runs faster. */
  speedup: number;
}

/** The control room of the simulation: incidents come in, units are sent, statuses advance. All through the public API. */
export class Desk {
  private readonly options: DeskOptions;
  private readonly cases: Case[] = [];
  private nextReport: number;
  private busy = false;
  filed = 0;

  constructor(options: DeskOptions, now: number) {
    this.options = options;
    // The first one soon, so that whoever just started sees one come in.
    this.nextReport = now + options.random.between(12_000, 25_000) / options.speedup;
  }

  /** Takes up what an earlier run left unfinished. Incidents that people logged are theirs. */
  async adopt(now: number): Promise<void> {
    const query = new URLSearchParams({ statuses: OPEN_STATUSES.join(), q: PLACE, limit: String(MOST_OPEN) });
    const { body } = await this.options.client.get(`/api/incidents?${query}`);
    if (!Value.Check(Open, body)) return;
    for (const { id, subcategory, status, version, location } of body.incidents) {
      const kind = KINDS.find((one) => one.subcategory === subcategory);
      if (!kind || this.cases.some((one) => one.id === id)) continue;
      const at: LonLat = [location.lon, location.lat];
      this.cases.push({ id, kind, at, etag: `"${version}"`, status, crew: undefined, due: now + this.seconds(5, 60) });
    }
  }

  /** Does what is due. `now` in milliseconds. */
  async tick(now: number): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      if (now >= this.nextReport && this.cases.length < MOST_OPEN) await this.report(now);
      for (const one of [...this.cases]) if (now >= one.due) await this.advance(one, now);
    } finally {
      this.busy = false;
    }
  }

  private async report(now: number): Promise<void> {
    const { client, network, random, perHour, local, speedup } = this.options;
    const { hour, weekday } = local(now);
    const likely = KINDS.map((kind): [Kind, number] => [
      kind,
      kind.perDay * hourWeight(kind, hour) * weekdayWeight(kind, weekday),
    ]);
    const rhythm = likely.reduce((sum, [, weight]) => sum + weight, 0) / MEAN_WEIGHT;
    this.nextReport = now + (-Math.log(1 - random.next()) * 3_600_000) / (perHour * rhythm * speedup);
    const kind = random.weighted(likely);
    const source = random.weighted(kind.sources);
    const crew = source === 'patrol' ? this.someoneFree() : undefined;
    const on = crew ? crew.mover.at() : network.node(random.below(network.nodes.length));
    const at = network.moved(on, random.normal() * 8, random.normal() * 8);
    const incident: NewIncident = {
      id: idAt(now, random),
      category: kind.category,
      subcategory: kind.subcategory,
      severity: random.weighted(kind.severities),
      source: crew ? 'patrol' : source === 'patrol' ? 'radio' : source,
      title: kind.title,
      description: random.pick(kind.descriptions),
      occurredAt: new Date(now - random.between(30_000, 900_000)).toISOString(),
      timePrecision: kind.precision === 'minute' ? 'minute' : 'hour',
      location: { lon: Number(at[0].toFixed(6)), lat: Number(at[1].toFixed(6)), accuracyM: 25 },
      place: PLACE,
    };
    const reply = await client.send('POST', '/api/incidents', incident);
    if (!isOk(reply)) return;
    this.filed++;
    const due = now + this.seconds(10, 40);
    this.cases.push({ id: incident.id, kind, at, etag: reply.etag ?? '"1"', status: 'new', crew: undefined, due });
  }

  private async advance(one: Case, now: number): Promise<void> {
    const next = this.nextStatus(one);
    if (!next) {
      one.due = now + this.seconds(15, 30);
      return;
    }
    const reply = await this.options.client.send(
      'PATCH',
      `/api/incidents/${one.id}`,
      { status: next },
      { 'if-match': one.etag },
    );
    if (isTransient(reply)) one.due = now + 3_000;
    else if (isOk(reply)) this.entered(one, next, reply, now);
    // Somebody else has taken it over, or it is gone: their word counts.
    else this.drop(one);
  }

  private nextStatus(one: Case): IncidentStatus | undefined {
    if (one.status === 'new') {
      const roll = this.options.random.next();
      return roll < 0.05 ? 'false' : roll < 0.08 ? 'duplicate' : 'verified';
    }
    if (one.status === 'verified') {
      one.crew = this.nearestFree(one);
      return one.crew && 'assigned';
    }
    return ({ assigned: 'en_route', en_route: 'on_scene', on_scene: 'resolved' } as const)[
      one.status as 'assigned' | 'en_route' | 'on_scene'
    ];
  }

  private entered(one: Case, status: IncidentStatus, reply: Reply, now: number): void {
    one.status = status;
    one.etag = reply.etag ?? one.etag;
    if (status === 'assigned') {
      one.crew?.setBusy(true);
      one.due = now + this.seconds(8, 20);
    } else if (status === 'en_route') {
      one.due = one.crew ? Number.POSITIVE_INFINITY : now + this.seconds(30, 90);
      one.crew?.mover.send(one.at, () => {
        one.crew?.mover.rest(3600);
        one.due = 0;
      });
    } else if (status === 'on_scene') one.due = now + this.seconds(90, 420);
    else if (status === 'verified') one.due = now + this.seconds(10, 45);
    else this.drop(one);
  }

  private drop(one: Case): void {
    this.cases.splice(this.cases.indexOf(one), 1);
    if (one.status === 'new' || one.status === 'verified') return;
    one.crew?.mover.rest(5);
    if (one.crew) one.crew.mover.onArrival = undefined;
    one.crew?.setBusy(false);
  }

  private someoneFree(): Crew | undefined {
    const free = this.options.crews.filter((crew) => crew.free);
    return free.length > 0 ? this.options.random.pick(free) : undefined;
  }

  /** The nearest free unit of the first organisation in line that has one. */
  private nearestFree({ kind, at }: Case): Crew | undefined {
    const { network, crews } = this.options;
    const far = ({ mover }: Crew) => network.metres(mover.at(), at);
    for (const organisation of FIRST[kind.category]) {
      const own = crews.filter(({ free, mover }) => free && mover.member.organisation === organisation);
      if (own.length > 0) return own.reduce((best, crew) => (far(crew) < far(best) ? crew : best));
    }
    return undefined;
  }

  private seconds(from: number, to: number): number {
    return (this.options.random.between(from, to) * 1000) / this.options.speedup;
  }
}

/** Mean over a day of the weights that give the rhythm. */
const MEAN_WEIGHT =
  Array.from({ length: 24 }, (_, hour) =>
    KINDS.reduce((sum, kind) => sum + kind.perDay * hourWeight(kind, hour + 0.5), 0),
  ).reduce((sum, weight) => sum + weight, 0) / 24;
