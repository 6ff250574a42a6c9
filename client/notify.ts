import type { NotificationData } from '@mantine/notifications';
import i18next from 'i18next';
import { create } from 'zustand';

/** Whether anything has been said yet: until then toasts need not be loaded. */
export const useToasts = create<{ wanted: boolean }>(() => ({ wanted: false }));

/** Says something in a toast: what happened, what is safe, what to do. */
export function notify(toast: NotificationData): void {
  useToasts.setState({ wanted: true });
  const closeButtonProps = { 'aria-label': i18next.t('app.close') };
  void import('@mantine/notifications').then(({ notifications }) => notifications.show({ closeButtonProps, ...toast }));
}

/** Takes a toast away again that was given an `id`. */
export function hush(id: string): void {
  void import('@mantine/notifications').then(({ notifications }) => notifications.hide(id));
}
