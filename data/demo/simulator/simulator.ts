import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type NewUnit, Unit, type UnitPatch, type UnitStatus } from '../../../shared/schemas/unit.ts';
import { seededRandom } from '../random.ts';
import { type Crew, Desk } from './desk.ts';
import { Mover } from './mover.ts';
import { type LonLat, type StreetLine, StreetNetwork } from './network.ts';
import { Phone } from './phones.ts';
import { isOnDuty, type Member, makeRoster } from './roster.ts';
import { isOk, isTransient, type ServerClient } from './server-client.ts';

export interface SimulatorOptions {
  client: ServerClient;
  streets: readonly StreetLine[];
  /** Where units like to stop: posts, stations. */
  posts: readonly LonLat[];
  units: number;
  /** How many seconds of movement and of incidents pass in one. Fixes carry the true time. */
  speedup: number;
  seed: number;
  suffix: string;
  shifts: boolean;
  incidentsPerHour: number;
}

/** A unit with its phone. */
interface Actor extends Crew {
  member: Member;
  phone: Phone;
  id: number | undefined;
  onDuty: boolean;
  status: UnitStatus;
  /** The status that the server knows; `undefined` until it does. */
  told: UnitStatus | undefined;
  telling: boolean;
  nextFix: number;
}

const UnitList = Type.Object({ units: Type.Array(Unit) });
/** Milliseconds between fixes; many units report more seldom. */
const EVERY = { driving: 1_000, walking: 4_000, standing: 12_000 };
const MANY = 200;
const REGISTER_AT_ONCE = 6;
/** Its own clock takes a simulated unit off duty, after its task, and nobody follows it home. */
const NO_END = null;
const OFFLINE = { chancePerMinute: 0.05, shortest: 90_000, longest: 300_000 };

/**
 * Units that move along streets, report through the doors that phones use, and see to incidents. Everything it does
 * goes through the public API; the clock is the caller's: call {@link tick} a few times a second.
 */
export class Simulator {
  readonly network: StreetNetwork;
  private readonly options: SimulatorOptions;
  private readonly actors: Actor[];
  private readonly phones: Phone[];
  private readonly desk: Desk;
  private readonly random;
  private last: number;

  constructor(options: SimulatorOptions, now: number) {
    this.options = options;
    this.last = now;
    this.random = seededRandom(options.seed).fork('simulator');
    this.network = new StreetNetwork(options.streets);
    const { units: count, suffix, shifts } = options;
    const roster = makeRoster(this.network, { count, suffix, shifts }, this.random.fork('roster'));
    const gateway = new Phone('gateway', options.client, this.random.fork('gateway'));
    this.actors = roster.map((member) => this.actor(member, gateway, now));
    this.phones = [...new Set(this.actors.map(({ phone }) => phone))];
    this.desk = new Desk(
      {
        client: options.client,
        network: this.network,
        crews: this.actors,
        random: this.random.fork('desk'),
        perHour: options.incidentsPerHour,
        local: (time) => this.local(time),
        speedup: options.speedup,
      },
      now,
    );
  }

  /** Makes the units known to the server, as far as they are not. Gives false when it cannot be reached. */
  async register(): Promise<boolean> {
    const reply = await this.options.client.get('/api/units');
    if (!isOk(reply)) return false;
    const known = Value.Check(UnitList, reply.body) ? reply.body.units : [];
    const byCallsign = new Map(known.map((unit) => [unit.callsign, unit]));
    const missing = this.actors.filter((actor) => !byCallsign.has(actor.member.callsign));
    for (const actor of this.actors) {
      const unit = byCallsign.get(actor.member.callsign);
      if (unit) [actor.id, actor.told] = [unit.id, unit.status];
      actor.phone.unknown = false;
    }
    let whole = true;
    const next = async () => {
      for (let actor = missing.pop(); actor && whole; actor = missing.pop()) whole = await this.create(actor);
    };
    await Promise.all(Array.from({ length: REGISTER_AT_ONCE }, next));
    if (whole) await this.desk.adopt(this.last);
    return whole;
  }

  /** Lets time pass up to `now` (Unix milliseconds): moves, reports, sends. Resolves when this tick's requests are answered. */
  async tick(now: number): Promise<void> {
    const seconds = Math.min(5, Math.max(0, (now - this.last) / 1000));
    this.last = now;
    const { hour } = this.local(now);
    for (const actor of this.actors) {
      this.keepShift(actor, hour);
      if (actor.onDuty) this.move(actor, seconds, now);
    }
    const telling = this.actors.filter((actor) => actor.status !== actor.told).slice(0, REGISTER_AT_ONCE);
    await Promise.all([
      ...this.phones.map((phone) => phone.flush(now)),
      ...telling.map((actor) => this.tell(actor)),
      this.desk.tick(now),
    ]);
  }

