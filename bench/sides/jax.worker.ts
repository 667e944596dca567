/** jax-js as its own examples write it: pure functions, compiled by `jit`. It takes as many threads as there are cores. */
import { blockUntilReady, defaultDevice, init, type Array as JaxArray, jit, numpy as np, tree } from '@jax-js/jax';
import type { Work } from '../engine/works.ts';
import { halves, netsOf, normal, type Weights } from './jaxNets.ts';
import { serve } from './serve.ts';

interface Built {
  step(): Promise<void>;
  dispose(): void;
}

const works = new Map<string, Built>();

/** jit compiles anew for each shape, once. */
const multiplyPlain = jit((a: JaxArray, b: JaxArray) => np.matmul(a, b));
const multiplyTransposed = jit((a: JaxArray, b: JaxArray) => np.matmul(np.transpose(a), b));

function zerosLike(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).map(([key, { shape }]) => [key, np.zeros(shape)]));
}

function build(work: Work): Built {
  const { experiment, channels } = work;
  const [batch, size, latent] = [experiment['train.batch'], experiment['data.size'], experiment['model.latent']];
  const nets = netsOf(work);
  const { moveD, moveG } = halves(nets, experiment['g.lr']);
  const [generate, stepD, stepG] = [jit(nets.g.forward), jit(moveD), jit(moveG)];
  let [g, d] = [nets.g.weights, nets.d.weights];
  let [gm, gv, dm, dv] = [zerosLike(g), zerosLike(g), zerosLike(d), zerosLike(d)];
  const real = normal([batch, channels, size, size]);
  const keep = <T extends Weights>(weights: T) => tree.ref(weights) as T;
  return {
    step: async () => {
      const fake = generate(keep(g), normal([batch, latent])) as JaxArray;
      let [lossD, lossG]: (JaxArray | undefined)[] = [];
      [lossD, d, dm, dv] = stepD(d, dm, dv, real.ref, fake);
      [lossG, g, gm, gv] = stepG(g, gm, gv, keep(d), normal([batch, latent]));
      await blockUntilReady([g, d]);
      const losses = await Promise.all([lossD.data(), lossG.data()]);
      if (!losses.every((value: ArrayLike<number>) => Number.isFinite(value[0])))
        throw new Error('a loss is not finite');
    },
    dispose: () => tree.dispose([g, d, gm, gv, dm, dv, real]),
  };
}

serve({
  start: async ({ backend }) => {
    if (backend === 'cpu') throw new Error('jax-js is measured on a fast backend');
    const there = await init(backend);
    if (!there.includes(backend)) throw new Error(`jax-js could not start ${backend}`);
    defaultDevice(backend);
    return { threads: self.crossOriginIsolated ? navigator.hardwareConcurrency : 1, about: 'jax-js' };
  },
  build: async (work) => {
    works.set(work.name, build(work));
  },
  run: async (name, steps) => {
    const work = works.get(name);
    if (!work) throw new Error(`${name} is not built`);
    const began = performance.now();
    for (let i = 0; i < steps; i++) await work.step();
    return performance.now() - began;
  },
  drop: async (name) => {
    works.get(name)?.dispose();
    works.delete(name);
  },
  matmul: async ({ rows, inner, columns, transposeA }, times) => {
    const a = normal(transposeA ? [inner, rows] : [rows, inner]);
    const b = normal([inner, columns]);
    const multiply = transposeA ? multiplyTransposed : multiplyPlain;
    const once = async () => {
      const c = multiply(a.ref, b.ref) as JaxArray;
      await blockUntilReady(c);
      c.dispose();
    };
    await once();
    const began = performance.now();
    for (let i = 0; i < times; i++) await once();
    const elapsed = performance.now() - began;
    tree.dispose([a, b]);
    return elapsed;
  },
});
