import type { DownMessage } from '../../shared/live/messages.ts';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentPoint,
  SEVERITIES,
} from '../../shared/schemas/incident.ts';
import { ORGANISATIONS, UNIT_STATUSES, type Unit } from '../../shared/schemas/unit.ts';
import { WARNING_OUTCOMES, WARNING_RULES, WARNING_STATES, type WarningPoint } from '../../shared/schemas/warning.ts';

/** What a field must hold: a type, nothing or that type, or one of a list. */
type Rule = 'string' | 'number' | 'string or null' | 'string or absent' | 'four numbers' | readonly (string | null)[];
type Rules<T> = { readonly [K in keyof Required<T>]: Rule };
type Of<T extends DownMessage['type']> = Omit<Extract<DownMessage, { type: T }>, 'type'>;

const POINT: Rules<IncidentPoint> = {
  id: 'string',
  lon: 'number',
  lat: 'number',
  category: INCIDENT_CATEGORIES,
  severity: SEVERITIES,
  status: INCIDENT_STATUSES,
  source: INCIDENT_SOURCES,
  title: 'string',
  occurredAt: 'number',
  createdAt: 'number',
  area: 'string',
  version: 'number',
};

const UNIT: Rules<Unit> = {
  id: 'number',
  callsign: 'string',
  organisation: ORGANISATIONS,
  status: UNIT_STATUSES,
  homeArea: 'string or null',
};

const WARNING: Rules<WarningPoint> = {
  id: 'string',
  area: 'string',
  name: 'string',
  lon: 'number',
  lat: 'number',
  category: INCIDENT_CATEGORIES,
  rule: WARNING_RULES,
  state: WARNING_STATES,
  since: 'string',
  lastDay: 'string',
  observed: 'number',
  expected: 'number',
  statistic: 'number',
  upperBound: 'number',
  p: 'number',
  outcome: [...WARNING_OUTCOMES, null],
  version: 'number',
};

/** The fields of each message but events, whose `data` hangs on their kind. */
const MESSAGES: { readonly [T in Exclude<DownMessage['type'], 'event'>]: Rules<Of<T>> } = {
  welcome: { protocol: 'string', now: 'number', heartbeatMs: 'number' },
  heartbeat: { now: 'number', cursor: 'string or absent' },
  window: { id: 'number', show: ['units', 'counts'], level: 'number', cells: 'four numbers' },
  published: { topic: ['areas', 'basemap'], version: 'number' },
  resumed: { id: 'number', cursor: 'string' },
  resync: { id: 'number', reason: ['too_old', 'unknown_cursor'] },
  error: { code: 'string', message: 'string' },
};

const EVENT = { cursor: 'string', previous: 'string', at: 'number', subject: 'string' } as const;

/**
 * Whether this is a message that the protocol knows. By hand and not by TypeBox, which alone would be a twentieth of
 * the page's script; a test holds it against the schemas in shared/live/messages.ts.
 */
export function isDownMessage(value: unknown): value is DownMessage {
  if (!isRecord(value) || typeof value.type !== 'string') return false;
  if (value.type === 'event') {
    if (!obeys(value, EVENT)) return false;
    if (value.kind === 'unit.changed') return obeys(value.data, UNIT);
    if (value.kind === 'incident.withdrawn') return obeys(value.data, { id: 'string' });
    if (value.kind === 'unit.withdrawn') return obeys(value.data, { id: 'number' });
    if (value.kind === 'warning.raised' || value.kind === 'warning.changed') return obeys(value.data, WARNING);
    return (value.kind === 'incident.created' || value.kind === 'incident.changed') && obeys(value.data, POINT);
  }
  const rules = Object.entries(MESSAGES).find(([type]) => type === value.type)?.[1];
  return rules !== undefined && obeys(value, rules);
}

function obeys(value: unknown, rules: { readonly [field: string]: Rule }): boolean {
  return isRecord(value) && Object.entries(rules).every(([field, rule]) => holds(value[field], rule));
}

function holds(value: unknown, rule: Rule): boolean {
  switch (rule) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'string or null':
      return value === null || typeof value === 'string';
    case 'string or absent':
      return value === undefined || typeof value === 'string';
    case 'four numbers':
      return Array.isArray(value) && value.length === 4 && value.every(Number.isInteger);
    default:
      return (value === null || typeof value === 'string') && rule.includes(value);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
