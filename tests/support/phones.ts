import type { App } from '../../server/app.ts';
import type { DeviceEnrolment, Enrolled } from '../../shared/schemas/device.ts';
import { tokenOf } from './visitor.ts';

/** A phone that was enrolled by a link, and sends as its apps do: with its token and no session. */
export interface Phone extends Enrolled {
  deviceId: number;
  /** Name for gateways. */
  identifier: string;
}

/** Adds a device to a unit and opens its link. */
export async function enrolPhone(app: App, unit: number, body: object = { label: 'HP' }): Promise<Phone> {
  const added = await app.http.inject({ method: 'POST', url: `/api/units/${unit}/devices`, payload: body });
  if (added.statusCode !== 201) throw new Error(`adding a device answered ${added.body}`);
  const { device, enrolment } = added.json<DeviceEnrolment>();
  const opened = await app.http.inject({
    method: 'POST',
    url: '/api/enrol',
    headers: { cookie: '' },
    payload: { token: tokenOf(enrolment.link) },
  });
  if (opened.statusCode !== 200) throw new Error(`opening the link answered ${opened.body}`);
  return { ...opened.json<Enrolled>(), deviceId: device.id, identifier: device.identifier };
}

/** Sends a fix at a time (Unix milliseconds) to OsmAnd's door. */
export function sendFix(app: App, token: string, time: number, [lon, lat]: [number, number] = [116.1, -8.58]) {
  return app.http.inject({
    url: `/api/ingest/osmand?id=${token}&lat=${lat}&lon=${lon}&timestamp=${time}`,
    headers: { cookie: '' },
  });
}

/** Sends fixes to the door of batches with the device's own token. */
export function sendBatch(app: App, token: string, times: readonly number[]) {
  const fixes = times.map((time) => ({ device: token, time, lon: 116.1, lat: -8.58 }));
  return app.http.inject({ method: 'POST', url: '/api/ingest/positions', headers: { cookie: '' }, payload: { fixes } });
}
