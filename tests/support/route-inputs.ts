import type {} from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** A JSON schema, as far as inputs are made from it. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  items?: Schema | Schema[];
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  schema: Schema;
}

/** A route as it describes itself. */
export interface DescribedRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for parameters. */
  url: string;
  parameters: Parameter[];
  /** Schema of its JSON body, or `undefined` when it takes none. */
  body: Schema | undefined;
}

interface Described {
  paths?: Record<
    string,
    Record<string, { parameters?: Parameter[]; requestBody?: { content?: Record<string, { schema?: Schema }> } }>
  >;
}

/** Every route that the server describes: a new one is tested without being named. */
export function describedRoutes(http: FastifyInstance): DescribedRoute[] {
  const { paths = {} } = http.swagger() as Described;
  const routes: DescribedRoute[] = [];
  for (const [url, methods] of Object.entries(paths)) {
    for (const [method, { parameters = [], requestBody }] of Object.entries(methods)) {
      routes.push({
        method: method.toUpperCase() as DescribedRoute['method'],
        url,
        parameters,
        body: requestBody?.content?.['application/json']?.schema,
      });
    }
  }
  return routes;
}

const WORDS: [pattern: RegExp, sample: string][] = [
  [/\\d\{2\}|\.\[0-9\]|RW/, '52.71'],
  [/0-9/, '1'],
];

/** Whether any text will do, as far as the schema says. */
export function isFreeText({ type, enum: values, const: only, format, pattern }: Schema): boolean {
  return type === 'string' && !values && only === undefined && !format && !pattern;
}

/** A value that the schema lets pass, with `text` wherever any text will do. */
export function sample(schema: Schema, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice) return sample(choice, text);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, text)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties) {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([name, part]) => schema.required?.includes(name) || isFreeText(part))
        .map(([name, part]) => [name, sample(part, text)]),
    );
  }
  if (type === 'array') {
    if (Array.isArray(schema.items)) return schema.items.map((item) => sample(item, text));
    return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sample(schema.items as Schema, text));
  }
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return false;
  if (type === 'null') return null;
  if (type === 'string') return isFreeText(schema) ? text : textSample(schema);
  return text;
}

function textSample({ format, pattern, minLength = 0 }: Schema): string {
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  if (format === 'date') return '2026-01-01';
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  const known = WORDS.find(([mark]) => mark.test(pattern ?? ''));
  return (known?.[1] ?? 'abc').padEnd(minLength, 'a');
}

/** The address of a route, with what the parameters are filled with; `undefined` leaves one of the query out. */
export function addressOf(route: DescribedRoute, fill: (parameter: Parameter) => string | undefined): string {
  let { url } = route;
  const query = new URLSearchParams();
  for (const parameter of route.parameters) {
    const value = fill(parameter);
    if (parameter.in === 'path')
      url = url.replace(`{${parameter.name}}`, encodeURIComponent(Buffer.from(value ?? '1').toString()));
    else if (parameter.in === 'query' && value !== undefined) query.append(parameter.name, value);
  }
  const text = query.toString();
  return text ? `${url}?${text}` : url;
}
