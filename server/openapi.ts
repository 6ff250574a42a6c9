import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { ErrorBody } from '../shared/errors.ts';
import { type Access, declarePublic } from './access/gate.ts';
import { projectFolder } from './compiled.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a door takes that reads its input by itself, for the description alone. */
    documented?: Pick<FastifySchema, 'querystring' | 'body'> & { consumes?: string[] };
  }
}

/** Version of Ronda, from package.json. */
export function version(): string {
  const text = readFileSync(join(projectFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Describes every route that is registered after this call: OpenAPI at `/api/openapi.json`, browsable at `/api/docs`.
 * Every operation gets the error body that the one error handler answers with.
 */
export async function describeRoutes(http: FastifyInstance): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ronda',
        version: version(),
        description:
          'Live situational-awareness map for Indonesian public order (kamtibmas). Coordinates are WGS 84 degrees, longitude first. ' +
          'The live stream is a WebSocket at /api/live with subprotocol ronda.v1, described in shared/live/; that of a plan is ' +
          'one at /api/plans/{id}/live with subprotocol ronda.plan.v1, described in shared/plans/live.ts.',
        license: { name: 'MIT' },
      },
      tags: TAGS,
      components: { securitySchemes: SECURITY },
    },
    transform: ({ schema, url, route }) => {
      const { access, documented } = route.config ?? {};
      return {
        schema: {
          tags: [tagOf(url)],
          ...schema,
          ...documented,
          security: securityOf(access),
          'x-permission': access,
          response: { ...(schema?.response as object | undefined), default: ErrorBody },
        },
        url,
      };
    },
  });
  await http.register(async (docs) => {
    declarePublic(docs);
    await docs.register(swaggerUi, { routePrefix: '/api/docs' });
  });
  http.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => http.swagger());
}

const TAGS = [
  { name: 'ingest', description: 'Doors for devices: positions in' },
  { name: 'areas', description: 'Administrative areas: lookup, search, shapes' },
  { name: 'units', description: 'Units and their positions' },
  { name: 'incidents', description: 'Incidents and their history' },
  { name: 'places', description: 'Guard posts, stations, polling stations' },
  { name: 'hotspots', description: 'Counts of incidents by place and time, and their files' },
  { name: 'analyses', description: 'Saved analyses, their pictures and files' },
  { name: 'plans', description: 'Plans of patrol zones, their edits and versions, and what they are painted from' },
  { name: 'calendars', description: 'Calendars of elections' },
  { name: 'warnings', description: 'Early warnings, their runs and what became of them' },
  { name: 'devices', description: 'Devices of units, their enrolment and revocation' },
  { name: 'duty', description: 'Duty, switched by the phone itself' },
  { name: 'tiles', description: 'Vector tiles of areas and of the base map' },
  { name: 'access', description: 'Signing in and out, one’s own sessions, proving oneself again' },
  { name: 'accounts', description: 'Accounts and invitations' },
  { name: 'grants', description: 'Roles in jurisdictions' },
  { name: 'break-glass', description: 'Access taken in an emergency' },
  { name: 'jurisdictions', description: 'Dated sets of areas and polygons' },
  { name: 'audit', description: 'Who did what' },
  { name: 'server', description: 'Settings, stages, the live stream' },
];

const SECURITY = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-ronda',
    description: 'Session of who signed in; "ronda" by http',
  },
  adminToken: { type: 'http', scheme: 'bearer', description: 'The ADMIN_TOKEN that the server was started with' },
  deviceToken: {
    type: 'apiKey',
    in: 'query',
    name: 'id',
    description: 'Token of an enrolled device, as id or deviceid',
  },
} as const;

/** Who may call, in the words of OpenAPI; the permission itself is `x-permission`. */
function securityOf(access: Access | undefined): Record<string, string[]>[] {
  if (access === 'public' || access === undefined) return [];
  const ways: (keyof typeof SECURITY)[] =
    access === 'device' ? ['deviceToken', 'adminToken'] : ['session', 'adminToken'];
  const known = ways.map((way) => ({ [way]: [] }));
  return access === 'anyone' ? [{}, ...known] : known;
}

function tagOf(url: string): string {
  const first = url.replace(/^\/api/, '').split('/')[1] ?? '';
  return TAGS.find((tag) => tag.name === first)?.name ?? 'server';
}
