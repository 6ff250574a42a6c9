import type { Random } from '../random.ts';
import type { SimulatedFix } from './mover.ts';
import type { Door } from './roster.ts';
import { isOk, isTransient, type Reply, type ServerClient } from './server-client.ts';

const KNOTS_PER_MPS = 3600 / 1852;
/** What one request of each door carries at most. */
const PER_REQUEST: Record<Door, number> = { osmand: 1, traccar: 1, gateway: 500 };
/** Older fixes are given up when so many wait. */
const QUEUE = { osmand: 600, traccar: 600, gateway: 20_000 };
const BACK_OFF_MS = { first: 400, longest: 8_000 };

/** A queue of fixes on its way to one door: in order, each until the server has taken it. */
export class Phone {
  private readonly door: Door;
  private readonly client: ServerClient;
  private readonly random: Random;
  private readonly queue: SimulatedFix[] = [];
  private sending = false;
  private failures = 0;
  private notBefore = 0;
  /** Without network: fixes are kept until this moment. */
  offlineUntil = 0;
  /** The server does not know the device: it must be registered again. */
  unknown = false;
  sent = 0;

  constructor(door: Door, client: ServerClient, random: Random) {
    this.door = door;
    this.client = client;
    this.random = random;
  }

  add(fix: SimulatedFix): void {
    this.queue.push(fix);
    const surplus = this.queue.length - QUEUE[this.door];
    if (surplus > 0) this.queue.splice(0, surplus);
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Sends what waits, when the last request is answered and the server may be asked. `now` in milliseconds. */
  async flush(now: number): Promise<void> {
    if (this.sending || this.queue.length === 0 || now < this.notBefore || now < this.offlineUntil) return;
    this.sending = true;
    try {
      const batch = this.queue.slice(0, PER_REQUEST[this.door]);
      const reply = await this.post(batch);
      if (isTransient(reply)) {
        this.failures++;
        const wait = Math.min(BACK_OFF_MS.longest, BACK_OFF_MS.first * 2 ** Math.min(this.failures, 8));
        this.notBefore = now + Math.max(wait * this.random.between(0.5, 1), (reply.retryAfter ?? 0) * 1000);
        return;
      }
      this.failures = 0;
      // A door that takes one fix a request goes on at once when a backlog waits.
      if (this.queue.length <= batch.length) this.notBefore = 0;
      this.queue.splice(0, batch.length);
      if (isOk(reply)) this.sent += batch.length;
      if (reply.status === 404 || unknownDevices(reply)) this.unknown = true;
    } finally {
      this.sending = false;
    }
  }

  private post(batch: readonly SimulatedFix[]): Promise<Reply> {
    const [fix] = batch;
    if (this.door === 'gateway' || !fix) {
      return this.client.send('POST', '/api/ingest/positions', { fixes: batch.map(gatewayFix) });
    }
    return this.door === 'osmand'
      ? this.client.get(`/api/ingest/osmand?${osmandQuery(fix)}`)
      : this.client.send('POST', '/api/ingest/osmand', traccarBody(fix));
  }
}

/** As OsmAnd sends it: seconds, knots. */
export function osmandQuery(fix: SimulatedFix): URLSearchParams {
  const query = new URLSearchParams({
    id: fix.device,
    lat: String(fix.lat),
    lon: String(fix.lon),
    timestamp: String(fix.time),
    speed: (fix.speed * KNOTS_PER_MPS).toFixed(2),
    accuracy: String(fix.accuracy),
    batt: String(fix.battery),
  });
  if (fix.heading !== undefined) query.set('bearing', String(fix.heading));
  return query;
}

/** As Traccar Client from version 9 sends it. */
export function traccarBody(fix: SimulatedFix): object {
  return {
    device_id: fix.device,
    location: {
      timestamp: new Date(fix.time).toISOString(),
      coords: {
        latitude: fix.lat,
        longitude: fix.lon,
        accuracy: fix.accuracy,
        speed: fix.speed,
        heading: fix.heading ?? -1,
        altitude: 6,
      },
      is_moving: fix.speed > 0,
      odometer: 0,
      event: 'motionchange',
      mock: fix.mock,
      activity: { type: fix.speed > 3 ? 'in_vehicle' : fix.speed > 0 ? 'walking' : 'still' },
      battery: { level: fix.battery / 100, is_charging: false },
      extras: {},
    },
  };
}

function gatewayFix(fix: SimulatedFix): object {
  const { device, lon, lat, speed, heading, accuracy, battery, mock } = fix;
  return { device, time: new Date(fix.time).toISOString(), lon, lat, speed, heading, accuracy, battery, mock };
}

/** Whether a batch's verdicts name a device that the server does not know. */
function unknownDevices({ body }: Reply): boolean {
  return JSON.stringify(body ?? '').includes('unknown_device');
}
