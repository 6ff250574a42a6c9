import type * as maplibregl from 'maplibre-gl';

/** What locking needs of a map. */
export type Viewed = Pick<maplibregl.Map, 'getCenter' | 'getZoom' | 'jumpTo' | 'on' | 'off'>;

/** Makes the second map look where the first does, and from then on each follows the other. Returns the way to stop it. */
export function lockViews(first: Viewed, second: Viewed): () => void {
  let following = false;
  const follow = (leader: Viewed, follower: Viewed) => () => {
    // The one that follows moves too, and must not lead back.
    if (following) return;
    following = true;
    follower.jumpTo({ center: leader.getCenter(), zoom: leader.getZoom() });
    following = false;
  };
  const after = follow(first, second);
  const before = follow(second, first);
  after();
  first.on('move', after);
  second.on('move', before);
  return () => {
    first.off('move', after);
    second.off('move', before);
  };
}
