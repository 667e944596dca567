import type { BackendName, BackendReport, WasmFacts } from '../config/backends.ts';
import type { Failure } from '../config/errors.ts';
import type { Change, Experiment } from '../config/experiment.ts';
import type { NetworkFacts } from '../engine/facts.ts';

export type { NetworkFacts } from '../engine/facts.ts';

/**
 * What the page and the trainer say to each other: two unions, nothing else crosses. Every event of a run carries
 * its `runId`, so that whoever listens can drop what a run that is gone still had under way.
 */

/** Which of the two networks a single step updates. */
export type Which = 'D' | 'G' | 'both';

/** `idle` is ready at step 0; `finished` has reached the step limit; `failed` cannot go on as it is. */
export type RunState = 'idle' | 'preparing' | 'training' | 'paused' | 'finished' | 'failed';

/** Whose weights the generated sheet comes from. */
export type Weights = 'ema' | 'raw';

/** Which part of the data the real sheet shows. */
export type RealSplit = 'heldOut' | 'training';

export type Command =
  /** Choose a backend, or start the one wanted. Answered by `prepared` or `failed`. Ends any run. */
  | { readonly type: 'prepare'; readonly wanted?: BackendName | undefined }
  /** Load the data and build the networks. Answered by `loading`…, `ready`, both sheets and the state `idle`. */
  | {
      readonly type: 'create';
      readonly runId: number;
      readonly experiment: Experiment;
      readonly view: View;
      /** A person's own points, [n, 2] in units of the plane, where the data set is `points`; without, an example. */
      readonly points?: Float32Array;
    }
  | { readonly type: 'train'; readonly runId: number }
  | { readonly type: 'pause'; readonly runId: number }
  | { readonly type: 'step'; readonly runId: number; readonly which: Which }
  /** Live settings, from the next step on. Others are refused with `experiment-invalid`. */
  | { readonly type: 'apply'; readonly runId: number; readonly change: Change }
  /** How the run is watched. Answered by the sheets where they change. */
  | { readonly type: 'view'; readonly runId: number; readonly view: View }
  /** Mixes of styles, where G has some. Answered by `styles`. `crossover`: layers that have the coarse style. */
  | { readonly type: 'styles'; readonly runId: number; readonly crossover: number }
  | { readonly type: 'dispose'; readonly runId: number };

export interface View {
  readonly weights: Weights;
  readonly split: RealSplit;
  /** Slow motion: D's and G's update come apart, each followed by the samples and a rest. */
  readonly slow: boolean;
}

export type Event =
  | { readonly type: 'prepared'; readonly report: BackendReport }
  /** Threads of the WASM backend have died; whatever it was doing goes on with those that are left. */
  | { readonly type: 'threads'; readonly wasm: WasmFacts }
  | { readonly type: 'loading'; readonly runId: number; readonly loaded: number; readonly total: number }
  | { readonly type: 'ready'; readonly runId: number; readonly facts: RunFacts }
  | { readonly type: 'state'; readonly runId: number; readonly state: RunState }
  | ({ readonly type: 'progress'; readonly runId: number } & Progress)
  | { readonly type: 'samples'; readonly runId: number; readonly sheet: Sheet }
  | { readonly type: 'styles'; readonly runId: number; readonly styles: StyleSheets }
  /** On the plane, in the place of sheets. */
  | { readonly type: 'plane'; readonly runId: number; readonly view: PlaneView }
  /** Slow motion: this network's update has just been made; both at once where they take no turns. */
  | { readonly type: 'phase'; readonly runId: number; readonly phase: Which; readonly step: number }
  /** `fatal`: the run (or, without a `runId`, the engine) cannot go on. */
  | { readonly type: 'failed'; readonly runId?: number; readonly failure: Failure; readonly fatal: boolean };

/** What is known of a run once it is built. `imageSize` and `channels` are 0 on the plane. */
export interface RunFacts {
  readonly train: number;
  readonly heldOut: number;
  readonly classes: readonly string[];
  readonly imageSize: number;
  readonly channels: number;
  readonly generator: NetworkFacts;
  readonly discriminator: NetworkFacts;
  /** Only on the plane. */
  readonly plane?: PlaneFacts;
}

export interface PlaneFacts {
  /** Where the world's clusters lie, [modes, 2], and their standard deviation; only of worlds made of clusters. */
  readonly modes?: { readonly centres: Float32Array; readonly sigma: number };
}