  /** Whether the server has forgotten devices, as a new database does. */
  get needsRegistering(): boolean {
    return this.phones.some((phone) => phone.unknown);
  }

  /** For people: how it goes. */
  get summary(): { units: number; onDuty: number; sent: number; waiting: number; incidents: number } {
    return {
      units: this.actors.length,
      onDuty: this.actors.filter(({ onDuty }) => onDuty).length,
      sent: this.phones.reduce((sum, phone) => sum + phone.sent, 0),
      waiting: this.phones.reduce((sum, phone) => sum + phone.waiting, 0),
      incidents: this.desk.filed,
    };
  }

  private actor(member: Member, gateway: Phone, now: number): Actor {
    const random = this.random.fork(member.device);
    const { client, posts } = this.options;
    return {
      member,
      mover: new Mover(member, this.network, posts, random),
      phone: member.door === 'gateway' && !member.patchy ? gateway : new Phone(member.door, client, random),
      id: undefined,
      onDuty: isOnDuty(member.shift, this.local(now).hour),
      status: 'available',
      told: undefined,
      telling: false,
      // Spread over the first interval, as phones in the field are.
      nextFix: now + random.next() * EVERY.driving,
      get free() {
        return this.onDuty && this.status === 'available';
      },
      setBusy(busy) {
        this.status = busy ? 'busy' : 'available';
      },
    };
  }

  private async create(actor: Actor): Promise<boolean> {
    const { callsign, organisation, device, base } = actor.member;
    const at = await this.options.client.get(`/api/areas/at?lon=${base[0]}&lat=${base[1]}`);
    const home = homeAreaOf(at.body);
    const unit: NewUnit = {
      callsign,
      organisation,
      status: actor.onDuty ? 'available' : 'off_duty',
      dutyUntil: NO_END,
      devices: [device],
      ...(home ? { homeArea: home } : {}),
    };
    const reply = await this.options.client.send('POST', '/api/units', unit);
    if (isTransient(reply)) return false;
    if (isOk(reply) && Value.Check(Unit, reply.body)) [actor.id, actor.told] = [reply.body.id, reply.body.status];
    return true;
  }

  private keepShift(actor: Actor, hour: number): void {
    const onDuty = isOnDuty(actor.member.shift, hour);
    // Nobody leaves in the middle of a task.
    if (actor.status === 'busy') return;
    actor.onDuty = onDuty;
    actor.status = onDuty ? 'available' : 'off_duty';
  }

  private move(actor: Actor, seconds: number, now: number): void {
    const { mover, member, phone } = actor;
    mover.advance(seconds * this.options.speedup);
    if (now < actor.nextFix || actor.id === undefined) return;
    const driving = EVERY.driving * (this.actors.length > MANY ? 2 : 1);
    const every = !mover.moving ? EVERY.standing : member.speed < 3 ? EVERY.walking : driving;
    actor.nextFix = now + every;
    if (member.patchy && now > phone.offlineUntil && this.random.next() < (OFFLINE.chancePerMinute * every) / 60_000) {
      phone.offlineUntil = now + this.random.between(OFFLINE.shortest, OFFLINE.longest);
    }
    phone.add(mover.fix(now));
  }

  /** Tells the server a unit's status. */
  private async tell(actor: Actor): Promise<void> {
    if (actor.telling || actor.id === undefined) return;
    actor.telling = true;
    const { status } = actor;
    const duty: UnitPatch = status === 'off_duty' ? { status } : { status, dutyUntil: NO_END };
    const reply = await this.options.client.send('PATCH', `/api/units/${actor.id}`, duty);
    if (!isTransient(reply)) actor.told = status;
    actor.telling = false;
  }

  /** Hour and weekday in the zone that the streets lie in. */
  private local(now: number): { hour: number; weekday: number } {
    const [lon] = this.network.node(0);
    const zone = lon < 114.5 ? 7 : lon < 127 ? 8 : 9;
    const shifted = new Date(now + zone * 3_600_000);
    return { hour: shifted.getUTCHours() + shifted.getUTCMinutes() / 60, weekday: shifted.getUTCDay() };
  }
}

const Hits = Type.Object({ areas: Type.Array(Type.Object({ code: Type.String(), level: Type.String() })) });

/** The desa of an answer to `GET /api/areas/at`. */
function homeAreaOf(body: unknown): string | undefined {
  return Value.Check(Hits, body) ? body.areas.find(({ level }) => level === 'desa')?.code : undefined;
}
