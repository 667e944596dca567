import * as tf from '@tensorflow/tfjs-core';
import { reach } from '../../config/worlds.ts';
import { lossOps } from '../objectives/lossOps.ts';
import type { Objective } from '../objectives/objective.ts';
import { cellMiddles, latentLattice } from './lattice.ts';

/** Points of each kind in a view. */
export const viewCount = 256;
/** Cells of the field along each side, and places of the lattice. */
export const fieldSide = 48;
const latticeSide = 17;

export const fieldExtent = { xMin: -reach, xMax: reach, yMin: -reach, yMax: reach } as const;

/** The plane as the networks see it, in arrays that are the caller's to keep. */
export interface PlaneArrays {
  readonly kind: 'cloud';
  /** [viewCount, 2] */
  readonly real: Float32Array;
  /** [viewCount, 2] */
  readonly fake: Float32Array;
  /** [viewCount, 2], minus the gradient of G's loss for each fake. */
  readonly arrows: Float32Array;
  /** [measuredCount, 2], new ones, where they were asked for. */
  readonly measured?: Float32Array;
  /** [latticeSide, latticeSide, 2] */
  readonly lattice: Float32Array;
  readonly latticeSide: number;
  readonly field: {
    /** [fieldSide, fieldSide], logits. */
    readonly values: Float32Array;
    readonly k: number;
    readonly extent: typeof fieldExtent;
    readonly probability: boolean;
  };
}

/** What looks at the plane: G's points of latents, D's logits of points, and the loss between them. */
export interface Look {
  readonly generate: (z: tf.Tensor2D) => tf.Tensor2D;
  /** [n, 2] to [n, 1], differentiable. */
  readonly judge: (points: tf.Tensor2D) => tf.Tensor;
  readonly objective: Objective;
}

/** Draws views of one run: its latents are the same in every view. */
export class PlaneViewer {
  readonly #z: tf.Tensor2D;
  readonly #lattice: tf.Tensor2D;
  readonly #cells: tf.Tensor2D;

  /** @param z [viewCount, latent], the viewer's from now on */
  constructor(z: tf.Tensor2D) {
    const latent = z.shape[1];
    this.#z = z;
    this.#lattice = tf.keep(tf.tensor2d(latentLattice(latticeSide, latent), [latticeSide ** 2, latent]));
    this.#cells = tf.keep(tf.tensor2d(cellMiddles(fieldSide, reach), [fieldSide ** 2, 2]));
  }

  /** One transfer from the device. @param real [viewCount, 2], which objectives that pair compare fakes with */
  async look({ generate, judge, objective }: Look, real: Float32Array): Promise<PlaneArrays> {
    const packed = tf.tidy(() => {
      const points = generate(tf.concat2d([this.#z, this.#lattice], 0));
      const [fake, lattice] = tf.split(points, [viewCount, latticeSide ** 2]) as [tf.Tensor2D, tf.Tensor2D];
      const reals = tf.tensor2d(real, [viewCount, 2]);
      const opinion = objective.pairs ? { real: judge(reals) } : {};
      // The loss is a mean; each fake's own pull is as many times its part in it.
      const loss = (x: tf.Tensor) =>
        tf.mul(objective.lossG(lossOps, { fake: judge(x as tf.Tensor2D), ...opinion }), -viewCount) as tf.Scalar;
      const arrows = tf.grad(loss)(fake);
      const field = judge(this.#cells);
      return tf.concat1d([fake, arrows, lattice, field].map((part) => tf.reshape(part, [-1]) as tf.Tensor1D));
    });
    const values = await packed.data<'float32'>();
    packed.dispose();
    let at = 0;
    const next = (count: number) => {
      at += count;
      return values.slice(at - count, at);
    };
    return {
      kind: 'cloud',
      real,
      fake: next(2 * viewCount),
      arrows: next(2 * viewCount),
      lattice: next(2 * latticeSide ** 2),
      latticeSide,
      field: {
        values: next(fieldSide ** 2),
        k: fieldSide,
        extent: fieldExtent,
        probability: objective.probability,
      },
    };
  }

  dispose(): void {
    tf.dispose([this.#z, this.#lattice, this.#cells]);
  }
}
