import { setTimeout as delay } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { ask } from './access.ts';

/** What the server has said yes to: the client's own log, to compare with what is stored. */
export interface Acknowledged {
  /** `device/milliseconds` of every fix. */
  fixes: Set<string>;
  /** Ids of incidents. */
  incidents: Set<string>;
}

/**
 * Clients that report fixes and incidents as fast as they are answered, and like a phone send again whatever was not
 * answered 2xx, until it is. `url` may change while they run.
 */
export class Load {
  readonly acknowledged: Acknowledged = { fixes: new Set(), incidents: new Set() };
  url = '';
  /** When the newest acknowledged request was begun, and answered: milliseconds of `performance.now()`. */
  lastBegun = 0;
  lastYes = 0;
  /** Answers that said "not now", and when to try again. */
  unavailable = 0;
  #running = true;
  #stopping = false;
  #clients: Promise<void>[];
  #time: number;

  constructor(devices: string[], from: number) {
    this.#time = from;
    this.#clients = [...devices.map((device) => this.#sendFixes(device)), this.#sendIncidents(from)];
  }

  /** Gives up: nothing more is sent; settles when the answers that are under way have come or never will. */
  async abandon(): Promise<void> {
    this.#running = false;
    await Promise.allSettled(this.#clients);
  }

  /** Lets every request that is under way be answered, then stops. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#running = false;
    await Promise.all(this.#clients);
  }

  async #sendFixes(device: string): Promise<void> {
    while (this.#running) {
      const times = Array.from({ length: 20 }, () => ++this.#time);
      const fixes = times.map((time) => ({ device, time, lon: 116 + (time % 1000) / 1e4, lat: -8.5 }));
      if (!(await this.#untilYes('/api/ingest/positions', { fixes }))) return;
      for (const time of times) this.acknowledged.fixes.add(`${device}/${time}`);
    }
  }

  async #sendIncidents(from: number): Promise<void> {
    while (this.#running) {
      const id = uuidv7();
      const report = {
        id,
        category: 'bencana',
        severity: 'low',
        source: 'radio',
        title: 'Pohon tumbang',
        occurredAt: new Date(from).toISOString(),
        location: { lon: 116.1, lat: -8.5 },
      };
      if (!(await this.#untilYes('/api/incidents', report))) return;
      this.acknowledged.incidents.add(id);
    }
  }

  /** Returns whether it was acknowledged, rather than given up. */
  async #untilYes(path: string, body: object): Promise<boolean> {
    while (this.#running || this.#stopping) {
      const begun = performance.now();
      try {
        const answer = await ask(this.url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        await answer.arrayBuffer();
        if (answer.ok) {
          this.lastBegun = Math.max(this.lastBegun, begun);
          this.lastYes = performance.now();
          return true;
        }
        if (answer.status === 503 && answer.headers.has('retry-after')) this.unavailable++;
        else throw new Error(`${path} was answered ${answer.status}`);
      } catch (error) {
        // A request that was cut off says so with a cause; anything else is a finding.
        if (!(error as Error).cause) throw error;
      }
      await delay(50);
    }
    return false;
  }
}

/** Registers a unit with a device of the same name. */
export async function registerDevice(url: string, device: string): Promise<void> {
  const answer = await ask(`${url}/api/units`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ callsign: device, organisation: 'ronda', devices: [device] }),
  });
  if (answer.status !== 201) throw new Error(await answer.text());
}
