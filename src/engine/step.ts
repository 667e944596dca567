import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../config/experiment.ts';
import { classLosses } from './classLosses.ts';
import type { Mode } from './nn/layers.ts';
import { collectStatistics, type Network } from './nn/network.ts';
import { objectives } from './objectives/index.ts';
import { lossOps } from './objectives/lossOps.ts';
import { globalNorm, meanSigmoid } from './ops/index.ts';
import type { Averaging, Optimiser, StepSettings } from './optim/optimiser.ts';
import type { Before, Round, RoundOfG } from './regularizers/index.ts';
import type { Ring } from './regularizers/ring.ts';
import type { Streams } from './streams.ts';

/** One network with what moves it. */
export interface Player {
  readonly network: Network;
  readonly optimiser: Optimiser;
}

/** Both players, and everything that one update depends on beside its batch. */
export interface Match {
  readonly g: Player;
  readonly d: Player;
  readonly ring: Ring;
  readonly experiment: Experiment;
  /** Whole steps made. */
  readonly step: number;
  readonly streams: Streams;
}

/** A batch of reals with their classes, [batch, classes], where the networks are told of them. */
export interface RealBatch {
  /** [batch, ...shape], as the data set holds them. */
  readonly images: tf.Tensor;
  readonly labels?: tf.Tensor2D;
}

/** A batch of latents, [batch, latent], with the classes that are asked for. */
export interface LatentBatch {
  readonly z: tf.Tensor;
  readonly labels?: tf.Tensor2D;
  /** Two latents for each image, [2 batch, latent]: see `Mode.crossover`. */
  readonly crossover?: number;
}

/**
 * D learns to tell reals from fakes, which are cut off from G. D's running statistics follow its reals and fakes.
 *
 * @returns [loss, mean D(x), mean D(G(z)), gradient norm, penalties' part of the loss, probability of augmentation]
 */
export function discriminatorStep(
  match: Match,
  real: RealBatch,
  latent: LatentBatch,
  settings: StepSettings,
): tf.Tensor1D {
  const { g, d, ring, experiment } = match;
  const objective = objectives[experiment['objective.loss']];
  const mode = modeOf(match);
  const onReal = collectStatistics();
  const onFake = collectStatistics();
  const signals = tf.tidy(() => {
    const made = tf.tidy(() => g.network.forward(latent.z, making(match, latent)));
    const opinions: tf.Scalar[] = [];
    let penalty: tf.Scalar | undefined;
    const { value, grads } = tf.variableGrads(() => {
      // A penalty's images are taken to be of the reals' classes.
      const { shown, critic, round } = opponents(match, { ...mode, ...told(real) });
      const { terms, onClasses } = classLosses(real.images.shape[0] as number);
      const [realSeen, fakeSeen] = [shown(real.images), shown(made)];
      const [r, f] = d.network.mixesBatch
        ? [
            critic(realSeen, { ...told(real), onClasses, onStatistics: onReal.onStatistics }),
            critic(fakeSeen, { ...told(latent), onClasses, onStatistics: onFake.onStatistics }),
          ]
        : judgeTogether(critic, [realSeen, real], [fakeSeen, latent], { onClasses });
      opinions.push(tf.keep(meanSigmoid(r)), tf.keep(meanSigmoid(f)));
      const loss = objective.lossD(lossOps, { real: r, fake: f, realLabel: experiment['objective.realLabel'] });
      const fakes = () => shown(g.network.forward(latent.z, making(match, latent)));
      const seen = { ...round, fakes, real: realSeen, fake: fakeSeen, opinions: { real: r, fake: f } };
      for (const hear of ring.hooks('judged', experiment)) hear(seen);
      const penalties = ring.hooks('lossD', experiment).map((term) => term(seen));
      if (penalties.length > 0) penalty = tf.keep(tf.clone(total(penalties)));
      return total([loss, ...terms, ...penalties]);
    }, [...d.network.variables]);
    const norm = move(match, 'd', grads, settings);
    const none = tf.scalar(0);
    const [augmentP] = ring.hooks('probability', experiment).map((ask) => ask(experiment));
    const packed = tf.stack([value, ...opinions, norm, penalty ?? none, augmentP ?? none]) as tf.Tensor1D;
    tf.dispose([...opinions, ...(penalty ? [penalty] : [])]);
    return packed;
  });
  if (d.network.mixesBatch) for (const { batch } of [onReal, onFake]) d.network.updateRunning(batch);
  return signals;
}

/** Whether {@link generatorStep} needs reals. */
export function wantsReals({ ring, experiment }: Pick<Match, 'ring' | 'experiment'>): boolean {
  return objectives[experiment['objective.loss']].pairs === true || ring.wantsReals(experiment);
}

/**
 * G learns to have its fakes taken for real. Only G moves; only G's running statistics follow.
 *
 * @param latent fresh
 * @param real fresh, where {@link wantsReals} says so
 * @param averaging of G's weights
 * @returns [loss, gradient norm]
 */
