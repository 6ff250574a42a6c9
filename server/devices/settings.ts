import type { Enrolled } from '../../shared/schemas/device.ts';

/** Where devices send, beneath the server's address. */
const DOOR = '/api/ingest/osmand';

/** What OsmAnd puts into the braces, by parameter. */
const OSMAND = 'lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed={5}&bearing={6}';

/** A patrol on foot is seen to walk, one on a motorcycle every few houses; a unit at rest is heard each minute. */
const TRACCAR = { interval: 15, distance: 25, heartbeat: 60, accuracy: 'high' } as const;

/** The settings of the apps that send for a device, with its token in them. `server`: the address as phones reach it. */
export function appSettings(server: string, token: string): Pick<Enrolled, 'osmandUrl' | 'traccarClient'> {
  const url = `${server}${DOOR}`;
  const parameters = {
    id: token,
    interval: String(TRACCAR.interval),
    distance: String(TRACCAR.distance),
    heartbeat: String(TRACCAR.heartbeat),
    accuracy: TRACCAR.accuracy,
    // What cannot be sent now is sent later.
    buffer: 'true',
  };
  return {
    osmandUrl: `${url}?id=${token}&${OSMAND}`,
    traccarClient: {
      url,
      deviceId: token,
      ...TRACCAR,
      // Scanned within Traccar Client: address and path are the server, the query is the settings.
      code: `${url}?${new URLSearchParams(parameters)}`,
      link: `org.traccar.client://config?${new URLSearchParams({ url, ...parameters })}`,
    },
  };
}
