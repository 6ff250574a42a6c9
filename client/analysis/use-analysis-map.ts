import { useEffect, useState } from 'react';
import type { AnalysisMap } from '../map/analysis-map.ts';
import { useSession } from '../session.ts';

/** The figures of the room on the map, once it stands; undefined where there is no map. Whoever draws takes off what it drew. */
export function useAnalysisMap(): AnalysisMap | undefined {
  const map = useSession((session) => session.map);
  const [figures, setFigures] = useState<AnalysisMap>();
  useEffect(() => {
    let wanted = true;
    void map?.analysis().then(
      (ready) => wanted && setFigures(ready),
      // The part could not be fetched: the table says the same.
      () => undefined,
    );
    return () => {
      wanted = false;
      setFigures(undefined);
    };
  }, [map]);
  return figures;
}
