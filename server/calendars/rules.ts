import { calendarProblems, covers } from '../../shared/calendar/calendar.ts';
import { ELECTIONS } from '../../shared/calendar/elections.ts';
import { RondaError } from '../../shared/errors.ts';
import type { CalendarBody, ElectionCalendar } from '../../shared/schemas/election-calendar.ts';
import { containsCode, type Scope } from '../access/scope.ts';
import type { KeptCalendar } from './queries.ts';

/** The calendars that are built in, of the whole country or of areas that a scope touches. */
export function builtIn(scope: Scope): ElectionCalendar[] {
  return ELECTIONS.filter(
    (calendar) =>
      scope.everything || calendar.jurisdiction === 'national' || scope.codes.some((code) => covers(calendar, code)),
  );
}

/** Whether all of an own calendar's areas lie where its writer may write. */
export function mayChange({ calendar: { jurisdiction }, origin }: KeptCalendar, scope: Scope): boolean {
  if (origin !== 'own') return false;
  return jurisdiction === 'national' ? scope.everything : jurisdiction.every((code) => containsCode(scope, code));
}

/** Throws `unprocessable` or `forbidden`, naming every field that is wrong. */
export function checkCalendar(body: CalendarBody, scope: Scope): void {
  const problems = calendarProblems({ id: 'new', ...body }).map(({ field, problem, remedy }) => ({
    field: `body.${field.replaceAll('/', '.')}`,
    problem: `${problem}. ${remedy}`,
  }));
  for (const field of ['name', 'nameEn'] as const) {
    if (body[field].trim() === '') problems.push({ field: `body.${field}`, problem: 'is blank; write a name' });
  }
  const [first] = problems;
  if (first) throw new RondaError('unprocessable', `${first.field}: ${first.problem}`, { details: problems });
  if (scope.everything) return;
  const { jurisdiction } = body;
  const outside =
    jurisdiction === 'national'
      ? [
          {
            field: 'body.jurisdiction',
            problem: 'is the whole country, which is beyond your jurisdiction; name its areas',
          },
        ]
      : jurisdiction.flatMap((code, index) =>
          containsCode(scope, code)
            ? []
            : [
                {
                  field: `body.jurisdiction.${index}`,
                  problem: `${code} lies outside your jurisdiction; leave it out`,
                },
              ],
        );
  const [beyond] = outside;
  if (beyond) throw new RondaError('forbidden', `${beyond.field}: ${beyond.problem}.`, { details: outside });
}
