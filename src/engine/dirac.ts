import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../config/experiment.ts';
import { Network } from './nn/network.ts';
import type { NetworkSpec } from './nn/spec.ts';
import { optimisers } from './optim/optimiser.ts';
import { Ring } from './regularizers/ring.ts';
import { discriminatorStep, generatorStep, type Match } from './step.ts';
import { openStreams, type Streams } from './streams.ts';

/**
 * DiracGAN, the smallest game (Mescheder et al. 2018, section 2): the only real is 0, the only fake is theta, and D's
 * score of x is -psi x, the sign that makes theta and psi rise and fall as in the paper. Its goal is (0, 0).
 */
export interface DiracState {
  readonly theta: number;
  readonly psi: number;
}

/** Both from the same state, or G first and D at the new theta. */
export type Order = 'simultaneous' | 'alternating';

const one: NetworkSpec = {
  input: [1],
  layers: [{ kind: 'dense', units: 1, init: { kind: 'glorot' }, bias: false, activation: 'linear' }],
};

/** The game with the losses, regularisers and steps of the engine, moved by plain gradient descent. */
export class Dirac {
  readonly #match: Omit<Match, 'experiment'>;
  readonly #real: tf.Tensor2D;
  readonly #z: tf.Tensor2D;

  /**
   * @param count copies of the real and of the fake in a batch: more than one only where a regulariser draws noise
   * @param streams of regularisers
   */
  constructor({ count = 1, streams = openStreams(0) }: { readonly count?: number; readonly streams?: Streams } = {}) {
    const [g, d] = [new Network(one, streams.init), new Network(one, streams.init)];
    const player = (network: Network) => ({ network, optimiser: optimisers.sgd(network.variables) });
    this.#match = { g: player(g), d: player(d), ring: new Ring({ g, d }), step: 0, streams };
    this.#real = tf.keep(tf.zeros([count, 1]));
    this.#z = tf.keep(tf.ones([count, 1]));
  }

  /**
   * One update of each player, by the loss and the regularisers of the experiment. A function of what it is given, but
   * for regularisers that draw or remember.
   *
   * @param rate learning rate of both
   */
  async update(state: DiracState, experiment: Experiment, rate: number, order: Order): Promise<DiracState> {
    const match: Match = { ...this.#match, experiment };
    const latent = { z: this.#z };
    const settings = { lr: rate, beta1: 0, beta2: 0 };
    const moveG = () => generatorStep(match, latent, settings, { images: this.#real }).dispose();
    const moveD = () => discriminatorStep(match, { images: this.#real }, latent, settings).dispose();
    this.#place(state);
    moveG();
    const moved = tf.keep(tf.clone(this.#theta));
    if (order === 'simultaneous') this.#place(state);
    moveD();
    const [theta, weight] = await Promise.all([moved.data(), this.#weight.data()]);
    moved.dispose();
    return { theta: theta[0] as number, psi: -(weight[0] as number) };
  }

  dispose(): void {
    const { g, d, ring } = this.#match;
    for (const { network, optimiser } of [g, d]) {
      network.dispose();
      optimiser.dispose();
    }
    ring.dispose();
    tf.dispose([this.#real, this.#z]);
  }

  get #theta(): tf.Variable {
    return this.#match.g.network.variables[0] as tf.Variable;
  }

  get #weight(): tf.Variable {
    return this.#match.d.network.variables[0] as tf.Variable;
  }

  #place({ theta, psi }: DiracState): void {
    tf.tidy(() => {
      this.#theta.assign(tf.tensor2d([theta], [1, 1]));
      this.#weight.assign(tf.tensor2d([-psi], [1, 1]));
    });
  }
}