export function generatorStep(
  match: Match,
  latent: LatentBatch,
  settings: StepSettings,
  real?: RealBatch,
  averaging?: Averaging,
): tf.Tensor1D {
  const { g, ring, experiment } = match;
  const objective = objectives[experiment['objective.loss']];
  const statistics = collectStatistics();
  const mode = modeOf(match);
  const signals = tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => {
      const { shown, critic, round } = opponents(match, { ...mode, ...told(latent) });
      const fakes = (more?: Partial<Mode>) => shown(g.network.forward(latent.z, { ...making(match, latent), ...more }));
      const fakeSeen = fakes({ onStatistics: statistics.onStatistics });
      const { terms, onClasses } = classLosses(fakeSeen.shape[0] as number);
      const fake = judged(critic, fakeSeen, { ...told(latent), onClasses });
      const realSeen = real && shown(real.images);
      const other = real && realSeen && judged(critic, realSeen, told(real));
      const seen: RoundOfG = {
        ...round,
        fakes,
        fake: fakeSeen,
        ...(realSeen && { real: realSeen }),
        features: { fake: fake.features, ...(other && { real: other.features }) },
      };
      const loss = objective.lossG(lossOps, { fake: fake.logits, ...(other && { real: other.logits }) });
      return total([loss, ...terms, ...ring.hooks('lossG', experiment).map((term) => term(seen))]);
    }, [...g.network.variables]);
    return tf.stack([value, move(match, 'g', grads, settings, averaging)]) as tf.Tensor1D;
  });
  g.network.updateRunning(statistics.batch);
  return signals;
}

/**
 * D's logits as it stands, [count, 1]: judged as one batch, as in training, but with every unit kept, and nothing that
 * is random. Differentiable.
 *
 * @param reals [count, ...shape], as the data set holds them
 * @param labels [count, classes], where D is told of them
 */
export function logitsOf(match: Match, reals: tf.Tensor, labels?: tf.Tensor2D): tf.Tensor {
  const { shown, critic } = opponents(match, { training: true, ...(labels && { labels }) }, false);
  return critic(shown(reals));
}

/**
 * D's opinion of images, from {@link logitsOf}.
 *
 * @param images [count, size, size, channels] in [-1, 1]
 * @param labels [count, classes], where D is told of them
 * @returns [count], its probability that each is real
 */
export function judge(match: Match, images: tf.Tensor, labels?: tf.Tensor2D): tf.Tensor1D {
  return tf.reshape(tf.sigmoid(logitsOf(match, images, labels)), [-1]);
}

type Critic = (seen: tf.Tensor, more?: Partial<Mode>) => tf.Tensor;

/** What D is shown of images, D with the weights of this update, and the round as regularisers see it. */
function opponents(
  match: Match,
  mode: Mode,
  learning = true,
): { shown: (x: tf.Tensor) => tf.Tensor; critic: Critic; round: Round } {
  const { ring, experiment, d } = match;
  const about = { ...roundOf(match), learning };
  const shown = (images: tf.Tensor) => ring.hooks('see', experiment).reduce((seen, see) => see(seen, about), images);
  const own: readonly tf.Tensor[] = d.network.variables;
  const weights = ring.hooks('weightsOfD', experiment).reduce((found, change) => change(found, about), own);
  const critic: Critic = (seen, more) => d.network.forward(seen, { ...mode, ...more }, weights);
  return { shown, critic, round: { ...about, critic } };
}

function roundOf({ experiment, step, streams, g, d }: Match): Before {
  return { experiment, step, streams, learning: true, g: g.network, d: d.network };
}

function modeOf({ experiment, streams }: Match): Mode {
  return { training: true, dropout: { rate: experiment['model.dropoutD'], stream: streams.dropout } };
}

/** How G makes a batch in training. */
function making({ streams }: Match, latent: LatentBatch): Mode {
  const mixed = latent.crossover === undefined ? {} : { crossover: latent.crossover };
  return { training: true, noise: streams.pixelNoise, ...told(latent), ...mixed };
}

/** What a network is told of a batch's classes. */
function told({ labels }: { readonly labels?: tf.Tensor2D }): Pick<Mode, 'labels'> {
  return labels ? { labels } : {};
}

/** D's logits, and the features that they are made of. */
function judged(critic: Critic, seen: tf.Tensor, more: Partial<Mode>): { logits: tf.Tensor; features: tf.Tensor } {
  let features = seen;
  const logits = critic(seen, {
    ...more,
    onFeatures: (found) => {
      features = found;
    },
  });
  return { logits, features };
}

/** Reals and fakes in one pass, half the operations: only for a network that judges each image by itself. */
function judgeTogether(
  critic: Critic,
  [real, ofReal]: [tf.Tensor, RealBatch],
  [fake, ofFake]: [tf.Tensor, LatentBatch],
  more: Partial<Mode>,
): [tf.Tensor, tf.Tensor] {
  const labels = ofReal.labels && ofFake.labels && tf.concat([ofReal.labels, ofFake.labels]);
  return tf.split(critic(tf.concat([real, fake]), { ...more, ...(labels && { labels }) }), 2) as [tf.Tensor, tf.Tensor];
}

function total(terms: readonly tf.Scalar[]): tf.Scalar {
  return terms.reduce((sum, term) => tf.add(sum, term));
}

/** Steps the optimiser of one side. @returns the norm of the whole gradient, before anything changes it */
function move(
  match: Match,
  side: 'd' | 'g',
  grads: tf.NamedTensorMap,
  settings: StepSettings,
  averaging?: Averaging,
): tf.Scalar {
  const { ring, experiment } = match;
  const { network, optimiser } = match[side];
  const ordered = network.variables.map(({ name }) => grads[name] as tf.Tensor);
  const changed = ring
    .hooks('gradients', experiment)
    .reduce((found, change) => change(found, side, experiment), ordered);
  const ofChanged = optimiser.step(changed, settings, averaging);
  const norm = changed === ordered ? ofChanged : globalNorm(ordered);
  for (const moved of ring.hooks('moved', experiment)) moved(network, side, roundOf(match));
  return norm;
}
