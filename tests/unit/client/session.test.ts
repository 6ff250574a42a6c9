import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useAccess } from '../../../client/access/access.ts';
import { Session, useSession } from '../../../client/session.ts';
import type { IncidentPoint } from '../../../shared/schemas/incident.ts';

/** Requests for the snapshot, each answered when the test says so. */
let asked: ((points: Partial<IncidentPoint>[]) => void)[];
let session: Session;

beforeEach(() => {
  asked = [];
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      postMessage(): void {}
      terminate(): void {}
    },
  );
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((answer) =>
        asked.push((points) => answer(Response.json({ points, cursor: 'A', truncated: false }))),
      ),
  );
  const me = {
    signedIn: true as const,
    account: null,
    grants: [],
    permissions: ['incident.read' as const],
    session: null,
  };
  useAccess.setState({ ...useAccess.getInitialState(), door: 'open', me });
  session = new Session(new QueryClient());
});
afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
});

const shown = () => [...session.incidents.points.keys()];
const point = (id: string) => ({ id, version: 1, occurredAt: 0, reportedAt: 0, lon: 116, lat: -8 });

test('of two snapshots the one asked for last is shown, whichever comes last', async () => {
  const before = session.load();
  const after = session.load();
  asked[1]?.([point('still seen')]);
  await after;
  asked[0]?.([point('still seen'), point('seen no longer')]);
  await before;
  expect(shown()).toEqual(['still seen']);
});

test('what comes after somebody was put out is not taken', async () => {
  const before = session.load();
  session.leave();
  asked[0]?.([point('seen no longer')]);
  await before;
  expect(shown()).toEqual([]);
  expect(useSession.getState().incidents).toBe('loading');
});
