import type { SliderField } from '../../config/field.ts';
import { isWorld } from '../../config/worlds.ts';
import { useT } from '../../i18n/react.tsx';
import { useDuel } from '../../state/react.ts';

/** The word after a number; a batch of a world is one of points, not of images. */
export function useUnit({ unit }: SliderField): string | undefined {
  const t = useT();
  const points = useDuel((state) => isWorld(state.draft['data.set']));
  if (unit === undefined) return undefined;
  return t(unit === 'images' && points ? 'unit.points' : `unit.${unit}`);
}
