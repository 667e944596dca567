import { type Experiment, isShown } from '../../config/experiment.ts';
import { isDuel } from '../../config/families.ts';
import type { Path } from '../../config/fields.ts';
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

/** The charts of a duel, top to bottom. A new one is a row here and its words in `i18n`. */
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

/** Of a run whose D is penalised. */
const penaltyStrip: StripSpec = {
  id: 'penalty',
  title: 'charts.penalty',
  lines: [{ signal: 'penalty', name: 'D', side: 'judge' }],
  log: true,
};

/** Of a run that augments what D sees as far as D overfits. */
const augmentStrip: StripSpec = {
  id: 'augment',
  title: 'charts.augment',
  lines: [{ signal: 'augmentP', name: 'p', side: 'judge' }],
  range: [0, 1],
  log: false,
};

const penalties: readonly Path[] = ['reg.r1', 'reg.r2', 'reg.gp', 'reg.consensus', 'reg.history'];

const withoutGuides: readonly StripSpec[] = strips.map(({ guide: _, ...spec }) => spec);

/** The charts of a VAE: the two halves of its bound, whose lines are the decoder's and the encoder's. */
const stripsOfVae: readonly StripSpec[] = [
  {
    id: 'bound',
    title: 'charts.bound',
    lines: [
      { signal: 'lossG', name: 'R', side: 'fake' },
      { signal: 'lossD', name: 'KL', side: 'judge' },
    ],
    log: true,
  },
  {
    id: 'gradient',
    title: 'charts.gradient',
    lines: [
      { signal: 'gradG', name: 'G', side: 'fake' },
      { signal: 'gradD', name: 'E', side: 'judge' },
    ],
    log: true,
  },
];

/** The charts of an experiment: what the guides of a duel say is only so where D gives probabilities. */
export function stripsOf(experiment: Experiment): readonly StripSpec[] {
  if (!isDuel(experiment)) return stripsOfVae;
  const always = objectives[experiment['objective.loss']].probability ? strips : withoutGuides;
  const adapts =
    isShown('reg.augment', experiment) && experiment['reg.augment'] !== 'none' && experiment['reg.augmentAdapt'];
  return [
    ...always,
    ...(penalties.some((path) => Number(experiment[path]) > 0) ? [penaltyStrip] : []),
    ...(adapts ? [augmentStrip] : []),
  ];
}

/** Every chart that any run may have. */
export const allStrips: readonly StripSpec[] = [...strips, penaltyStrip, augmentStrip, ...stripsOfVae];
