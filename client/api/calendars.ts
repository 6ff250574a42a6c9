import { useQuery } from '@tanstack/react-query';
import { ELECTIONS } from '../../shared/calendar/elections.ts';
import type { ElectionCalendar } from '../../shared/schemas/election-calendar.ts';
import type { ElectionStages } from '../../shared/schemas/stage.ts';
import { request } from './request.ts';

/** The calendars of elections: that of the server first, then those that are built in. */
export function useCalendars() {
  return useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => request<ElectionStages>('/api/stages', { signal }),
    select: withBuiltIn,
    staleTime: 60 * 60_000,
  });
}

function withBuiltIn({ calendar, stages, source }: ElectionStages): readonly ElectionCalendar[] {
  if (!calendar || stages.length === 0) return ELECTIONS;
  const own: ElectionCalendar = {
    id: 'server',
    name: calendar,
    nameEn: calendar,
    kind: 'other',
    jurisdiction: 'national',
    stages: stages.map((stage) => ({ ...stage, source: source ?? '' })),
  };
  return [own, ...ELECTIONS];
}
