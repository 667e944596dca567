/** The runs of scripts/fixtures/dcgan_steps.py on our engine: the same nets, arrays and settings. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { type Change, type Experiment, initialExperiment } from '../../config/experiment.ts';
import { models } from '../models/index.ts';
import { Network } from '../nn/network.ts';
import type { ParameterSpec } from '../nn/spec.ts';
import { MovingAverage } from '../optim/ema.ts';
import { optimisers, type StepSettings } from '../optim/optimiser.ts';
import { Ring } from '../regularizers/ring.ts';
import { sampleAveraged, sampleRaw } from '../sheets.ts';
import { discriminatorStep, generatorStep, judge, type Match, type Player } from '../step.ts';
import oracle from '../steps.oracle.json' with { type: 'json' };
import { openStreams } from '../streams.ts';
import { expectClose, noise, read } from './values.ts';

export type RunName = Exclude<keyof typeof oracle, 'note'>;

const adam = { 'g.beta1': 0.5, 'd.beta1': 0.5, 'g.beta2': 0.99, 'd.beta2': 0.99, 'ema.halfLife': 50 } as const;
const small = {
  'data.size': 16,
  'model.latent': 8,
  'model.widthG': 4,
  'model.widthD': 4,
  'train.batch': 4,
  'objective.loss': 'nonSaturating',
  'objective.realLabel': 1,
} as const;

const changes: Readonly<Record<RunName, { channels: number; change: Change }>> = {
  dcgan16: {
    channels: 1,
    change: { ...small, ...adam, 'model.normD': 'batch', 'objective.realLabel': 0.9, 'g.lr': 1e-3, 'd.lr': 2e-3 },
  },
  dcgan28: {
    channels: 3,
    change: {
      ...small,
      'data.size': 28,
      'model.normD': 'none',
      'objective.loss': 'minimax',
      'g.optimiser': 'sgd',
      'd.optimiser': 'sgd',
      'g.lr': 0.05,
      'd.lr': 0.02,
      'ema.halfLife': 1,
    },
  },
  article: {
    channels: 1,
    change: {
      ...small,
      // Not one of the table's, which start at 16: plain JavaScript needs seconds for a step of those.
      'data.size': 8 as unknown as Experiment['data.size'],
      'model.family': 'article',
      'g.optimiser': 'sgd',
      'd.optimiser': 'sgd',
      'g.lr': 0.01,
      'd.lr': 0.01,
      'ema.halfLife': 50,
    },
  },
  mlp: { channels: 1, change: { ...small, ...adam, 'model.family': 'mlp', 'g.lr': 5e-4, 'd.lr': 5e-4 } },
};

const scaled: Readonly<Record<ParameterSpec['name'], (value: number, fanIn: number) => number>> = {
  kernel: (value, fanIn) => value * Math.sqrt(3 / fanIn),
  bias: (value) => 0.1 * value,
  gamma: (value) => 1 + 0.2 * value,
  beta: (value) => 0.1 * value,
  projection: (value) => 0.1 * value,
  constant: (value) => value,
  styleKernel: (value, fanIn) => value * Math.sqrt(3 / fanIn),
  styleBias: (value) => 1 + 0.2 * value,
  strength: (value) => 0.1 * value,
  embedding: (value, fanIn) => value * Math.sqrt(3 / fanIn),
  classKernel: (value, fanIn) => value * Math.sqrt(3 / fanIn),
  classBias: (value) => 0.1 * value,
};

/** Gives a network the fixture's weights. */
export function fill(network: Network, seed: number): void {
  const specs = network.layers.flatMap(({ parameters }) => parameters);
  specs.forEach(({ name, fanIn }, index) => {
    const variable = network.variables[index] as tf.Variable;
    const values = Float32Array.from(noise(variable.size, seed + index), (value) => scaled[name](value, fanIn));
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  });
}

export function waves(shape: readonly number[], seed: number): tf.Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(Float32Array.from(noise(count, seed)), [...shape], 'float32');
}

interface Players {
  readonly g: Player;
  readonly d: Player;
  readonly experiment: Experiment;
  readonly channels: number;
}

/** Both networks of a run with the fixture's first weights. */
export function playersOf(name: RunName): Players {
  const { change, channels } = changes[name];
  return playersFor({ ...initialExperiment, ...change }, channels);
}

/** Both networks of an experiment with a fixture's first weights. */
export function playersFor(experiment: Experiment, channels: number): Players {
  const model = models[experiment['model.family']];
  const { init } = openStreams(0);
  const player = (side: 'g' | 'd', seed: number): Player => {
    const network = new Network(model[side === 'g' ? 'generator' : 'discriminator'](experiment, channels), init);
    fill(network, seed);
    return { network, optimiser: optimisers[experiment[`${side}.optimiser`]](network.variables) };
  };
  return { g: player('g', 1000), d: player('d', 2000), experiment, channels };
}

