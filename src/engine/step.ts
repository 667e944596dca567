import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../config/experiment.ts';
import type { Mode } from './nn/layers.ts';
import { collectStatistics, type Network } from './nn/network.ts';
import { type LossOps, objectives } from './objectives/index.ts';
import { bceWithLogits, meanSigmoid } from './ops/index.ts';
import type { Averaging, Optimiser, StepSettings } from './optim/optimiser.ts';

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
      const [r, f] = d.network.mixesBatch
        ? [
            d.network.forward(real, { ...mode, onStatistics: onReal.onStatistics }),
            d.network.forward(fake, { ...mode, onStatistics: onFake.onStatistics }),
          ]
        : judgeTogether(d.network, real, fake, mode);
      opinions.push(tf.keep(meanSigmoid(r)), tf.keep(meanSigmoid(f)));
      return objective.lossD(lossOps, { real: r, fake: f, realLabel: experiment['objective.realLabel'] });
    }, [...d.network.variables]);
    const norm = move(d, grads, settings);
    const packed = tf.stack([value, ...opinions, norm]) as tf.Tensor1D;
    tf.dispose(opinions);
    return packed;
  });
  if (d.network.mixesBatch) for (const { batch } of [onReal, onFake]) d.network.updateRunning(batch);
  return signals;
}

/**
 * G learns to have its fakes taken for real. Only G moves; only G's running statistics follow.
 *
 * @param z [batch, latent], fresh
 * @param averaging of G's weights
 * @returns [loss, gradient norm]
 */
export function generatorStep(
  g: Player,
  d: Network,
  z: tf.Tensor,
  experiment: Experiment,
  dropout: Mode['dropout'],
  settings: StepSettings,
  averaging?: Averaging,
): tf.Tensor1D {
  const objective = objectives[experiment['objective.loss']];
  const statistics = collectStatistics();
  const signals = tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => {
      const fake = g.network.forward(z, { training: true, onStatistics: statistics.onStatistics });
      const f = d.forward(fake, { training: true, ...(dropout && { dropout }) });
      return objective.lossG(lossOps, f);
    }, [...g.network.variables]);
    return tf.stack([value, move(g, grads, settings, averaging)]) as tf.Tensor1D;
  });
  g.network.updateRunning(statistics.batch);
  return signals;
}

/** Reals and fakes in one pass, half the operations: only for a network that judges each image by itself. */
function judgeTogether(d: Network, real: tf.Tensor, fake: tf.Tensor, mode: Mode): [tf.Tensor, tf.Tensor] {
  return tf.split(d.forward(tf.concat([real, fake]), mode), 2) as [tf.Tensor, tf.Tensor];
}

/** Steps the optimiser. @returns the norm of the whole gradient */
function move(
  { network, optimiser }: Player,
  grads: tf.NamedTensorMap,
  settings: StepSettings,
  averaging?: Averaging,
): tf.Scalar {
  const ordered = network.variables.map(({ name }) => grads[name] as tf.Tensor);
  return optimiser.step(ordered, settings, averaging);
}
