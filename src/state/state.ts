import type { BackendName, BackendReport } from '../config/backends.ts';
import type { Failure } from '../config/errors.ts';
import type { Experiment, Value } from '../config/experiment.ts';
import type { Path } from '../config/fields.ts';
import type { Preset } from '../config/presets.ts';
import type { Signal } from '../config/signals.ts';
import type {
  PlaneView,
  RealSplit,
  RunFacts,
  RunState,
  Sheet,
  StyleSheets,
  Weights,
  Which,
} from '../worker/protocol.ts';

/** What the page knows, and what a person can do. One store; each part reads the slice it draws. */
export interface DuelState extends Settings, Run, Choices, Actions {}

export interface Settings {
  readonly preset: Preset;
  /** What the controls show. */
  readonly draft: Experiment;
  /** What the run was built from; `preset` again after what waits is discarded. */
  readonly appliedPreset: Preset;
  /** What the run was built with, with its live changes. Where it differs from `draft`, a restart waits. */
  readonly applied: Experiment;
  /** A person's own points, [n, 2] in units of the plane; a run on the data set `points` learns them. */
  readonly points: Float32Array | undefined;
}

export interface Run {
  readonly runId: number;
  readonly runState: RunState;
  readonly step: number;
  readonly epoch: number;
  /** Seconds spent training. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly imagesPerSecond: number;
  readonly tensors: number;
  readonly bytes: number;
  /** The newest value of each signal that has one. */
  readonly latest: Readonly<Partial<Record<Signal, number>>>;
  /** Grows by one whenever the series store has more to draw, at most ten times a second. */
  readonly seriesVersion: number;
  /** Absent until the run is built. */
  readonly facts: RunFacts | undefined;
  /** Bytes of the data set, while it loads. */
  readonly loading: { readonly loaded: number; readonly total: number } | undefined;
  readonly generated: Sheet | undefined;
  readonly real: Sheet | undefined;
  /** Mixes of styles, as last asked for. */
  readonly styles: StyleSheets | undefined;
  /** The newest view of the plane, in the place of sheets where the data are points. */
  readonly plane: PlaneView | undefined;
  /** The points that the newest measures of G are taken on; they come with some of the views. */
  readonly measured: Float32Array | undefined;
  /** Slow motion: whose update came last. */
  readonly phase: Which | undefined;
  /** Absent until a backend has been chosen. */
  readonly backend: BackendReport | undefined;
  /** Pressed before the run was built: it follows as soon as it is. */
  readonly queued: 'train' | 'step' | undefined;
  /** Why the run or the engine stopped; `runState` is then `failed`. */
  readonly failure: Failure | undefined;
}

export interface Notice {
  readonly id: number;
  readonly failure: Failure;
}

export interface Choices {
  readonly which: Which;
  readonly slow: boolean;
  readonly weights: Weights;
  readonly split: RealSplit;
  /** Failures that stopped nothing (a bad link, a refused setting), newest last, until dismissed. */
  readonly notices: readonly Notice[];
}

export interface Actions {
  /** Chooses a backend, then builds the run. */
  readonly open: (wanted?: BackendName) => void;
  readonly train: () => void;
  readonly pause: () => void;
  /** One iteration of what `which` says. */
  readonly stepOnce: () => void;
  /** Back to step 0 with the same settings; what waits for a restart goes on waiting. */
  readonly reset: () => void;
  /** Back to step 0 with everything that waits. Goes on training if it was. */
  readonly restart: () => void;
  /** Gives up what waits for a restart. */
  readonly discard: () => void;
  readonly choosePreset: (id: string) => void;
  /** A whole experiment at once, as a link holds it. */
  readonly load: (preset: Preset, experiment: Experiment) => void;
  /** A value that the setting does not allow is ignored: the control says so itself. */
  readonly change: (path: Path, value: Value) => void;
  /** Takes over a person's own points. A run on them that has made steps is begun anew. */
  readonly setPoints: (points: Float32Array) => void;
  readonly setWhich: (which: Which) => void;
  readonly setSlow: (on: boolean) => void;
  readonly setWeights: (weights: Weights) => void;
  readonly setSplit: (split: RealSplit) => void;
  readonly askStyles: (crossover: number) => void;
  readonly notify: (failure: Failure) => void;
  readonly dismiss: (id: number) => void;
}
