import type { ListedCalendar } from '../../../shared/schemas/election-calendar.ts';
import { type CalendarDeed, useCalendarChange } from '../../api/calendars.ts';
import { isUnanswered, RequestError } from '../../api/request.ts';
import { type Problems, problemsSaid } from './draft.ts';

/** Why a change came to nothing. */
export type Failure = 'check' | 'unreachable' | 'conflict' | 'gone' | 'forbidden' | 'failed';

/** Changes a calendar; what is wrong is told by its field where the server does. */
export function useCalendarDeed() {
  const { mutateAsync, isPending } = useCalendarChange();
  const run = (
    deed: CalendarDeed,
    then: { done(calendar: ListedCalendar | undefined): void; failed(failure: Failure, problems: Problems): void },
  ) => {
    // By the promise: what is on the screen for the old version is gone before the new one has been told of.
    void mutateAsync(deed).then(then.done, (error: Error) => then.failed(failureOf(error), fieldsOf(error)));
  };
  return { run, busy: isPending };
}

function fieldsOf(error: Error): Problems {
  if (!(error instanceof RequestError)) return {};
  const fields = (error.body.details ?? []).filter(({ field }) => field.startsWith('body.'));
  return problemsSaid(fields, error.body.code === 'forbidden');
}

function failureOf(error: Error): Failure {
  if (isUnanswered(error)) return 'unreachable';
  if (Object.keys(fieldsOf(error)).length > 0) return 'check';
  switch (error instanceof RequestError ? error.body.code : '') {
    case 'version_conflict':
      return 'conflict';
    case 'not_found':
      return 'gone';
    case 'forbidden':
      return 'forbidden';
    default:
      return 'failed';
  }
}
