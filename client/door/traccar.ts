import type { Enrolment } from '../api/enrolment.ts';

/** The settings as Traccar Client takes them from a link or a scanned code. */
function settings({ deviceId, interval, distance, accuracy }: Enrolment['traccarClient']): Record<string, string> {
  return { id: deviceId, interval: String(interval), distance: String(distance), accuracy, buffer: 'true' };
}

/** What Traccar Client reads from a QR code: the server's address, and its settings as parameters. */
export function traccarCode(client: Enrolment['traccarClient']): string {
  return `${client.url}?${new URLSearchParams(settings(client))}`;
}

/** A link that opens Traccar Client on this phone and sets it up. */
export function traccarLink(client: Enrolment['traccarClient']): string {
  return `org.traccar.client://config?${new URLSearchParams({ url: client.url, ...settings(client) })}`;
}