export interface Progress {
  /** Steps made since the run began; the last row of `rows` is of this step. */
  readonly step: number;
  /** Rows of `signals.length` float32 values, one a step, oldest first: steps `step - count + 1` to `step`. */
  readonly rows: Float32Array;
  readonly count: number;
  /** Times the training set has been gone through. */
  readonly epoch: number;
  /** Seconds spent training, pauses left out. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly imagesPerSecond: number;
  readonly tensors: number;
  readonly bytes: number;
}

/** A sheet of images with D's opinion of each. */
export interface Sheet {
  readonly side: 'generated' | 'real';
  readonly step: number;
  /** Of the generated side. */
  readonly weights: Weights;
  /** Of the real side. */
  readonly split: RealSplit;
  readonly count: number;
  readonly size: number;
  readonly channels: number;
  /** [count, size, size, channels], 0 to 255. */
  readonly pixels: Uint8Array;
  /** D's probability that each is real, 0 to 1 (the sigmoid of its logit); empty where no network judges. */
  readonly opinions: Float32Array;
  /** Index into `RunFacts.classes`; of the generated side where G was asked for classes. */
  readonly labels?: Uint8Array;
  /** Every second image is what a VAE makes of the one before it; real side only. */
  readonly paired?: boolean;
}

/** Without opinions. `config/styles.ts` says what stands where. */
export interface StyleSheets {
  readonly crossover: number;
  readonly mixed: Sheet;
  readonly sweep: Sheet;
}

/** The plane as the networks see it now. All points are x, y in the plane's units; see `reach` in config/worlds.ts. */
export type PlaneView = CloudView | DiracView;

export interface CloudView {
  readonly kind: 'cloud';
  readonly step: number;
  /** Whose weights `fake` and `lattice` come from. */
  readonly weights: Weights;
  /** Which part of the data `real` is from. */
  readonly split: RealSplit;
  /** [n, 2], the same points in every view of a run. */
  readonly real: Float32Array;
  /** [n, 2], of the same latents in every view of a run. */
  readonly fake: Float32Array;
  /**
   * [n, 2]: at each fake, minus the gradient of G's loss for it, the way in which this objective pulls it. Pairs
   * objectives pair the i-th fake with the i-th real.
   */
  readonly arrows: Float32Array;
  readonly field: Field;
  /** [n, 2]: new points, many, to measure G by; not in every view, and only in worlds made of clusters. */
  readonly measured?: Float32Array;
  /** [side, side, 2]: G of a lattice of latents. Each of its cells holds the same share of all latents. */
  readonly lattice: Float32Array;
  readonly latticeSide: number;
}

/** What D says of points all over the plane. */
export interface Field {
  /** [k, k], D's logit at the middle of each cell: x grows along a row, y from row to row (row 0 lies at `yMin`). */
  readonly values: Float32Array;
  readonly k: number;
  readonly extent: { readonly xMin: number; readonly xMax: number; readonly yMin: number; readonly yMax: number };
  /** The sigmoid of a value is D's probability of "real"; otherwise only differences (or signs) have a meaning. */
  readonly probability: boolean;
}

/** DiracGAN: the reals are all at 0, the fakes all at theta, and D(x) = psi x. */
export interface DiracView {
  readonly kind: 'dirac';
  readonly step: number;
  readonly weights: Weights;
  readonly split: RealSplit;
  readonly theta: number;
  readonly psi: number;
  /** [n, 2], theta and psi of the run so far, oldest first, thinned out where there are many. */
  readonly trail: Float32Array;
  /** [k, k, 2]: how far a step of both at once moves theta and psi, from the middles of cells; as in {@link Field}. */
  readonly flow: Float32Array;
  readonly k: number;
  readonly extent: Field['extent'];
}

/** The arrays of a view. */
function arraysOf(view: PlaneView): Float32Array[] {
  if (view.kind === 'dirac') return [view.trail, view.flow];
  const { real, fake, arrows, field, lattice, measured } = view;
  return [real, fake, arrows, field.values, lattice, ...(measured ? [measured] : [])];
}

/** The buffers of an event that move instead of being copied. */
export function transferables(event: Event): ArrayBuffer[] {
  if (event.type === 'progress') return [event.rows.buffer as ArrayBuffer];
  if (event.type === 'plane') return arraysOf(event.view).map(({ buffer }) => buffer as ArrayBuffer);
  if (event.type !== 'samples') return [];
  const { pixels, opinions } = event.sheet;
  return [pixels.buffer as ArrayBuffer, opinions.buffer as ArrayBuffer];
}
