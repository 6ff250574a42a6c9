import { useEffect, useState } from 'react';
import { useSession } from '../session.ts';

/** As long as the map and what the first screen needs are given to come first. */
const REST_MS = 5_000;

/** Whether the first screen stands, so that what is in no hurry may be fetched. */
export function useCalm(): boolean {
  const map = useSession((session) => session.map);
  const mapFailed = useSession((session) => session.mapFailed);
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const rest = () => {
      if (!gone) timer = setTimeout(() => setCalm(true), REST_MS);
    };
    if (mapFailed) rest();
    else void map?.ready.then(rest);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [map, mapFailed]);
  return calm;
}
