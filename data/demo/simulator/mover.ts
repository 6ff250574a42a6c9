import type { Random } from '../random.ts';
import type { LonLat, StreetNetwork } from './network.ts';
import type { Member } from './roster.ts';

/** What a phone would report at a moment. */
export interface SimulatedFix {
  device: string;
  /** Unix milliseconds. */
  time: number;
  lon: number;
  lat: number;
  /** Metres a second. */
  speed: number;
  /** Degrees clockwise from north; absent while standing. */
  heading: number | undefined;
  /** Metres. */
  accuracy: number;
  /** Percent. */
  battery: number;
  mock: boolean;
}

/** Metres by which a phone is off on average; its error wanders rather than jumps. */
const NOISE_METRES = 4;
/** How much of its error a phone keeps from one fix to the next. */
const NOISE_MEMORY = 0.85;

/** One unit on its way: drives from crossing to crossing, stops, goes on. Time comes from outside. */
export class Mover {
  readonly member: Member;
  /** Called when it has reached where it was sent. */
  onArrival: (() => void) | undefined;
  private readonly network: StreetNetwork;
  private readonly random: Random;
  private readonly posts: readonly LonLat[];
  private way: number[];
  private step = 0;
  /** Metres from crossing `step` towards the next. */
  private along = 0;
  private restsFor = 0;
  private readonly error: [east: number, north: number] = [0, 0];
  private battery: number;
  private current = 0;

  constructor(member: Member, network: StreetNetwork, posts: readonly LonLat[], random: Random) {
    this.member = member;
    this.network = network;
    this.posts = posts;
    this.random = random;
    this.battery = random.between(35, 100);
    this.way = [network.nearest(member.base)];
  }

  /** Leaves what it does and drives to a place; `onArrival` tells when it is there. */
  send(to: LonLat, onArrival: () => void): void {
    this.onArrival = onArrival;
    this.restsFor = 0;
    this.head(this.network.nearest(to));
  }

  /** Stays where it is for so many seconds. */
  rest(seconds: number): void {
    this.restsFor = seconds;
  }

  /** True position. */
  at(): LonLat {
    const [from, to] = [this.crossing(this.step), this.crossing(this.step + 1)];
    const length = this.network.metres(from, to);
    const t = length === 0 ? 0 : this.along / length;
    return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
  }

  get moving(): boolean {
    return this.current > 0;
  }

  /** Lets so many seconds pass. */
  advance(seconds: number): void {
    let left = seconds;
    this.battery = this.battery < 12 ? 100 : this.battery - seconds / 900;
    while (left > 0) {
      if (this.restsFor > 0) {
        this.current = 0;
        const rested = Math.min(left, this.restsFor);
        this.restsFor -= rested;
        left -= rested;
        continue;
      }
      if (this.step >= this.way.length - 1) {
        this.arrive();
        continue;
      }
      left = this.drive(left);
    }
  }

  fix(time: number): SimulatedFix {
    for (const axis of [0, 1] as const) {
      this.error[axis] =
        this.error[axis] * NOISE_MEMORY + this.random.normal() * NOISE_METRES * Math.sqrt(1 - NOISE_MEMORY ** 2);
    }
    const [lon, lat] = this.network.moved(this.at(), ...this.error);
    const { device, mock } = this.member;
    return {
      device,
      mock,
      time,
      lon: Number(lon.toFixed(6)),
      lat: Number(lat.toFixed(6)),
      speed: Number(this.current.toFixed(1)),
      heading: this.moving ? Math.round(this.heading()) % 360 : undefined,
      accuracy: Math.round(NOISE_METRES + Math.hypot(...this.error)),
      battery: Math.round(this.battery),
    };
  }

  /** Drives for so many seconds at most; gives what is left when a crossing is reached. */
  private drive(seconds: number): number {
    const [from, to] = [this.way[this.step] ?? 0, this.way[this.step + 1] ?? 0];
    const onFoot = this.member.speed < 3;
    this.current = this.member.speed * (onFoot ? 1 : this.network.pace(from, to));
    const length = this.network.metres(this.network.node(from), this.network.node(to));
    const reach = this.along + this.current * seconds;
    if (reach < length) {
      this.along = reach;
      return 0;
    }
    const rest = seconds - (length - this.along) / this.current;
    this.step++;
    this.along = 0;
    return rest;
  }

  /** At the end of a way: tells who waits for it, else pauses and picks the next place of its round. */
  private arrive(): void {
    const told = this.onArrival;
    if (told) {
      this.onArrival = undefined;
      this.rest(1);
      told();
      return;
    }
    const onFoot = this.member.speed < 3;
    if (this.way.length > 1) this.rest(this.random.between(5, onFoot ? 90 : 45));
    const near = this.posts.filter((post) => this.network.metres(post, this.member.base) < this.member.radius);
    const stop = near.length > 0 && this.random.next() < 0.35 ? this.random.pick(near) : undefined;
    const { base, radius } = this.member;
    this.head(stop ? this.network.nearest(stop) : this.network.somewhere(base, radius, this.random));
  }

  /** Turns towards a crossing: first to the end of the street it is on, whichever is nearer by. */
  private head(to: number): void {
    const here = this.way[this.step] ?? 0;
    const ahead = this.way[this.step + 1];
    if (ahead === undefined || this.along === 0) {
      this.way = this.network.route(here, to);
      this.step = 0;
      this.along = 0;
    } else {
      this.way = [here, ...this.network.route(ahead, to)];
      this.step = 0;
    }
    // Already there: a second's pause keeps time moving.
    if (this.way.length < 2) this.rest(1);
  }

  private heading(): number {
    return this.network.heading(this.crossing(this.step), this.crossing(this.step + 1));
  }

  private crossing(step: number): LonLat {
    return this.network.node(this.way[Math.min(step, this.way.length - 1)] ?? 0);
  }
}
