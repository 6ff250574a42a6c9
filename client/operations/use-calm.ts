import { useEffect, useState } from 'react';
import { useSession } from '../session.ts';

/** As long as the map and what the first screen needs are given to come first. */
const REST_MS = 5_000;

/** The first screen stands once: who comes back to a room does not wait again. */
let hasRested = false;

/** Whether the first screen stands, so that what is in no hurry may be fetched. */
export function useCalm(): boolean {
  const map = useSession((session) => session.map);
  const mapFailed = useSession((session) => session.mapFailed);
  const [calm, setCalm] = useState(hasRested);
  useEffect(() => {
    if (calm) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const rest = () => {
      if (gone) return;
      timer = setTimeout(() => {
        hasRested = true;
        setCalm(true);
      }, REST_MS);
    };
    if (mapFailed) rest();
    else void map?.ready.then(rest);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [map, mapFailed, calm]);
  return calm;
}
