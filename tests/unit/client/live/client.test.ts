import { describe, expect, test } from 'vitest';
import { LiveClient } from '../../../../client/live/client.ts';
import type { LiveEnvironment, SocketListener } from '../../../../client/live/environment.ts';
import type { LiveStatus } from '../../../../client/live/reconnector.ts';
import { CLOSE, isRetryable } from '../../../../shared/live/close-codes.ts';
import { ManualClock } from '../../../support/live-link.ts';

/** A network under the test's control; the test speaks for the server. */
class Network implements LiveEnvironment {
  readonly clock = new ManualClock();
  readonly sockets: { listener: SocketListener; sent: Record<string, unknown>[]; closed: boolean }[] = [];
  wake = () => {};

  connect(listener: SocketListener) {
    const socket = { listener, sent: [] as Record<string, unknown>[], closed: false };
    this.sockets.push(socket);
    return {
      send: (text: string) => socket.sent.push(JSON.parse(text)),
      close: () => {
        socket.closed = true;
      },
    };
  }
  get socket() {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no attempt was made');
    return socket;
  }
  say(...messages: unknown[]): void {
    for (const message of messages) this.socket.listener.message(JSON.stringify(message));
  }
  welcome(): void {
    this.say({ type: 'welcome', protocol: 'ronda.v1', now: 0, heartbeatMs: 5000 });
  }
  now = () => this.clock.now;
  performanceNow = () => this.clock.now;
  random = () => 1;
  after = (ms: number, callback: () => void) => this.clock.after(ms, callback);
  onWake(callback: () => void): () => void {
    this.wake = callback;
    return () => {};
  }
}

const COUNTS = [{ lon: 106, lat: -6, count: 3, alarms: 0 }];

function connected() {
  const network = new Network();
  const client = new LiveClient(network);
  const states: LiveStatus['state'][] = [];
  client.subscribeStatus(({ state }) => states.push(state));
  network.welcome();
  return { network, client, states };
}

const event = (previous: string, cursor: string) => ({
  type: 'event',
  previous,
  cursor,
  at: 0,
  kind: 'unit.changed',
  subject: '1',
  data: { id: 1, callsign: 'P1', organisation: 'polri', status: 'available', homeArea: null },
});

