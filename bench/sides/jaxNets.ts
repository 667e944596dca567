import { type Array as JaxArray, lax, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
import { modelOf } from '../../src/engine/models/index.ts';
import { type Activation, type NetworkSpec, type PlannedLayer, planNetwork } from '../../src/engine/nn/spec.ts';
import type { Work } from '../engine/works.ts';

/**
 * The nets in jax-js. It keeps images as [batch, channels, height, width], and its functions use their arguments up: what is
 * needed again goes in as `.ref`.
 */
export type Weights = Record<string, JaxArray>;

/** Padding that halves a map under 4 x 4 kernels and stride 2, or doubles it. */
const padding: [number, number][] = [
  [1, 1],
  [1, 1],
];
let keys = 1;

export const normal = (shape: number[]) => random.normal(random.key(keys++), shape);

/** One value a channel, so that it fits [batch, channels] or [batch, channels, height, width]. */
const each = (channels: number, axes: number) => [1, channels, ...(axes === 3 ? [1, 1] : [])];

function weightsOf({ spec, input, parameters }: PlannedLayer, index: number): [string, JaxArray][] {
  return parameters.map(({ name, shape }) => {
    const key = `${index}.${name}`;
    if (name === 'kernel') {
      const [first = 1, second = 1, third = 1, fourth = 1] = shape;
      // Ours are [side, side, in, out], and [side, side, out, in] where they go up.
      const ours = spec.kind === 'dense' ? [first, second] : [fourth, third, first, second];
      return [key, normal(ours).mul(0.02)];
    }
    const channels = shape[0] as number;
    const wide = each(channels, spec.kind === 'dense' ? 1 : input.length);
    return [key, name === 'gamma' ? np.ones(wide) : np.zeros(wide)];
  });
}

function bend(x: JaxArray, activation: Activation): JaxArray {
  if (activation === 'leaky') return nn.leakyRelu(x, 0.2);
  if (activation === 'relu') return nn.relu(x);
  return activation === 'tanh' ? np.tanh(x) : x;
}

function norm(x: JaxArray, gamma: JaxArray, beta: JaxArray, epsilon: number): JaxArray {
  const axes = x.ndim === 4 ? [0, 2, 3] : [0];
  const centred = x.ref.sub(np.mean(x, axes, { keepdims: true }));
  const variance = np.mean(centred.ref.mul(centred.ref), axes, { keepdims: true });
  return centred
    .mul(np.reciprocal(np.sqrt(variance.add(epsilon))))
    .mul(gamma)
    .add(beta);
}

function forwardLayer({ spec, output }: PlannedLayer, index: number, weights: Weights, x: JaxArray): JaxArray {
  const take = (name: string) => weights[`${index}.${name}`] as JaxArray;
  const biased = (y: JaxArray, bias: boolean) => (bias ? y.add(take('bias')) : y);
  switch (spec.kind) {
    case 'dense':
      return bend(biased(np.matmul(x, take('kernel')), spec.bias), spec.activation);
    case 'conv':
    case 'convTranspose': {
      if (spec.kernel !== 4 || spec.stride !== 2) throw new Error('only 4 x 4 kernels with stride 2 are written here');
      const y =
        spec.kind === 'conv'
          ? lax.conv(x, take('kernel'), [2, 2], padding)
          : lax.convTranspose(x, take('kernel'), [2, 2], padding, { transposeKernel: true });
      return bend(biased(y, spec.bias), spec.activation);
    }
    case 'norm':
      return bend(norm(x, take('gamma'), take('beta'), spec.epsilon), spec.activation);
    case 'reshape': {
      const [height = 1, width = 1, channels = 1] = output;
      return x.reshape([-1, channels, height, width]);
    }
    case 'flatten':
      return x.reshape([-1, output[0] as number]);
    case 'dropout':
      return x;
    default:
      throw new Error(`${spec.kind} is not written here`);
  }
}

export interface Net {
  readonly weights: Weights;
  readonly forward: (weights: Weights, x: JaxArray) => JaxArray;
}

function net(spec: NetworkSpec): Net {
  const layers = planNetwork(spec);
  return {
    weights: Object.fromEntries(layers.flatMap(weightsOf)),
    forward: (weights, x) => layers.reduce((y, layer, index) => forwardLayer(layer, index, weights, y), x),
  };
}

export function netsOf({ experiment, channels }: Work): { g: Net; d: Net } {
  const model = modelOf(experiment);
  return { g: net(model.generator(experiment, channels)), d: net(model.discriminator(experiment, channels)) };
}

/** One Adam step without bias correction, which costs nothing either way; uses all four up. */
export function adam(
  weights: Weights,
  grads: Weights,
  m: Weights,
  v: Weights,
  lr: number,
): [Weights, Weights, Weights] {
  const next: [Weights, Weights, Weights] = [{}, {}, {}];
  for (const key of Object.keys(weights)) {
    const [w, g, oldM, oldV] = [weights[key], grads[key], m[key], v[key]] as [JaxArray, JaxArray, JaxArray, JaxArray];
    const newM = oldM.mul(0.5).add(g.ref.mul(0.5));
    const newV = oldV.mul(0.999).add(g.ref.mul(g).mul(0.001));
    next[1][key] = newM.ref;
    next[2][key] = newV.ref;
    next[0][key] = w.sub(newM.mul(lr).div(np.sqrt(newV).add(1e-8)));
  }
  return next;
}

/** Mean cross-entropy of logits against 1 or 0. */
const loss = (logits: JaxArray, target: 0 | 1) => np.mean(nn.softplus(target ? logits.neg() : logits));

/** The two halves of a step, to be compiled by `jit`. Each uses its arguments up. */
export function halves({ g, d }: { g: Net; d: Net }, lr: number) {
  const lossD = (weights: Weights, real: JaxArray, fake: JaxArray) =>
    loss(d.forward(tree.ref(weights) as Weights, real), 1).add(loss(d.forward(weights, fake), 0));
  const lossG = (weights: Weights, judge: Weights, z: JaxArray) => loss(d.forward(judge, g.forward(weights, z)), 1);
  return {
    moveD: (weights: Weights, m: Weights, v: Weights, real: JaxArray, fake: JaxArray) => {
      const [value, grads] = valueAndGrad(lossD)(tree.ref(weights) as Weights, real, fake);
      return [value, ...adam(weights, grads, m, v, lr)] as [JaxArray, Weights, Weights, Weights];
    },
    moveG: (weights: Weights, m: Weights, v: Weights, judge: Weights, z: JaxArray) => {
      const [value, grads] = valueAndGrad(lossG)(tree.ref(weights) as Weights, judge, z);
      return [value, ...adam(weights, grads, m, v, lr)] as [JaxArray, Weights, Weights, Weights];
    },
  };
}
