import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { isDownMessage } from '../../../../client/live/read-message.ts';
import { DownMessage } from '../../../../shared/live/messages.ts';

const point = {
  id: '0190b8a0-0000-7000-8000-000000000001',
  lon: 116.1,
  lat: -8.58,
  category: 'kamtibmas',
  severity: 'low',
  status: 'new',
  source: 'radio',
  title: 'Tawuran',
  occurredAt: 1,
  createdAt: 2,
  area: '52.71',
  version: 1,
};
const unit = { id: 1, callsign: 'P1', organisation: 'polri', status: 'available', homeArea: null };
const warning = {
  id: point.id,
  area: '52.71.01.1004',
  name: 'Dasan Agung',
  lon: 116.1,
  lat: -8.58,
  category: 'kamtibmas',
  rule: 'cusum',
  state: 'open',
  since: '2026-10-04',
  lastDay: '2026-11-21',
  observed: 9,
  expected: 4.5,
  statistic: 26.8,
  upperBound: 16,
  p: 0.0057,
  outcome: null,
  version: 1,
};
const event = { type: 'event', cursor: 'e-2', previous: 'e-1', at: 3, subject: '1' };

const samples: Record<string, unknown>[] = [
  { type: 'welcome', protocol: 'ronda.v1', now: 1, heartbeatMs: 5000 },
  { type: 'heartbeat', now: 1, cursor: 'e-1' },
  { type: 'window', id: 1, show: 'units', level: 12, cells: [0, 0, 1, 1] },
  { type: 'published', topic: 'areas', version: 2 },
  { type: 'resumed', id: 1, cursor: 'e-1' },
  { type: 'resync', id: 1, reason: 'too_old' },
  { type: 'error', code: 'x', message: 'y' },
  { ...event, kind: 'incident.created', data: point },
  { ...event, kind: 'incident.changed', data: point },
  { ...event, kind: 'unit.changed', data: unit },
  { ...event, kind: 'warning.raised', data: warning },
  { ...event, kind: 'warning.changed', data: { ...warning, outcome: 'true' } },
  { ...event, kind: 'incident.withdrawn', data: { id: point.id } },
  { ...event, kind: 'unit.withdrawn', data: { id: 1 } },
];

describe('messages of the live stream are judged as their schemas judge them', () => {
  test.each(samples)('$type $kind', (sample) => {
    expect(isDownMessage(sample)).toBe(true);
    for (const broken of breakages(sample)) {
      expect([isDownMessage(broken), broken]).toEqual([Value.Check(DownMessage, broken), broken]);
    }
  });

  test.each([null, 1, 'heartbeat', [], {}, { type: 'toString' }])('%j is none', (value) => {
    expect(isDownMessage(value)).toBe(false);
  });
});

/** The sample with each field taken out, or of another type, at every depth. */
function breakages(sample: Record<string, unknown>): Record<string, unknown>[] {
  return Object.entries(sample).flatMap(([field, value]) => {
    const without = { ...sample };
    delete without[field];
    const others = [true, {}, 'no such word', -1.5, null].filter((other) => typeof other !== typeof value);
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? breakages({ ...value }).map((each) => ({ ...sample, [field]: each }))
        : [];
    return [without, ...others.map((other) => ({ ...sample, [field]: other })), ...inner];
  });
}
