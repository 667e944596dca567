import type * as tf from '@tensorflow/tfjs-core';
import type { Averaging, StepSettings } from '../optim/optimiser.ts';
import type { LatentBatch, Match, RealBatch } from '../step.ts';

/** What a game plays with. Batches are drawn when they are asked for; whoever asks disposes them. */
export interface Table {
  readonly match: Match;
  readonly reals: () => RealBatch;
  /** With the classes of these reals, if given: a penalty may then judge both as one class. */
  readonly latents: (real?: RealBatch) => LatentBatch;
  readonly settings: (side: 'd' | 'g') => StepSettings;
  /** Of G's weights. It counts whole steps, so only a step's last update of G may move it. */
  readonly averaging: Averaging;
}

/** What one step leaves on the device, to be read later: the signals of `config/signals.ts`, side by side. */
export interface Row {
  /** [lossD, dReal, dFake, gradD, penalty, augmentP] */
  d?: tf.Tensor1D;
  /** [lossG, gradG] */
  g?: tf.Tensor1D;
}

/** How the two networks of a run learn: in turns, or both in one update. */
export type Game = {
  /** D's opinion of images, [count], 0 to 1; absent where no network judges. */
  readonly opinions?: (match: Match, images: tf.Tensor, labels?: tf.Tensor2D) => tf.Tensor1D;
  /** Images through both networks, [count, ...shape] like them; only where D encodes. */
  readonly reconstruct?: (match: Match, images: tf.Tensor) => tf.Tensor;
} & (
  | {
      /** Each moves one network and makes its part of a row. D's comes first. */
      readonly turns: { readonly d: (table: Table) => tf.Tensor1D; readonly g: (table: Table) => tf.Tensor1D };
    }
  | {
      readonly turns?: never;
      /** Moves both networks. */
      readonly update: (table: Table) => Required<Row>;
    }
);