/** What a step works on, from two players: the first step of a run, unless said otherwise. */
export function matchOf(
  { g, d, experiment }: Pick<Players, 'g' | 'd' | 'experiment'>,
  { streams = openStreams(0), step = 0 }: Partial<Pick<Match, 'streams' | 'step'>> = {},
): Match {
  return { g, d, experiment, step, streams, ring: new Ring({ g: g.network, d: d.network }) };
}

export function disposePlayers({ g, d }: Pick<Players, 'g' | 'd'>): void {
  for (const { network, optimiser } of [g, d]) {
    network.dispose();
    optimiser.dispose();
  }
}

export function settingsOf(experiment: Experiment, side: 'g' | 'd'): StepSettings {
  return { lr: experiment[`${side}.lr`], beta1: experiment[`${side}.beta1`], beta2: experiment[`${side}.beta2`] };
}

export interface Checks {
  readonly norm: number;
  readonly projection: number;
  readonly head: readonly number[];
}

/** An array's norm, its product with noise, and its first four values. */
export async function expectChecks(tensor: tf.Tensor, wanted: Checks, tolerance: number): Promise<void> {
  const values = await read(tensor);
  const other = noise(values.length, 77);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const projection = values.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
  expectClose([norm, projection], [wanted.norm, wanted.projection], tolerance * Math.max(1, wanted.norm));
  expectClose(values.slice(0, 4), wanted.head, tolerance);
}

/** Makes the fixture's steps and compares everything that it stores. @param steps of its ten */
export async function expectRun(name: RunName, tolerance: number, steps = 10): Promise<void> {
  const { g, d, experiment, channels } = playersOf(name);
  const { 'data.size': size, 'model.latent': latent, 'train.batch': batch } = experiment;
  const average = new MovingAverage(g.network.variables);
  const match = matchOf({ g, d, experiment });
  const wanted = oracle[name];
  for (let step = 0; step < steps; step++) {
    const real = waves([batch, size, size, channels], 5000 + step);
    const z = [6000, 7000].map((seed) => waves([batch, latent], seed + step)) as [tf.Tensor, tf.Tensor];
    const ofD = discriminatorStep(match, { images: real }, { z: z[0] }, settingsOf(experiment, 'd'));
    const ofG = generatorStep(match, { z: z[1] }, settingsOf(experiment, 'g'));
    average.update(g.network.variables, experiment['ema.halfLife']);
    // The fixture is older than the signals of penalties.
    const row = [...(await read(ofD)).slice(0, 4), ...(await read(ofG))];
    const scale = Math.max(1, ...(wanted.signals[step] as number[]).map(Math.abs));
    expectClose(row, wanted.signals[step] as number[], tolerance * scale);
    tf.dispose([real, z, ofD, ofG]);
  }
  if (steps === wanted.signals.length) {
    await expectState(name, { g, d }, average, tolerance);
    await expectSheets(name, match, latent, average, tolerance);
  }
  average.dispose();
  disposePlayers({ g, d });
}

async function expectState(
  name: RunName,
  { g, d }: Pick<Players, 'g' | 'd'>,
  average: MovingAverage,
  tolerance: number,
): Promise<void> {
  const wanted = oracle[name];
  const pairs: [readonly tf.Tensor[], readonly Checks[]][] = [
    [g.network.variables, wanted.g],
    [d.network.variables, wanted.d],
    [average.values, wanted.average],
    [g.network.running.flatMap(({ mean, variance }) => [mean, variance]), (wanted.runningG as Checks[][]).flat()],
    [d.network.running.flatMap(({ mean, variance }) => [mean, variance]), (wanted.runningD as Checks[][]).flat()],
  ];
  for (const [tensors, checks] of pairs) {
    expect(tensors.length).toBe(checks.length);
    for (const [index, tensor] of tensors.entries()) await expectChecks(tensor, checks[index] as Checks, tolerance);
  }
}

async function expectSheets(
  name: RunName,
  match: Match,
  latent: number,
  average: MovingAverage,
  tolerance: number,
): Promise<void> {
  const wanted = oracle[name];
  const [z, calibration] = [waves([3, latent], 8000), waves([8, latent], 8001)];
  const sheets = tf.tidy(() => {
    const g = match.g.network;
    const averaged = sampleAveraged(g, average.values, { z }, { z: calibration });
    return { raw: sampleRaw(g, { z }), averaged, opinions: judge(match, averaged) };
  });
  await expectChecks(sheets.raw, wanted.raw, tolerance);
  await expectChecks(sheets.averaged, wanted.averaged, tolerance);
  expectClose(await read(sheets.opinions), wanted.opinions, tolerance);
  tf.dispose([z, calibration, Object.values(sheets)]);
}
