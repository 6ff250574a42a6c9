import { type ErrorDetail, RondaError } from '../../shared/errors.ts';
import type { IncidentPatch, NewIncident } from '../../shared/schemas/incident.ts';

/** How far ahead of the server's clock a time may be: clocks differ, but nothing is reported before it happens. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const EARLIEST = Date.UTC(1900, 0, 1);
const TEXTS = ['subcategory', 'title', 'description', 'place', 'note'] as const;
const TIMES = ['occurredAt', 'reportedAt', 'occurredUntil'] as const;

/**
 * Checks what a schema cannot say of a new incident. `now` in milliseconds.
 * Throws `unprocessable` with every field that is wrong.
 */
export function checkNewIncident(body: NewIncident, now: number): void {
  const problems = commonProblems(body, now);
  if (!/^.{14}7.{4}[89ab]/i.test(body.id)) {
    problems.push({
      field: 'body.id',
      problem: 'is not a UUID of version 7; make the id with UUIDv7, so that incidents sort by when they were made',
    });
  }
  refuse([...problems, ...orderProblems(body)]);
}

/** Checks what a schema cannot say of a change to an incident; times are compared with those that it already has. */
export function checkIncidentPatch(
  patch: IncidentPatch,
  stored: { occurredAt: string; occurredUntil: string | null },
  now: number,
): void {
  refuse([
    ...commonProblems(patch, now),
    ...orderProblems({
      occurredAt: patch.occurredAt ?? stored.occurredAt,
      occurredUntil: patch.occurredUntil ?? stored.occurredUntil ?? undefined,
    }),
  ]);
}

function commonProblems(body: IncidentPatch, now: number): ErrorDetail[] {
  const problems: ErrorDetail[] = [];
  for (const field of TEXTS) {
    if (body[field]?.includes('\0')) {
      problems.push({
        field: `body.${field}`,
        problem: 'holds the character NUL, which cannot be stored; leave it out',
      });
    }
  }
  if (body.title?.trim() === '')
    problems.push({ field: 'body.title', problem: 'is blank; say in a few words what happened' });
  for (const field of TIMES) {
    const text = body[field];
    if (text === undefined) continue;
    const time = Date.parse(text);
    if (Number.isNaN(time) || time < EARLIEST) {
      problems.push({
        field: `body.${field}`,
        problem: 'is not a time since 1900; use ISO 8601 such as 2026-11-21T09:30:00+07:00',
      });
    } else if (time > now + CLOCK_TOLERANCE_MS && field !== 'occurredUntil') {
      problems.push({
        field: `body.${field}`,
        problem: 'is more than 5 minutes ahead of the server; correct the time or the clock',
      });
    }
  }
  if (body.location?.lon === 0 && body.location.lat === 0) {
    problems.push({
      field: 'body.location',
      problem: 'is (0, 0), which devices send for an unknown place; give the true place',
    });
  }
  return problems;
}

function orderProblems(times: { occurredAt: string; occurredUntil?: string | undefined }): ErrorDetail[] {
  if (times.occurredUntil === undefined || Date.parse(times.occurredUntil) >= Date.parse(times.occurredAt)) return [];
  return [{ field: 'body.occurredUntil', problem: 'is before occurredAt; an interval ends after it begins' }];
}

function refuse(problems: ErrorDetail[]): void {
  const first = problems[0];
  if (first) throw new RondaError('unprocessable', `${first.field} ${first.problem}.`, { details: problems });
}
