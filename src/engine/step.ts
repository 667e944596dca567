import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../config/experiment.ts';
import type { Mode } from './nn/layers.ts';
import { collectStatistics, type Network } from './nn/network.ts';
import { type LossOps, objectives } from './objectives/index.ts';
import { bceWithLogits } from './ops/index.ts';
import type { Optimiser, StepSettings } from './optim/optimiser.ts';

const lossOps: LossOps = { bceWithLogits, add: tf.add, neg: tf.neg };

/** One network with what moves it. */
export interface Player {
  readonly network: Network;
  readonly optimiser: Optimiser;
}

/**
 * D learns to tell reals from fakes, which are cut off from G. D's running statistics follow its reals and fakes.
 *
 * @param real [batch, size, size, channels] from the data
 * @param z [batch, latent]
 * @returns [loss, mean D(x), mean D(G(z)), gradient norm]
 */
export function discriminatorStep(
  d: Player,
  g: Network,
  real: tf.Tensor,
  z: tf.Tensor,
  experiment: Experiment,
  dropout: Mode['dropout'],
  settings: StepSettings,
): tf.Tensor1D {
  const objective = objectives[experiment['objective.loss']];
  const mode: Mode = { training: true, ...(dropout && { dropout }) };
  const onReal = collectStatistics();
  const onFake = collectStatistics();
  const signals = tf.tidy(() => {
    const fake = tf.tidy(() => g.forward(z, { training: true }));
    const opinions: tf.Scalar[] = [];
    const { value, grads } = tf.variableGrads(() => {
      const r = d.network.forward(real, { ...mode, onStatistics: onReal.onStatistics });
      const f = d.network.forward(fake, { ...mode, onStatistics: onFake.onStatistics });
      opinions.push(tf.keep(meanOpinion(r)), tf.keep(meanOpinion(f)));
      return objective.lossD(lossOps, { real: r, fake: f, realLabel: experiment['objective.realLabel'] });
    }, [...d.network.variables]);
    const norm = move(d, grads, settings);
    const packed = tf.stack([value, ...opinions, norm]) as tf.Tensor1D;
    tf.dispose(opinions);
    return packed;
  });
  d.network.updateRunning(onReal.batch);
  d.network.updateRunning(onFake.batch);
  return signals;
}

/**
 * G learns to have its fakes taken for real. Only G moves; only G's running statistics follow.
 *
 * @param z [batch, latent], fresh
 * @returns [loss, gradient norm]
 */
export function generatorStep(
  g: Player,
  d: Network,
  z: tf.Tensor,
  experiment: Experiment,
  dropout: Mode['dropout'],
  settings: StepSettings,
): tf.Tensor1D {
  const objective = objectives[experiment['objective.loss']];
  const statistics = collectStatistics();
  const signals = tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => {
      const fake = g.network.forward(z, { training: true, onStatistics: statistics.onStatistics });
      const f = d.forward(fake, { training: true, ...(dropout && { dropout }) });
      return objective.lossG(lossOps, f);
    }, [...g.network.variables]);
    return tf.stack([value, move(g, grads, settings)]) as tf.Tensor1D;
  });
  g.network.updateRunning(statistics.batch);
  return signals;
}

/** The mean of D's probability that an image is real. */
function meanOpinion(logits: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sigmoid(logits));
}

/** Steps the optimiser. @returns the norm of the whole gradient */
function move({ network, optimiser }: Player, grads: tf.NamedTensorMap, settings: StepSettings): tf.Scalar {
  const ordered = network.variables.map(({ name }) => grads[name] as tf.Tensor);
  optimiser.step(ordered, settings);
  // Not addN: with eight or more inputs its WebGPU shader binds more buffers than a stage may have (8), and the device
  // drops the whole batch of commands, the update among them. stack, being a concat, splits such a list.
  return tf.sqrt(tf.sum(tf.stack(ordered.map((grad) => tf.sum(tf.square(grad))))));
}
