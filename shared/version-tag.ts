import { Type } from 'typebox';
import { fieldError, RondaError } from './errors.ts';

/** The request header of whoever changes something: the ETag of the version that was looked at. Without it: 428. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag of the version to be changed, such as "3"; 428 without, 409 where it is older' }),
  ),
});

/**
 * The version that an If-Match header names, as the ETag gave it: `"3"`.
 * Throws `version_required` without one, `invalid_request` for anything else.
 */
export function readIfMatch(header: string | undefined): number {
  if (header === undefined) {
    throw new RondaError(
      'version_required',
      'headers.if-match is missing: send the ETag of the version that you changed, such as "3".',
    );
  }
  const found = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (!found) {
    const problem = 'is not an ETag that was given here; send it as it was given, such as "3"';
    throw fieldError('invalid_request', 'headers.if-match', problem);
  }
  return Number(found[1]);
}

/** The answer to who changed an older version of a thing (`incident`) than the current one. */
export function versionConflict(thing: string, current: number): RondaError {
  return new RondaError(
    'version_conflict',
    `Someone changed the ${thing} meanwhile: its version is now ${current}. Read it again and repeat the change.`,
    { details: [{ field: 'headers.if-match', problem: `is not the current version "${current}"` }] },
  );
}
