import type { Experiment } from '../../config/experiment.ts';
import type { Signal } from '../../config/signals.ts';
import { objectives } from '../../engine/objectives/index.ts';
import type { Fillings, Key } from '../../i18n/i18n.ts';

/** Texts with nothing to fill in. */
type Plain = { [K in Key]: Fillings<K, string> extends [] ? K : never }[Key];

/** Whose line it is: D is the judge, in ink; real is teal, generated is violet. Colour and shape of its marks go by it. */
export type Side = 'judge' | 'real' | 'fake';

export interface StripLine {
  readonly signal: Signal;
  /** A symbol, the same in every language. */
  readonly name: string;
  readonly side: Side;
}

/** A chart. All share the axis of steps. */
export interface StripSpec {
  readonly id: string;
  readonly title: Plain;
  readonly lines: readonly StripLine[];
  /** The ends of the axis, where they are known beforehand; such a chart has no log scale. */
  readonly range?: readonly [number, number];
  readonly log: boolean;
  /** A value to compare with, and what it means. */
  readonly guide?: { readonly value: number; readonly text: Plain };
}

/** Every chart, top to bottom. A new one is a row here and its words in `i18n`. */
export const strips: readonly StripSpec[] = [
  {
    id: 'loss',
    title: 'charts.loss',
    lines: [
      { signal: 'lossD', name: 'D', side: 'judge' },
      { signal: 'lossG', name: 'G', side: 'fake' },
    ],
    log: false,
    // Cross-entropy of a D that says 0.5 to everything, whatever the labels: ln 2 for reals and ln 2 for fakes.
    guide: { value: 2 * Math.LN2, text: 'charts.guide.loss' },
  },
  {
    id: 'opinion',
    title: 'charts.opinion',
    lines: [
      { signal: 'dReal', name: 'D(x)', side: 'real' },
      { signal: 'dFake', name: 'D(G(z))', side: 'fake' },
    ],
    range: [0, 1],
    log: false,
    guide: { value: 0.5, text: 'charts.guide.opinion' },
  },
  {
    id: 'gradient',
    title: 'charts.gradient',
    lines: [
      { signal: 'gradD', name: 'D', side: 'judge' },
      { signal: 'gradG', name: 'G', side: 'fake' },
    ],
    log: true,
  },
];

const withoutGuides: readonly StripSpec[] = strips.map(({ guide: _, ...spec }) => spec);

/** The charts for a loss: what the guides say is only so where D gives probabilities. */
export function stripsFor(loss: Experiment['objective.loss']): readonly StripSpec[] {
  return objectives[loss].probability ? strips : withoutGuides;
}
