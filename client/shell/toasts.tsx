import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

/** Where toasts appear. */
export default function Toasts() {
  return <Notifications position="bottom-center" containerWidth={440} autoClose={6000} zIndex={400} />;
}
