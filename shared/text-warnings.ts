import type { ErrorDetail } from './errors.ts';
import { findPersonalData, type PersonalDataKind } from './personal-data.ts';

const NAMES: Record<PersonalDataKind, string> = {
  nik: 'a NIK',
  phone: 'a phone number',
  email: 'an address of mail',
  handle: 'a name in a social network',
  url: 'a link',
  plate: 'a number plate',
};

/** Which of these texts of a body look as if they held personal data: the writer is warned, and nothing is refused. */
export function textWarnings<Field extends string>(
  body: { [Key in Field]?: string | null },
  fields: readonly Field[],
): { warnings?: ErrorDetail[] } {
  const warnings = fields.flatMap((field) => {
    const kinds = findPersonalData(body[field] ?? '');
    if (kinds.length === 0) return [];
    const problem = `seems to hold ${kinds.map((kind) => NAMES[kind]).join(', ')}; leave out who it is about`;
    return [{ field: `body.${field}`, problem }];
  });
  return warnings.length > 0 ? { warnings } : {};
}
