import { EmptyNote } from '../../components/state-note.tsx';
import { useAnalysisTexts } from '../words.ts';

/** The map's figures: which measure of which places, and what their colours mean. */
export default function MapView() {
  const { t } = useAnalysisTexts();
  return <EmptyNote title={t('view.map')} />;
}
