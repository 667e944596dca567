import type { SliderField } from '../../config/field.ts';

/** Where a value lies on its slider, and back. Positions go from 0 to 1. */

/** On a log scale, zero has no place of its own: "off" gets this much of the track's beginning. */
const offShare = 0.06;

const tidy = (x: number) => Number(x.toPrecision(12));

/** Two significant digits: what a hand on a log scale can mean. */
function round(field: SliderField, value: number): number {
  if (field.scale === 'log') {
    const two = Number(value.toPrecision(2));
    return field.integer ? Math.round(two) : two;
  }
  return field.min + Math.round((value - field.min) / field.step) * field.step;
}

/** The nearest value that the slider may stand on. */
export function snap(field: SliderField, value: number): number {
  return tidy(Math.min(field.max, Math.max(field.min, round(field, value))));
}

const start = (field: SliderField) => (field.zeroIsOff ? offShare : 0);

export function positionOf(field: SliderField, value: number): number {
  if (field.zeroIsOff && value === 0) return 0;
  const { min, max, scale } = field;
  const share = scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  const from = start(field);
  return from + Math.min(1, Math.max(0, share)) * (1 - from);
}

export function valueAt(field: SliderField, position: number): number {
  const from = start(field);
  if (field.zeroIsOff && position < from / 2) return 0;
  if (position >= 1) return field.max;
  const share = Math.max(0, (position - from) / (1 - from));
  const { min, max, scale } = field;
  return snap(field, scale === 'log' ? min * (max / min) ** share : min + share * (max - min));
}

/** Some steps up (positive) or down. On a log scale a step is a tenth of a doubling at first sight, but never nothing. */
export function nudge(field: SliderField, value: number, steps: number): number {
  if (field.zeroIsOff && value === 0) return steps > 0 ? nudge(field, field.min, steps - 1) : 0;
  if (steps === 0) return value;
  const next = field.scale === 'linear' ? snap(field, value + steps * field.step) : nudgeLog(field, value, steps);
  return field.zeroIsOff && next === value && value <= field.min && steps < 0 ? 0 : next;
}

function nudgeLog(field: SliderField, value: number, steps: number): number {
  const least = field.integer ? field.step : 10 ** (Math.floor(Math.log10(value)) - 1);
  const moved = snap(field, value * 10 ** (steps / 20));
  return Math.abs(moved - value) >= least * 0.999 ? moved : snap(field, value + Math.sign(steps) * least);
}

/** The powers of ten on a log scale, the ends left out where they are none. */
export function decades(field: SliderField): { readonly value: number; readonly position: number }[] {
  if (field.scale !== 'log') return [];
  const marks: { value: number; position: number }[] = [];
  for (let power = Math.ceil(Math.log10(field.min) - 1e-9); 10 ** power <= field.max * (1 + 1e-9); power++) {
    const value = tidy(10 ** power);
    marks.push({ value, position: positionOf(field, value) });
  }
  return marks;
}
