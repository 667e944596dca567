import { useFormat, useT } from '../../i18n/react.tsx';
import { shareOf } from './geometry.ts';
import { stepTicks } from './scale.ts';

interface Props {
  readonly from: number;
  readonly to: number;
  /** Of the plots, in CSS pixels. */
  readonly width: number;
  /** The step under the cursor. */
  readonly marked: number | undefined;
}

/** The axis of steps that all charts share. */
export function StepAxis({ from, to, width, marked }: Props) {
  const t = useT();
  const format = useFormat();
  const label = (step: number, className: string) => {
    const share = Math.max(0, Math.min(1, shareOf(step, from, to)));
    // A name stands under its step, but does not hang over the end of the axis.
    const shift = share > 0.9 ? -50 - (share - 0.9) * 500 : -50;
    const style = { left: `${(share * 100).toFixed(2)}%`, transform: `translateX(${shift.toFixed(1)}%)` };
    return (
      <span key={`${className} ${step}`} className={className} style={style}>
        {format.count(step)}
      </span>
    );
  };
  const ticks = stepTicks(from, to, Math.max(2, Math.min(10, Math.floor(width / 70))));
  // The marked step takes the place of names that it would cover.
  const clear = (step: number) => marked === undefined || Math.abs(step - marked) * width > 48 * (to - from);
  return (
    <div className="strip-steps" aria-hidden="true">
      <span className="strip-steps-name">{t('charts.step')}</span>
      <div>
        {ticks.filter(clear).map((step) => label(step, 'strip-step'))}
        {marked !== undefined && label(marked, 'strip-step strip-step-marked')}
      </div>
    </div>
  );
}
