/**
 * The work that bench/step-wasm.ts times: one DCGAN-28 step (D on reals and detached fakes, then G) on one thread of the
 * WASM backend, with our ops and kernels, and with stock tfjs plus the filter gradient that it lacks.
 */
import * as tf from '@tensorflow/tfjs-core';
import { datasetFacts } from '../src/config/datasets.ts';
import { defaultPreset, experimentOf } from '../src/config/presets.ts';
import { registerGradients } from '../src/engine/backend/gradients.ts';
import { openWasm, type WasmHost, type WasmOptions } from '../src/engine/backend/wasm.ts';
import * as ops from '../src/engine/ops/index.ts';
import { registerKernels, unregisterKernels } from '../src/engine/ops/wasm/register.ts';
import { Session } from '../src/engine/session.ts';

export interface Work {
  readonly name: string;
  readonly batch: number;
  readonly width: number;
  readonly latent: number;
  /** Batch norm after D's second convolution, as in the default preset. */
  readonly normD: boolean;
}

export const works: readonly Work[] = [
  { name: 'dcgan-28 width 64', batch: 64, width: 64, latent: 100, normD: false },
  { name: 'dcgan-28 width 32, norm in D', batch: 64, width: 32, latent: 64, normD: true },
];

/** The step that the page makes when it is opened and Train is pressed. */
export interface PresetRow {
  readonly work: string;
  readonly backend: 'wasm';
  readonly batch: number;
  readonly threads: 1;
  readonly relaxed: boolean;
  readonly ours_ms: number;
  readonly spread: number;
}

/** One work with ours against stock. */
export interface Row {
  readonly work: string;
  readonly backend: 'wasm';
  readonly batch: number;
  readonly threads: 1;
  readonly relaxed: boolean;
  readonly ours_ms: number;
  readonly peer: 'stock tfjs with a composed filter gradient';
  readonly peer_ms: number;
  readonly ratio: number;
  /** Largest minus smallest of ours, over the median. */
  readonly spread: number;
}

const SETTINGS = { alpha: 2e-4, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };

function net({ width, latent, normD }: Work) {
  const weight = (shape: number[]) => tf.variable(tf.randomNormal(shape, 0, 0.02));
  const fill = (size: number, value: number) => tf.variable(tf.fill([size], value)) as tf.Variable<tf.Rank.R1>;
  const g = {
    dense: weight([latent, 49 * 2 * width]),
    gamma1: fill(2 * width, 1),
    beta1: fill(2 * width, 0),
    up1: weight([4, 4, width, 2 * width]) as tf.Variable<tf.Rank.R4>,
    gamma2: fill(width, 1),
    beta2: fill(width, 0),
    up2: weight([4, 4, 1, width]) as tf.Variable<tf.Rank.R4>,
    bias: fill(1, 0),
  };
  const d = {
    conv1: weight([4, 4, 1, width]) as tf.Variable<tf.Rank.R4>,
    bias1: fill(width, 0),
    conv2: weight([4, 4, width, 2 * width]) as tf.Variable<tf.Rank.R4>,
    bias2: fill(2 * width, 0),
    ...(normD ? { gamma: fill(2 * width, 1) } : {}),
    dense: weight([49 * 2 * width, 1]),
    bias: fill(1, 0),
  };
  const generate = (z: tf.Tensor) => {
    const h = tf.reshape(tf.matMul(z, g.dense), [-1, 7, 7, 2 * width]) as tf.Tensor4D;
    const a = ops.normAct(h, g.gamma1, g.beta1, 1e-5, 0.2).y;
    const b = ops.normAct(ops.conv2dTranspose(a, g.up1, [14, 14], 2), g.gamma2, g.beta2, 1e-5, 0.2).y;
    return tf.tanh(ops.biasAct(ops.conv2dTranspose(b, g.up2, [28, 28], 2), g.bias, 1));
  };
  const judge = (x: tf.Tensor4D) => {
    const a = ops.conv2d(ops.biasAct(ops.conv2d(x, d.conv1, 2), d.bias1, 0.2), d.conv2, 2);
    const b = d.gamma ? ops.normAct(a, d.gamma, d.bias2, 1e-5, 0.2).y : ops.biasAct(a, d.bias2, 0.2);
    return ops.biasAct(tf.matMul(tf.reshape(b, [-1, 49 * 2 * width]), d.dense), d.bias, 1);
  };
  const variables = (o: object) => Object.values(o) as tf.Variable[];
  return { generate, judge, variablesG: variables(g), variablesD: variables(d) };
}

type Update = (loss: () => tf.Scalar, variables: tf.Variable[]) => tf.Scalar;

/** Adam through our op, as the engine does it. */
function ourAdam(): Update {
  const slots = new Map<tf.Variable, { m: tf.Variable; v: tf.Variable; t: number }>();
  return (loss, variables) => {
    const { value, grads } = tf.variableGrads(loss, variables);
    for (const variable of variables) {
      const slot = slots.get(variable) ?? {
        m: tf.variable(tf.zerosLike(variable)),
        v: tf.variable(tf.zerosLike(variable)),
        t: 0,
      };
      slots.set(variable, slot);
      slot.t++;
      const grad = grads[variable.name] as tf.Tensor;
      const state = { param: variable, grad, m: slot.m, v: slot.v };
      const { next } = ops.adamUpdate([state], SETTINGS, ops.adamCorrections(SETTINGS, slot.t));
      const moved = next[0] as ops.AdamMoments;
      variable.assign(moved.param);
      slot.m.assign(moved.m);
      slot.v.assign(moved.v);
    }
    tf.dispose(grads);
    return value;
  };
}

