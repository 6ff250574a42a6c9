import { useCallback, useEffect, useMemo } from 'react';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { useArea } from '../../api/areas.ts';
import { EmptyNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { type Language, useTexts } from '../../i18n/i18n.ts';
import { useSession } from '../../session.ts';
import { dayWords } from '../days.ts';
import { clustersMeasures } from '../finding-measures.ts';
import { FindingNote } from '../finding-note.tsx';
import { decimals, pWords } from '../numbers.ts';
import { useParents } from '../parents.ts';
import { useAnalysisMap } from '../use-analysis-map.ts';
import type { Cluster, Clusters, ClustersInput } from './clusters.ts';
import { clusterLines, clusterReach, clustersMethod, clustersVerdict } from './finding-words.ts';
import classes from './repeat.module.css';
import { areaName, namedWithDesa, type Place } from './where.ts';
import { useRepeatTexts } from './words.ts';

const LEAST_RADIUS_M = 200;

interface Props {
  clusters: Clusters;
  spec: AnalysisSpec;
  input: ClustersInput;
  place(index: number): Place;
  at(step: number): string | undefined;
}

/** The clusters that were found: in a sentence, and as a table by rank. */
export function ClusterFigures({ clusters: found, spec, input, place, at }: Props) {
  const { clusters } = found;
  const { alpha } = spec;
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  useCirclesOnMap(clusters, alpha, language);
  const middles = clusters.map(({ members }) => place(members[0] ?? 0));
  // Named once more when the names of desa have come.
  useParents(namedWithDesa(middles));
  const say = useCallback(
    (inLanguage: Language) => [
      clustersVerdict(found.clusters, alpha, inLanguage),
      ...clusterLines(found.clusters, alpha, ({ members }) => place(members[0] ?? 0).name, inLanguage),
      clustersMethod(found, input, spec, inLanguage),
    ],
    [found, input, alpha, spec, place],
  );
  const measures = useMemo(() => clustersMeasures(found, alpha), [found, alpha]);
  const note = <FindingNote kind="clusters" spec={spec} say={say} measures={measures} />;
  if (clusters.length === 0)
    return (
      <>
        <EmptyNote title={t('clustersNone')}>
          <p>{t('noneHint')}</p>
        </EmptyNote>
        {note}
      </>
    );
  return (
    <div className={classes.result}>
      <p className={classes.verdict} role="status">
        {clustersVerdict(clusters, alpha, language)}
      </p>
      <div className={classes.scroll}>
        <table className={classes.clusters}>
          <thead>
            <tr>
              <th scope="col">{t('rank')}</th>
              <th scope="col">{t('where')}</th>
              <th scope="col">{t('observed')}</th>
              <th scope="col">{t('relativeRisk')}</th>
              <th scope="col">{t('p')}</th>
            </tr>
          </thead>
          <tbody>
            {clusters.map((cluster, rank) => (
              <tr key={`${cluster.lon},${cluster.lat}`} data-significant={cluster.p <= alpha || undefined}>
                <td>{number(rank + 1, language)}</td>
                <td>
                  <Where cluster={cluster} place={middles[rank] ?? { code: '' }} at={at} />
                </td>
                <td>
                  {number(cluster.observed, language)} <small>/ {decimals(cluster.expected, language, 1)}</small>
                </td>
                <td>{cluster.relativeRisk === null ? '–' : decimals(cluster.relativeRisk, language, 1)}</td>
                <td>{pWords(cluster.p, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.note}>{clustersMethod(found, input, spec, language)}</p>
      {note}
    </div>
  );
}

/** Draws the clusters as circles with rank and p, as long as they are told of. */
function useCirclesOnMap(clusters: readonly Cluster[], alpha: number, language: Language): void {
  const map = useAnalysisMap();
  useEffect(() => {
    map?.showShapes(
      clusters.map(({ lon, lat, radiusM, p }, rank) => ({
        ...{ name: String(rank + 1), lon, lat },
        // A cluster of one place has no radius, and is to be seen all the same.
        radiusM: Math.max(radiusM, LEAST_RADIUS_M),
        label: `${number(rank + 1, language)} · p ${pWords(p, language)}`,
        sure: p <= alpha,
      })),
    );
    return () => map?.showShapes([]);
  }, [map, clusters, alpha, language]);
}

interface WhereProps {
  cluster: Cluster;
  place: Place;
  at(step: number): string | undefined;
}

function Where({ cluster, place, at }: WhereProps) {
  const { t } = useRepeatTexts();
  const { language } = useTexts();
  const { data: area } = useArea(place.name ? undefined : place.code || undefined);
  const { steps, radiusM, lon, lat } = cluster;
  const from = steps && at(steps[0]);
  return (
    <>
      <button
        type="button"
        className={classes.where}
        title={t('show')}
        onClick={() => useSession.getState().map?.fitBounds(boundsAbout(lon, lat, radiusM))}
      >
        {place.name ?? (area && areaName(area)) ?? `${decimals(lat, language, 3)}; ${decimals(lon, language, 3)}`}
      </button>
      <span>{clusterReach(cluster, language)}</span>
      <span>{from ? `${t('since')} ${dayWords(from, language)}` : t('wholePeriod')}</span>
    </>
  );
}

/** Degrees about a circle: west, south, east, north; a street's width at least. */
function boundsAbout(lon: number, lat: number, radiusM: number): [number, number, number, number] {
  const north = Math.max(radiusM, LEAST_RADIUS_M) / 111_195;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return [lon - east, lat - north, lon + east, lat + north];
}
