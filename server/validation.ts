import { Ajv, type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

const COMMON: Options = { allErrors: false, removeAdditional: false, useDefaults: true, strict: false };

/** Text of a query or a path becomes the number or boolean that its schema asks for. */
const text = withFormats(new Ajv({ ...COMMON, coerceTypes: 'array' }));
/** A JSON body already has types: `null` is not 0, `"106"` is not 106, and what the schema does not know is refused. */
const json = withFormats(new Ajv({ ...COMMON, coerceTypes: false }));

/**
 * Compiles the schemas of requests: bodies strictly, queries and paths with their text read as the type asked for.
 * Each is compiled when the first request comes to it: all of them together would hold up the start by half a second.
 */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) => {
  let compiled: ValidateFunction | undefined;
  const validate: ReturnType<FastifySchemaCompiler<object>> = (data) => {
    compiled ??= (httpPart === 'body' ? json : text).compile(schema);
    const isValid = compiled(data);
    validate.errors = compiled.errors ?? null;
    return isValid;
  };
  return validate;
};

function withFormats(ajv: Ajv): Ajv {
  addFormats.default(ajv);
  const { 'date-time': written } = ajv.formats;
  if (typeof written !== 'object' || !('validate' in written) || typeof written.validate !== 'function') {
    throw new Error('ajv-formats has another kind of date-time');
  }
  const isWritten = written.validate as (text: string) => boolean;
  // A leap second is written as the format says, and yet no time that a database or a clock knows.
  ajv.addFormat('date-time', (text) => isWritten(text) && !Number.isNaN(Date.parse(text)));
  const { date } = ajv.formats;
  if (typeof date !== 'object' || !('validate' in date) || typeof date.validate !== 'function') {
    throw new Error('ajv-formats has another kind of date');
  }
  const isDay = date.validate as (text: string) => boolean;
  // The database's calendar goes from the year 1 BC to the year 1.
  ajv.addFormat('date', (text) => isDay(text) && !text.startsWith('0000'));
  // As the database reads it: without the urn:uuid: before it that the format allows.
  ajv.addFormat('uuid', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i);
  return ajv;
}
