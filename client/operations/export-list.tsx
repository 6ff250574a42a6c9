import { useSyncExternalStore } from 'react';
import DownloadButton from '../components/download-button.tsx';
import { useRonda, useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import { exportPath } from './export-path.ts';

/** Downloads what the list shows: the filter, within the map's window. */
export default function ExportList({ narrow, className }: { narrow: boolean; className?: string | undefined }) {
  const { feed } = useRonda();
  const { items } = useSyncExternalStore(feed.subscribe, feed.current);
  const path = () => exportPath(useView.getState().filter, useSession.getState().window?.bounds, Date.now());
  return <DownloadButton path={path} disabled={items.length === 0} narrow={narrow} className={className} />;
}
