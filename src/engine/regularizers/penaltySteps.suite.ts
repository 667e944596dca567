import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { BackendName } from '../../config/backends.ts';
import { type Change, type Experiment, initialExperiment } from '../../config/experiment.ts';
import { discriminatorStep, generatorStep, wantsReals } from '../step.ts';
import { openStreams, type Stream, type Streams } from '../streams.ts';
import { disposePlayers, expectChecks, matchOf, playersFor, settingsOf, waves } from '../testing/steps.ts';
import { expectClose, noise, read } from '../testing/values.ts';
import oracle from './penaltySteps.oracle.json' with { type: 'json' };

type PenalisedRun = Exclude<keyof typeof oracle, 'note'>;

const [size, latent, batch] = [16, 8, 8] as const;
const common = { 'data.size': size, 'model.latent': latent, 'train.batch': batch } as const;
const sndcgan = { ...common, 'model.family': 'sndcgan', 'model.widthG': 8, 'model.widthD': 8 } as const;

/** The runs of scripts/fixtures/penalty_steps.py. */
const changes: Readonly<Record<PenalisedRun, Change>> = {
  wganGp: { ...sndcgan, ...adam(1e-4, 0.5, 0.9), 'objective.loss': 'wasserstein', 'reg.gp': 10 },
  r1Spectral: {
    ...sndcgan,
    ...adam(2e-4, 0, 0.99),
    'objective.loss': 'nonSaturating',
    'objective.realLabel': 1,
    'reg.r1': 1,
    'reg.spectral': 1,
  },
  relativisticNorm: {
    ...common,
    'model.family': 'dcgan',
    'model.normD': 'batch',
    'model.widthG': 4,
    'model.widthD': 4,
    'objective.loss': 'relativistic',
    'g.optimiser': 'sgd',
    'd.optimiser': 'sgd',
    'g.lr': 0.01,
    'd.lr': 0.01,
    'reg.r1': 0.5,
    'reg.r2': 0.2,
  },
  consensus: {
    ...common,
    'model.family': 'dcgan',
    'model.normD': 'none',
    'model.widthG': 4,
    'model.widthD': 4,
    'objective.loss': 'nonSaturating',
    'objective.realLabel': 1,
    'g.optimiser': 'sgd',
    'd.optimiser': 'sgd',
    'g.lr': 0.01,
    'd.lr': 0.01,
    'reg.consensus': 0.2,
  },
};

function adam(lr: number, beta1: number, beta2: number): Change {
  const settings = (side: 'g' | 'd') => ({
    [`${side}.optimiser`]: 'adam',
    [`${side}.lr`]: lr,
    [`${side}.beta1`]: beta1,
    [`${side}.beta2`]: beta2,
  });
  return { ...settings('g'), ...settings('d') };
}

/** What the fixture draws: the share of the fake in each step's mixtures, and the first vectors of power iterations. */
function fixtureStreams(): Streams {
  let [mixtures, vectors] = [8500, 9000];
  const uniforms = (count: number) => Float32Array.from(noise(count, mixtures++), (value) => (value + 1) / 2);
  const normals = (count: number) => Float32Array.from(noise(count, vectors++));
  return { ...openStreams(0), penalty: { uniforms } as unknown as Stream, spectral: { normals } as unknown as Stream };
}

/** Makes the fixture's steps and compares everything that it stores. @param steps of its five */
async function expectPenalisedRun(name: PenalisedRun, tolerance: number, steps: number): Promise<void> {
  const experiment: Experiment = { ...initialExperiment, ...changes[name] };
  const { g, d } = playersFor(experiment, 1);
  const match = matchOf({ g, d, experiment }, { streams: fixtureStreams() });
  const wanted = oracle[name];
  for (const [step, signals] of wanted.signals.slice(0, steps).entries()) {
    const [real, other] = [waves([batch, size, size, 1], 5000 + step), waves([batch, size, size, 1], 5500 + step)];
    const z = [6000, 7000].map((seed) => waves([batch, latent], seed + step)) as [tf.Tensor, tf.Tensor];
    const ofD = discriminatorStep(match, { images: real }, { z: z[0] }, settingsOf(experiment, 'd'));
    const pair = wantsReals(match) ? { images: other } : undefined;
    const ofG = generatorStep(match, { z: z[1] }, settingsOf(experiment, 'g'), pair);
    // The fixture has the penalty as a part of the loss only.
    const row = [...(await read(ofD)).slice(0, 4), ...(await read(ofG))];
    expectClose(row, signals, tolerance * Math.max(1, ...signals.map(Math.abs)));
    tf.dispose([real, other, z, ofD, ofG]);
  }
  for (const side of steps === wanted.signals.length ? (['g', 'd'] as const) : []) {
    const { variables } = match[side].network;
    expect(variables.length).toBe(wanted[side].length);
    for (const [i, variable] of variables.entries()) {
      await expectChecks(variable, wanted[side][i] as (typeof wanted)['g'][number], tolerance);
    }
  }
  match.ring.dispose();
  disposePlayers({ g, d });
}

/** On the current backend: steps under penalties. The larger nets take plain JavaScript minutes, and a GPU in software. */
export function penaltyStepTests(backend: BackendName): void {
  const runs = Object.keys(changes) as PenalisedRun[];
  const steps = backend === 'wasm' || backend === 'cpu' ? 5 : 2;
  const some = backend === 'cpu' ? runs.filter((name) => changes[name]['model.family'] !== 'sndcgan') : runs;
  test.each(some)(`%s: ${steps} steps as PyTorch makes them in float64`, (name) =>
    expectPenalisedRun(name, 1e-4, steps),
  );
}
