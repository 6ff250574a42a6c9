import { Compile } from 'typebox/compile';
import { UpMessage } from '../../shared/live/messages.ts';

const MESSAGE = Compile(UpMessage);
/** One for each type, for errors that speak of that type alone. */
const VALIDATORS = new Map(UpMessage.anyOf.map((schema) => [schema.properties.type.const, Compile(schema)]));
const TYPES = [...VALIDATORS.keys()].join(', ');

/** Reads a viewer's message, or says in a sentence what is wrong with it. */
export function readMessage(text: string): UpMessage | string {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'the message is not JSON';
  }
  if (MESSAGE.Check(message)) return message;
  const type = typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
  for (const [name, validator] of VALIDATORS) {
    if (name !== type) continue;
    const [error] = validator.Errors(message);
    return `${name}${error?.instancePath.replaceAll('/', '.') ?? ''} ${error?.message ?? 'is not valid'}`;
  }
  return `type must be one of ${TYPES}`;
}
