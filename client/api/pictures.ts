import type { LoggedPicture, NewPicture } from '../../shared/schemas/saved-analysis.ts';
import { request } from './request.ts';

/** Writes down that a picture or print is taken, before it is; answers what must stand on it. May ask for a proof. */
export const logPicture = (picture: NewPicture): Promise<LoggedPicture> =>
  request('/api/analyses/pictures', { method: 'POST', body: picture });
