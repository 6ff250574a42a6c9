import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import { type Static, Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { COUNT_LEVELS, countedQuery } from '../../shared/schemas/hotspot.ts';
import { type AccessContext, principalOf } from '../access/context.ts';
import { CSV_TYPE, csvText, EXPORT_NOTE, sendFile, type TakenExport, takeExport } from '../access/exports.ts';
import { wholeAreas } from '../access/scope.ts';
import { requireStepUp } from '../access/step-up.ts';
import type { Answers } from './answers.ts';
import { requireInForce } from './areas.ts';
import { type Asked, checkLevel, readAsked } from './asked.ts';
import { type About, areasWorkbook, geoJsonText, pagesOf } from './export-files.ts';
import { type ExportRow, internalRows, publicRows } from './export-rows.ts';
import { FIGURE_COLUMNS } from './figure-columns.ts';
import { figureOf, figureQuery, type MeasureAsked, publicFigureOf, readMeasure } from './figures.ts';
import { countForOneself, countForPublic } from './public-counts.ts';

const ExportQuery = Type.Object(
  {
    ...countedQuery,
    ...figureQuery,
    level: Type.Enum(COUNT_LEVELS),
    audience: Type.Optional(
      Type.Enum(['internal', 'public'], {
        default: 'internal',
        description: 'public: counts under 5 are hidden, and others with them, so that no sum gives one away',
      }),
    ),
  },
  { additionalProperties: false },
);
type ExportQuery = Static<typeof ExportQuery>;

const TYPES = {
  csv: CSV_TYPE,
  geojson: 'application/geo+json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
type Ending = keyof typeof TYPES;

const COLUMNS_NOTE =
  'Columns: the area, its counts, ratio (incidents a day of the period for one of the baseline) and rates, then measure, value (empty where it is infinite), p (exact or of the test by itself), pFdr (the same held against the false-discovery rate of Benjamini and Hochberg over all areas tested), significant (by the one that decides, at alpha) and class.';
const PUBLIC_NOTE =
  'A public file bears a reference to its entry in the log instead of a name. Counts under 5 are hidden and as many others as it takes that no sum or difference of the files of one question, of whatever level, gives one away; rates, ratios, p and class of hidden counts are hidden, too, and pFdr is corrected for the published areas alone. Who subtracts files of different questions is not held off.';

/** Counts of areas as files: tables, and shapes with their counts. */
export const exportRoutes: FastifyPluginAsyncTypebox<Pick<AccessContext, 'db' | 'now'> & { answers: Answers }> = async (
  http,
  { db, now, answers },
) => {
  for (const ending of Object.keys(TYPES) as Ending[]) {
    http.withTypeProvider<FastifyTypeProviderDefault>().get<{ Querystring: ExportQuery }>(
      `/api/hotspots/areas.${ending}`,
      {
        config: { access: 'export' },
        // Nothing is written down for a file that nobody gets.
        exposeHeadRoute: false,
        schema: {
          summary: `Incidents counted by area as a file (${ending}), for oneself or for the public`,
          description: `${EXPORT_NOTE} ${COLUMNS_NOTE} ${PUBLIC_NOTE}`,
          querystring: ExportQuery,
          response: {
            200: {
              description: 'The file',
              content: { [TYPES[ending].split(';')[0] ?? '']: { schema: { type: 'string' } } },
            },
          },
        },
      },
      (request, reply) => sendAreas(request, reply, ending),
    );
  }

  async function sendAreas(
    request: FastifyRequest<{ Querystring: ExportQuery }>,
    reply: FastifyReply,
    ending: Ending,
  ): Promise<FastifyReply> {
    const { query } = request;
    const asked = readAsked(query);
    checkLevel(query.level, asked.area);
    await requireInForce({ db }, asked.area);
    await requireStepUp({ db, now }, principalOf(request));
    const isPublic = query.audience === 'public';
    const measure = readMeasure(query, asked, isPublic);
    const rows = await (isPublic ? rowsForPublic : rowsForOneself)(request, asked, measure);
    const detail = { filter: query, format: ending, rows: rows.length };
    const taken = await takeExport({ db, now }, request, { action: 'hotspots.exported', detail, isPublic });
    const file = { file: isPublic ? 'titik-rawan-publik' : 'titik-rawan', ending, type: TYPES[ending], day: taken.day };
    return sendFile(reply, file, await contentOf(ending, taken, aboutOf(query, asked, measure), rows, isPublic));
  }

  async function rowsForOneself(
    { db: own, scope, query: { level } }: FastifyRequest<{ Querystring: ExportQuery }>,
    asked: Asked,
    measure: MeasureAsked,
  ) {
    const asker = { db: own, scope };
    const areas = await countForOneself(answers, asker, asked, level);
    const figure = await figureOf(answers, asker, { asked, level, areas }, measure);
    return internalRows(areas, asked, level, { ...measure, figure });
  }

  async function rowsForPublic(
    { scope, query: { level } }: FastifyRequest<{ Querystring: ExportQuery }>,
    asked: Asked,
    measure: MeasureAsked,
  ) {
    if (!scope.everything && wholeAreas(scope).codes.length === 0) {
      throw new RondaError(
        'forbidden',
        'query.audience: public figures are of whole areas, and none lies wholly in what is drawn of your jurisdiction; ask those who hold the area.',
        { details: [{ field: 'query.audience', problem: 'public figures are of whole areas' }] },
      );
    }
    const counts = await countForPublic(answers, db, asked, level);
    const figure = await publicFigureOf(counts, asked, measure);
    return publicRows(counts, asked, level, scope, { ...measure, figure });
  }

  async function contentOf(ending: Ending, taken: TakenExport, about: About, rows: ExportRow[], isPublic: boolean) {
    const columns = columnsOf(isPublic);
    if (ending === 'csv') {
      // A row of a table is read by itself: it says what it counts that is usually left out.
      const mark = {
        ...taken.mark,
        includes: ['patrol', 'unverified'].filter((each) => about[each] === true).join(' '),
      };
      return csvText({ ...taken, mark }, columns, pagesOf(rows));
    }
    return ending === 'geojson' ? geoJsonText(taken, db, about, rows) : areasWorkbook(taken, about, columns, rows);
  }
};

/** Names of the columns, in their order. */
function columnsOf(isPublic: boolean): string[] {
  const place = ['code', 'name', 'level', 'within', 'km2', 'households'];
  const figures = ['count', 'baselineCount', 'ratio', 'per1000Households', 'perKm2'];
  return isPublic
    ? [...place, ...figures, ...FIGURE_COLUMNS, 'suppressed']
    : [...place, 'tps', ...figures, ...FIGURE_COLUMNS];
}

/** What the file says of itself: the question, in the words of the API. */
function aboutOf(
  { audience = 'internal', ...query }: ExportQuery,
  { period, baseline }: Asked,
  { measure, alpha, fdr }: MeasureAsked,
): About {
  return {
    ...query,
    ...{ audience, measure, alpha, fdr },
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    ...(baseline ? { baselineFrom: baseline.from.toISOString(), baselineTo: baseline.to.toISOString() } : {}),
  };
}
