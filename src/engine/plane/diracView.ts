import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';
import { reach } from '../../config/worlds.ts';
import { Dirac } from '../dirac.ts';
import type { Network } from '../nn/network.ts';
import { cellMiddles } from './lattice.ts';
import { fieldExtent } from './view.ts';

/** Arrows of the flow along each side. */
const flowSide = 11;
/** States of the trail that are kept; of the older half, every other goes when there are more. */
const longestTrail = 4096;
/** Unread states are joined when there are so many. */
const joinedAt = 256;

/** DiracGAN's state and where it has been, in arrays that are the caller's to keep. */
export interface DiracArrays {
  readonly kind: 'dirac';
  readonly theta: number;
  readonly psi: number;
  /** [n, 2], theta and psi, oldest first. */
  readonly trail: Float32Array;
  /** [k, k, 2] */
  readonly flow: Float32Array;
  readonly k: number;
  readonly extent: typeof fieldExtent;
}

/** Follows the two weights of a DiracGAN. */
export class DiracViewer {
  readonly #g: Network;
  readonly #d: Network;
  /** States that are still on the device, each [2 n]. */
  #unread: tf.Tensor1D[] = [];
  #trail: number[] = [];
  #flow: { readonly experiment: Experiment; readonly values: Float32Array } | undefined;

  constructor(g: Network, d: Network) {
    this.#g = g;
    this.#d = d;
    this.note();
  }

  /** A step has been made. */
  note(): void {
    this.#unread.push(tf.tidy(() => tf.keep(this.#state())));
    if (this.#unread.length < joinedAt) return;
    const joined = tf.concat1d(this.#unread);
    tf.dispose(this.#unread);
    this.#unread = [joined];
  }

  async look(experiment: Experiment): Promise<DiracArrays> {
    const unread = this.#unread.splice(0);
    const packed = tf.tidy(() => tf.concat1d([...unread, this.#state()]));
    tf.dispose(unread);
    const values = await packed.data<'float32'>();
    packed.dispose();
    const [theta, psi] = values.slice(-2) as unknown as [number, number];
    this.#keep(values.subarray(0, -2));
    if (this.#flow?.experiment !== experiment) this.#flow = { experiment, values: await flowOf(experiment) };
    const flow = this.#flow.values.slice();
    return { kind: 'dirac', theta, psi, trail: Float32Array.from(this.#trail), flow, k: flowSide, extent: fieldExtent };
  }

  dispose(): void {
    tf.dispose(this.#unread.splice(0));
  }

  /** [theta, psi] */
  #state(): tf.Tensor1D {
    const [theta, weight] = [this.#g, this.#d].map(({ variables }) => tf.reshape(variables[0] as tf.Tensor, [1]));
    return tf.concat1d([theta as tf.Tensor1D, tf.neg(weight as tf.Tensor1D)]);
  }

  #keep(values: Float32Array): void {
    for (const value of values) this.#trail.push(value);
    while (this.#trail.length > 2 * longestTrail) {
      const half = longestTrail;
      this.#trail = this.#trail.filter((_, i) => i >= half || Math.floor(i / 2) % 2 === 0);
    }
  }
}

/** How far one step of plain gradient descent, both players at once, moves the state: [k, k, 2]. */
async function flowOf(experiment: Experiment): Promise<Float32Array> {
  const dirac = new Dirac();
  const cells = cellMiddles(flowSide, reach);
  const flow = new Float32Array(cells.length);
  const rate = experiment['d.lr'];
  for (let i = 0; i < cells.length; i += 2) {
    const state = { theta: cells[i] as number, psi: cells[i + 1] as number };
    const next = await dirac.update(state, experiment, rate, 'simultaneous');
    flow[i] = ((next.theta - state.theta) * experiment['g.lr']) / rate;
    flow[i + 1] = next.psi - state.psi;
  }
  dirac.dispose();
  return flow;
}
