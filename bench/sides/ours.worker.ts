/** The product's own engine: its backends with its kernels, its session, its pace. */
import * as tf from '@tensorflow/tfjs-core';
import { signalIndex, signals, signalsOf } from '../../src/config/signals.ts';
import { findAdapter } from '../../src/engine/backend/adapters.ts';
import { browserStarters } from '../../src/engine/backend/browser.ts';
import { registerGradients } from '../../src/engine/backend/gradients.ts';
import { watchDevice } from '../../src/engine/backend/loss.ts';
import { selfTest, selfTestTolerance } from '../../src/engine/backend/selfTest.ts';
import { startWasm } from '../../src/engine/backend/wasm.ts';
import { browserHost } from '../../src/engine/backend/wasmHost.vite.ts';
import { Session } from '../../src/engine/session.ts';
import type { Work } from '../engine/works.ts';
import { countStep, profileStep } from './counting.ts';
import { noiseFor } from './noise.ts';
import type { Started, StartOptions } from './protocol.ts';
import { serve } from './serve.ts';
import { type Stepper, Timed, timeMatMul } from './timing.ts';
import { penalisedStepper } from './wganGp.ts';

const works = new Map<string, Timed>();
/** What the device complained of: a command that WebGPU rejects does nothing, which looks fast. */
const complaints: Error[] = [];

function timed(name: string): Timed {
  const work = works.get(name);
  if (!work) throw new Error(`${name} is not built`);
  return work;
}

function sessionStepper(work: Work): Stepper {
  const session = new Session(work.experiment, noiseFor(work));
  const recorded = new Set(signalsOf(work.experiment).map(signalIndex));
  return {
    step: () => session.advance('both'),
    read: async () => {
      const { rows } = await session.read();
      if (!rows.every((value, i) => Number.isFinite(value) || !recorded.has(i % signals.length)))
        throw new Error(`${work.name}: a loss or a gradient is not finite`);
    },
    dispose: () => session.dispose(),
  };
}

async function begin({ backend, threads, hardware }: StartOptions): Promise<Started> {
  if (backend !== 'wasm') {
    const start = browserStarters[backend];
    if (!start) throw new Error(`no ${backend} here`);
    const { state, text } = await findAdapter[backend]();
    if (hardware && state !== 'present') throw new Error(`no hardware behind ${backend} here: ${text ?? state}`);
    const { adapter } = await start();
    return { threads: 1, about: adapter ?? text ?? backend };
  }
  const facts = await startWasm(browserHost, threads === undefined ? {} : { threads });
  return { threads: facts.threads, about: facts.relaxed ? 'SIMD + FMA' : 'SIMD' };
}

function complain(): void {
  if (complaints[0]) throw complaints[0];
}

serve({
  start: async (options) => {
    await registerGradients();
    const started = await begin(options);
    watchDevice((error) => complaints.push(error));
    const error = await selfTest();
    if (!(error <= selfTestTolerance)) throw new Error(`${tf.getBackend()} fails the self-test: error ${error}`);
    complain();
    return started;
  },
  build: async (work) => {
    works.set(work.name, new Timed(work.penalised ? penalisedStepper(work) : sessionStepper(work)));
  },
  run: async (name, steps) => {
    const ms = await timed(name).run(steps);
    complain();
    return ms;
  },
  drop: async (name) => {
    timed(name).stepper.dispose();
    works.delete(name);
  },
  matmul: timeMatMul,
  count: (name) => countStep(timed(name).stepper),
  profile: (name) => profileStep(timed(name).stepper),
});
