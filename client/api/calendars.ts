import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarBody, ListedCalendar } from '../../shared/schemas/election-calendar.ts';
import { request } from './request.ts';

const KEY = ['calendars'];

/** The calendars of elections where people of the own areas vote, the latest first. */
export function useCalendars() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<{ calendars: ListedCalendar[] }>('/api/calendars', { signal }),
    select: ({ calendars }) => calendars,
    staleTime: 60 * 60_000,
  });
}

/** What can be done with calendars; all but the first name the version that they are meant for. */
export type CalendarDeed =
  | { kind: 'create'; body: CalendarBody }
  | { kind: 'replace'; id: string; version: number; body: CalendarBody }
  | { kind: 'delete'; id: string; version: number };

/** Makes, changes or removes a calendar. It is done once the list, and the stages that stand on it, are as they then are. */
export function useCalendarChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: CalendarDeed): Promise<ListedCalendar | undefined> => {
      if (deed.kind === 'create') return request('/api/calendars', { method: 'POST', body: deed.body });
      return request(`/api/calendars/${deed.id}`, {
        method: deed.kind === 'replace' ? 'PUT' : 'DELETE',
        headers: { 'if-match': `"${deed.version}"` },
        ...('body' in deed && { body: deed.body }),
      });
    },
    // Without a server there is nothing to read anew, and what failed is said at once.
    onSuccess: () => Promise.all([KEY, ['stages']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
