import type { CSSProperties, KeyboardEvent } from 'react';
import type { SliderField } from '../../config/field.ts';
import { settingText } from '../../i18n/format.ts';
import { decades, nudge, positionOf, valueAt } from './scale.ts';

interface Props {
  readonly label: string;
  readonly field: SliderField;
  readonly value: number;
  /** The preset's value: the notch. */
  readonly home: number;
  readonly valueText: string;
  readonly onChange: (value: number) => void;
}

/** Finer than any track is wide in pixels. */
const positions = 1000;

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** A native range over the setting's own scale, with the preset as a notch and decades as ticks. */
export function Slider({ label, field, value, home, valueText, onChange }: Props) {
  const at = positionOf(field, value);
  const marks = decades(field);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps = keySteps[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    onChange(nudge(field, value, steps));
  };

  return (
    <div
      className="slider"
      style={{ '--at': percent(at), '--home': percent(positionOf(field, home)) } as CSSProperties}
    >
      <span className="slider-track" />
      <span className="slider-fill" />
      {marks.map((mark) => (
        <span key={mark.value} className="slider-decade" style={{ left: percent(mark.position) }}>
          <span>{settingText(mark.value)}</span>
        </span>
      ))}
      <span className="slider-home" />
      <input
        type="range"
        min={0}
        max={positions}
        step={1}
        value={Math.round(at * positions)}
        aria-label={label}
        aria-valuetext={valueText}
        onChange={(event) => onChange(valueAt(field, Number(event.currentTarget.value) / positions))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