describe('the live client', () => {
  test('says what it wants when it is welcomed, and again after a cut', () => {
    const { network, client } = connected();
    client.setWindow([106.7, -6.3, 106.9, -6.1], 12);
    client.setWindow([106.7, -6.3, 106.9, -6.1], 12.1);
    client.startFrom('e-1');
    expect(network.socket.sent.map(({ type }) => type)).toEqual(['window', 'resume']);
    const id = network.socket.sent[1]?.id;
    network.say({ type: 'resumed', id, cursor: 'e-1' }, event('e-1', 'e-4'));
    network.socket.listener.closed(1006);
    network.clock.advance(500);
    network.welcome();
    expect(network.sockets).toHaveLength(2);
    expect(network.socket.sent).toMatchObject([{ type: 'window' }, { type: 'resume', cursor: 'e-4' }]);
  });

  test('tells what was published', () => {
    const { network, client } = connected();
    const seen: string[] = [];
    const stop = client.onPublished((topic) => seen.push(topic));
    network.say({ type: 'published', topic: 'areas', version: 7 });
    stop();
    network.say({ type: 'published', topic: 'basemap', version: 2 });
    expect(seen).toEqual(['areas']);
  });

  test('an event that does not follow the last one is never handed on: it resumes instead', () => {
    const { network, client } = connected();
    const seen: string[] = [];
    client.onEvent(({ cursor }) => seen.push(cursor));
    client.startFrom('e-1');
    network.say(
      { type: 'resumed', id: network.socket.sent[0]?.id, cursor: 'e-1' },
      event('e-1', 'e-2'),
      event('e-3', 'e-4'),
    );
    expect(seen).toEqual(['e-2']);
    network.clock.advance(500);
    network.welcome();
    expect(network.socket.sent).toMatchObject([{ type: 'resume', cursor: 'e-2' }]);
  });

  test('resync is told, and events wait for the new cursor', () => {
    const { network, client } = connected();
    let resyncs = 0;
    client.onResync(() => resyncs++);
    client.startFrom('e-1');
    network.say({ type: 'resync', id: network.socket.sent[0]?.id, reason: 'too_old' });
    expect(resyncs).toBe(1);
    network.say(event('e-8', 'e-9'));
    expect(client.status.state).toBe('live');
  });

  test('back-off doubles with jitter up to 30 s, one attempt at a time; the network coming back tries at once', () => {
    const network = new Network();
    const client = new LiveClient(network);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const begun = network.clock.now;
      const attempts = network.sockets.length;
      network.socket.listener.closed(1006);
      while (network.sockets.length === attempts) network.clock.advance(100);
      waits.push(network.clock.now - begun);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
    expect(client.status).toMatchObject({ state: 'stale', attempt: 9 });
    const attempts = network.sockets.length;
    network.wake();
    expect(network.sockets.length).toBe(attempts);
    network.socket.listener.closed(1006);
    network.wake();
    network.wake();
    expect(network.sockets.length).toBe(attempts + 1);
  });

  test('an attempt that gets no answer is given up', () => {
    const network = new Network();
    new LiveClient(network);
    network.clock.advance(10_600);
    expect(network.sockets.map(({ closed }) => closed)).toEqual([true, false]);
  });

  test('live, then silent: stale since the last word, and connected anew', () => {
    const { network, client, states } = connected();
    const heard = network.clock.now;
    network.clock.advance(5_000);
    network.say({ type: 'heartbeat', now: 0 });
    network.clock.advance(14_000);
    expect(client.status).toMatchObject({ state: 'stale', since: heard + 5_000 });
    expect(network.sockets[0]?.closed).toBe(true);
    network.welcome();
    expect(client.status).toMatchObject({ state: 'live', attempt: 0 });
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual(['live', 'stale', 'live']);
  });

  test('a short cut is reconnecting, a long one stale', () => {
    const { network, client } = connected();
    network.socket.listener.closed(1012);
    expect(client.status).toMatchObject({ state: 'reconnecting', attempt: 1 });
    network.clock.advance(13_000);
    expect(client.status.state).toBe('stale');
  });

  test('a fatal close ends it, and says so; words of an old connection are not heard', () => {
    const { network, client } = connected();
    const old = network.socket;
    old.listener.closed(4000);
    network.clock.advance(60_000);
    expect(network.sockets).toHaveLength(1);
    expect(client.status).toMatchObject({ state: 'stale', ended: 'refused' });
    old.listener.message('{');
    expect(network.sockets).toHaveLength(1);
  });

  test('signed out elsewhere ends it, and says that; permission changed begins anew with nothing kept', () => {
    const out = connected();
    const withdrawn: string[] = [];
    out.client.onWithdrawn((why) => withdrawn.push(why));
    out.client.units.counts = [...COUNTS];
    out.network.socket.listener.closed(4401);
    expect(out.client.status).toMatchObject({ state: 'stale', ended: 'signed out' });
    expect([withdrawn, out.client.units.counts]).toEqual([['signed out'], []]);
    const { network, client } = connected();
    client.onWithdrawn((why) => withdrawn.push(why));
    client.units.counts = [...COUNTS];
    client.startFrom('e-1');
    network.say({ type: 'resumed', id: network.socket.sent[0]?.id, cursor: 'e-1' });
    network.socket.listener.closed(4403);
    expect([withdrawn[1], client.units.counts]).toEqual(['permission', []]);
    network.clock.advance(500);
    network.welcome();
    // The old cursor is not asked for: the snapshot brings a new one.
    expect(network.socket.sent).toEqual([]);
  });

  test('who is told elsewhere that nobody is signed in stops trying and keeps nothing, until it comes back', () => {
    const { network, client } = connected();
    client.units.counts = [...COUNTS];
    network.socket.listener.closed(1006);
    client.signOut();
    expect([client.status.ended, client.units.counts]).toEqual(['signed out', []]);
    network.wake();
    network.clock.advance(120_000);
    expect(network.sockets).toHaveLength(1);
    client.comeBack();
    network.welcome();
    expect(network.sockets).toHaveLength(2);
    expect(client.status).toMatchObject({ state: 'live' });
    expect(client.status.ended).toBeUndefined();
  });

  test('bytes that are no frame begin the connection anew', () => {
    const { network } = connected();
    network.socket.listener.message(new Uint8Array([1, 2, 3]).buffer);
    expect(network.socket.closed).toBe(true);
    network.clock.advance(500);
    expect(network.sockets).toHaveLength(2);
  });

  test('close codes: ours as written, the standard ones by sense', () => {
    for (const { code, retry } of Object.values(CLOSE)) expect(isRetryable(code)).toBe(retry);
    expect([1000, 1001, 1006, 1013, 3000].map(isRetryable)).toEqual([true, true, true, true, true]);
    expect([1002, 1003, 1007, 1008, 1009].map(isRetryable)).toEqual([false, false, false, false, false]);
  });
});
