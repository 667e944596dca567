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
  | { readonly type: 'create'; readonly runId: number; readonly experiment: Experiment; readonly view: View }
  | { readonly type: 'train'; readonly runId: number }
  | { readonly type: 'pause'; readonly runId: number }
  | { readonly type: 'step'; readonly runId: number; readonly which: Which }
  /** Live settings, from the next step on. Others are refused with `experiment-invalid`. */
  | { readonly type: 'apply'; readonly runId: number; readonly change: Change }
  /** How the run is watched. Answered by the sheets where they change. */
  | { readonly type: 'view'; readonly runId: number; readonly view: View }
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
  /** Slow motion: this network's update has just been made. */
  | { readonly type: 'phase'; readonly runId: number; readonly phase: 'D' | 'G'; readonly step: number }
  /** `fatal`: the run (or, without a `runId`, the engine) cannot go on. */
  | { readonly type: 'failed'; readonly runId?: number; readonly failure: Failure; readonly fatal: boolean };

/** What is known of a run once it is built. */
export interface RunFacts {
  readonly train: number;
  readonly heldOut: number;
  readonly classes: readonly string[];
  readonly imageSize: number;
  readonly channels: number;
  readonly generator: NetworkFacts;
  readonly discriminator: NetworkFacts;
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
  /** D's probability that each is real, 0 to 1 (the sigmoid of its logit). */
  readonly opinions: Float32Array;
  /** Index into `RunFacts.classes`; real side only. */
  readonly labels?: Uint8Array;
}

/** The buffers of an event that move instead of being copied. */
export function transferables(event: Event): ArrayBuffer[] {
  if (event.type === 'progress') return [event.rows.buffer as ArrayBuffer];
  if (event.type !== 'samples') return [];
  const { pixels, opinions } = event.sheet;
  return [pixels.buffer as ArrayBuffer, opinions.buffer as ArrayBuffer];
}
