import { useQuery } from '@tanstack/react-query';
import type { ListedCalendar } from '../../shared/schemas/election-calendar.ts';
import { request } from './request.ts';

/** The calendars of elections where people of the own areas vote, the latest first. */
export function useCalendars() {
  return useQuery({
    queryKey: ['calendars'],
    queryFn: ({ signal }) => request<{ calendars: ListedCalendar[] }>('/api/calendars', { signal }),
    select: ({ calendars }) => calendars,
    staleTime: 60 * 60_000,
  });
}
