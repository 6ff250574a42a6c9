import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import { COUNT_LEVELS, GRID_SHAPES } from '../../shared/schemas/hotspot.ts';
import { distance } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { Choice } from './choice.tsx';
import { useAnalysis } from './state.ts';
import { useAnalysisTexts } from './words.ts';

const SIZES = [250, 500, 1000, 2000, 5000, 10_000];
const FIRST_SIZE = 1000;

/** Which places are counted by: areas of a level, or the cells of a grid with their size. */
export function PlacesControl({ places }: { places: AnalysisSpec['places'] }) {
  const { t } = useAnalysisTexts();
  const { t: common, language } = useTexts();
  const { ask } = useAnalysis.getState();
  const set = (name: string) => {
    const level = COUNT_LEVELS.find((each) => each === name);
    const kind = GRID_SHAPES.find((each) => each === name);
    if (level) ask({ places: { kind: 'areas', level } });
    else if (kind) ask({ places: { kind, metres: places.kind === 'areas' ? FIRST_SIZE : places.metres } });
    useAnalysis.getState().set({ focus: undefined });
  };
  const sizes = places.kind === 'areas' || SIZES.includes(places.metres) ? SIZES : [...SIZES, places.metres];
  return (
    <>
      <Choice
        label={t('map.places')}
        value={places.kind === 'areas' ? places.level : places.kind}
        options={[
          ...COUNT_LEVELS.map((value) => ({ value, label: common(`level.${value}`) })),
          ...GRID_SHAPES.map((value) => ({ value, label: t(`map.shape.${value}`) })),
        ]}
        onChange={set}
      />
      {places.kind !== 'areas' && (
        <Choice
          label={t('map.cellSize')}
          value={String(places.metres)}
          options={sizes.map((metres) => ({ value: String(metres), label: distance(metres, language) }))}
          onChange={(metres) => ask({ places: { kind: places.kind, metres: Number(metres) } })}
        />
      )}
    </>
  );
}
