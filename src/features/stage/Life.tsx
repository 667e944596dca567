import { useLocale } from '../../i18n/react.tsx';
import type { Sheet } from '../../worker/protocol.ts';
import { useHistory } from './history.ts';
import { type Shape, Strip } from './Strip.tsx';

interface Props extends Shape {
  readonly weights: Sheet['weights'];
  readonly index: number;
}

/** The same latent at steps that double: from noise to what it is now. */
export function Life({ weights, index, ...shape }: Props) {
  const { t, format } = useLocale();
  const frames = useHistory((history) => history.frames[weights]);
  const room = shape.columns * shape.rows;
  const [first, ...later] = frames;
  if (!first) return null;
  // The beginning and the latest: what lies between is told by either.
  const shown = [first, ...later.slice(-(room - 1))];
  const items = shown.map((sheet) => ({ key: sheet.step, sheet, index, word: format.count(sheet.step) }));
  return <Strip title={t('life.title')} items={items} {...shape} />;
}
