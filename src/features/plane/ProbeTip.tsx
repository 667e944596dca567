import { useLocale } from '../../i18n/react.tsx';
import type { CloudView } from '../../worker/protocol.ts';
import { sigmoid, valueAt } from './opinion.ts';
import { nearest, type Place, reachOfProbe } from './probe.ts';
import type { Projection } from './projection.ts';

interface Props {
  readonly place: Place;
  readonly view: CloudView;
  readonly at: Projection;
  /** Whether screen readers are told. */
  readonly said: boolean;
}

/** What is at a place: which kind of point, where, and what D says there. */
export function ProbeTip({ place, view, at, said }: Props) {
  const { t, format } = useLocale();
  const { side, x, y } = nearest(place, view, (reachOfProbe * 2 * at.extent) / at.side);
  const value = valueAt(view.field, x, y);
  const d = view.field.probability ? format.fixed(sigmoid(value), 2) : format.figure(value);
  const [px, py] = [at.x(x), at.y(y)];
  const where = { x: format.fixed(x, 2), y: format.fixed(y, 2) };
  const name = side === undefined ? t('plane.here') : t(side === 'real' ? 'plane.oneReal' : 'plane.oneFake');
  const style = {
    ...(px > at.side / 2 ? { right: at.side - px + 12 } : { left: px + 12 }),
    ...(py > at.side / 2 ? { bottom: at.side - py + 12 } : { top: py + 12 }),
  };
  return (
    <>
      <i className="plane-probe" data-side={side} style={{ left: px, top: py }} />
      <div className="tip" style={style} aria-hidden="true">
        <b>{t('plane.d', { d })}</b> {name}
        <div>{t('plane.at', where)}</div>
      </div>
      {said && (
        <span className="visually-hidden" role="status">
          {t('plane.said', { name, d, ...where })}
        </span>
      )}
    </>
  );
}