function stockAdam(): Update {
  const { alpha, beta1, beta2, epsilon } = SETTINGS;
  const optimizers = new Map<tf.Variable | undefined, tf.Optimizer>();
  return (loss, variables) => {
    const optimizer = optimizers.get(variables[0]) ?? tf.train.adam(alpha, beta1, beta2, epsilon);
    optimizers.set(variables[0], optimizer);
    return optimizer.minimize(loss, true, variables) as tf.Scalar;
  };
}

/**
 * Conv2DBackpropFilter out of stock kernels: a dilated convolution of the transposed input with the transposed output
 * gradient. What a person would write to train with stock tfjs on WASM (tfjs #8474).
 */
function composedFilterGrad(x: tf.Tensor4D, dy: tf.Tensor4D, shape: number[], stride: number): tf.Tensor {
  const [kh = 1, kw = 1, channels = 1, filters = 1] = shape;
  const pad = (kernel: number, size: number, out: number): [number, number] => {
    const total = Math.max((out - 1) * stride + kernel - size, 0);
    return [total >> 1, total - (total >> 1)];
  };
  return tf.tidy(() => {
    const [rows, columns] = [pad(kh, x.shape[1], dy.shape[1]), pad(kw, x.shape[2], dy.shape[2])];
    const padded = tf.pad(x, [[0, 0], rows, columns, [0, 0]]);
    const correlation = tf.conv2d(
      tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D,
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      1,
      'valid',
      'NHWC',
      stride,
    );
    return tf.transpose(tf.slice(correlation, [0, 0, 0, 0], [channels, kh, kw, filters]), [1, 2, 0, 3]);
  });
}

function useStock(): void {
  unregisterKernels();
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { strides, filterShape } = attrs as unknown as { strides: number | number[]; filterShape: number[] };
      const stride = Array.isArray(strides) ? (strides[0] as number) : strides;
      return composedFilterGrad(inputs.x as tf.Tensor4D, inputs.dy as tf.Tensor4D, filterShape, stride);
    },
  });
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Times `Session.advance` of the default preset, on noise: what the nets of `works` stand for, as it ships. */
async function measureDefault(relaxed: boolean, rounds: number): Promise<PresetRow> {
  const experiment = experimentOf(defaultPreset);
  const size = experiment['data.size'];
  const { channels } = datasetFacts(experiment['data.set']);
  const count = 256;
  const pixels = Uint8Array.from({ length: count * size * size * channels }, (_, i) => (i * 7919) & 255);
  const split = { count, pixels, labels: new Uint8Array(count) };
  const session = new Session(experiment, { id: 'noise', size, channels, train: split, heldOut: split, classes: [] });
  const times: number[] = [];
  for (let step = -3; step < rounds * 3; step++) {
    const before = performance.now();
    session.advance('both');
    await session.read();
    if (step >= 0) times.push(performance.now() - before);
  }
  session.dispose();
  const ours = median(times);
  return {
    work: `Session.advance, preset ${defaultPreset.id}`,
    backend: 'wasm',
    batch: experiment['train.batch'],
    threads: 1,
    relaxed,
    ours_ms: ours,
    spread: (Math.max(...times) - Math.min(...times)) / ours,
  };
}

/** Times the default preset's step, then every work with ours and stock by turns. */
export async function measure(
  host: WasmHost,
  options: WasmOptions,
  rounds: number,
  report: (row: Row | PresetRow) => void,
): Promise<void> {
  await registerGradients();
  const { facts, runtime } = await openWasm(host, { ...options, threads: 1 });
  const { relaxed } = facts;
  report(await measureDefault(relaxed, rounds));
  for (const work of works) {
    const sides = [
      { use: () => registerKernels(runtime), update: ourAdam(), times: [] as number[], net: net(work) },
      { use: useStock, update: stockAdam(), times: [] as number[], net: net(work) },
    ];
    const reals = tf.randomUniform([work.batch, 28, 28, 1], -1, 1) as tf.Tensor4D;
    for (let round = -1; round < rounds; round++) {
      for (const side of sides) {
        side.use();
        // Three steps of ours a round: stock takes several times as long, and the medians should rest on like amounts.
        for (let i = 0; i < (side === sides[0] ? 3 : 1); i++) {
          const before = performance.now();
          const loss = tf.tidy(() => step(work, side.net, side.update, reals));
          await loss.data();
          if (round >= 0) side.times.push(performance.now() - before);
          loss.dispose();
        }
      }
      if (tf.getKernel('Conv2DBackpropFilter', 'wasm')) tf.unregisterKernel('Conv2DBackpropFilter', 'wasm');
    }
    reals.dispose();
    const [ours, peer] = sides.map(({ times }) => median(times)) as [number, number];
    const times = (sides[0] as { times: number[] }).times;
    report({
      work: work.name,
      backend: 'wasm',
      batch: work.batch,
      threads: 1,
      relaxed,
      ours_ms: ours,
      peer: 'stock tfjs with a composed filter gradient',
      peer_ms: peer,
      ratio: peer / ours,
      spread: (Math.max(...times) - Math.min(...times)) / ours,
    });
  }
}

function step(
  work: Work,
  { generate, judge, variablesG, variablesD }: ReturnType<typeof net>,
  update: Update,
  reals: tf.Tensor4D,
) {
  const latents = () => tf.randomNormal([work.batch, work.latent]);
  const fakes = generate(latents()) as tf.Tensor4D;
  const lossD = update(
    () => tf.add(ops.bceWithLogits(judge(reals), 1), ops.bceWithLogits(judge(fakes), 0)),
    variablesD,
  );
  const z = latents();
  const lossG = update(() => ops.bceWithLogits(judge(generate(z) as tf.Tensor4D), 1), variablesG);
  return tf.stack([lossD, lossG]);
}
