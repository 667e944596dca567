import * as tf from '@tensorflow/tfjs-core';
import { blend } from '../ops/index.ts';
import type { Stream } from '../streams.ts';
import { initialValues } from './init.ts';
import { forwardLayer, type LayerInputs, type Mode, type Statistics } from './layers.ts';
import {
  type LayerKind,
  type LayerSpec,
  leavesOf,
  type NetworkSpec,
  type PlannedLayer,
  planNetwork,
  type SpecOf,
  sizeOf,
} from './spec.ts';

/** Latents of the batch that virtual norms refer to: as many as images in the batches of the paper that has them. */
const referenceCount = 64;

/** Layers whose output for one image hangs on the rest of the batch. */
const mixing: readonly LayerKind[] = ['norm', 'minibatchStddev', 'minibatchDiscrimination'];

let networks = 0;

/**
 * A network's weights and running statistics on the current backend, and its forward pass. The weights are tfjs
 * variables, always named to `tf.variableGrads`, so that training one network never moves the other.
 */
export class Network {
  readonly layers: readonly PlannedLayer[];
  /** All trainable arrays, layer by layer, in the order of their specs. */
  readonly variables: readonly tf.Variable[];
  /** Styled convolutions: how many layers a mix of two styles can be divided among. */
  readonly styledLayers: number;
  readonly #norms: readonly SpecOf<'norm' | 'truncation'>[];
  /** The last layer that has weights. */
  readonly #last: PlannedLayer | undefined;
  /** What virtual norms refer to, [count, ...input shape]; undefined where there are none. */
  readonly #reference: tf.Tensor | undefined;
  #running: Statistics[];

  /** @param stream fresh weights are drawn from it, in the order of `variables`, then a reference batch where one is needed */
  constructor(spec: NetworkSpec, stream: Stream) {
    this.layers = planNetwork(spec);
    this.#last = this.layers.findLast(({ parameters }) => parameters.length > 0);
    const scope = `network${networks++}`;
    const parameters = this.layers.flatMap((layer) => layer.parameters);
    this.variables = parameters.map((parameter, index) =>
      tf.tidy(() => {
        const values = tf.tensor(initialValues(parameter, stream), [...parameter.shape], 'float32');
        return tf.variable(values, true, `${scope}/${index}/${parameter.name}`);
      }),
    );
    const leaves = leavesOf(this.layers);
    if (leaves.some(({ spec: layer }) => layer.kind === 'virtualNorm')) {
      const shape = [referenceCount, ...spec.input];
      this.#reference = tf.keep(tf.tensor(stream.normals(sizeOf(shape)), shape, 'float32'));
    }
    this.styledLayers = leaves.filter(({ spec: layer }) => layer.kind === 'styledConv').length;
    const norms = leaves.flatMap(({ spec: layer, input }) => (keepsStatistics(layer) ? [{ layer, input }] : []));
    this.#norms = norms.map(({ layer }) => layer);
    this.#running = norms.map(({ input }) => freshStatistics(input.at(-1) as number));
  }

  /** Running statistics of each norm and truncation, for checkpoints and tests. The network keeps owning them. */
  get running(): readonly Statistics[] {
    return this.#running;
  }

  /** Whether an output depends on the rest of its batch, so that reals and fakes must be judged apart. */
  get mixesBatch(): boolean {
    return leavesOf(this.layers).some(({ spec }) => mixing.includes(spec.kind));
  }

  /**
   * @param x [batch, ...input shape]
   * @param weights other arrays in the place of `variables`, such as their moving average
   * @param running other statistics in the place of the network's own
   */
  forward(
    x: tf.Tensor,
    mode: Mode,
    weights: readonly tf.Tensor[] = this.variables,
    running: readonly Statistics[] = this.#running,
  ): tf.Tensor {
    const reference = this.#reference?.shape[0] ?? 0;
    const { labels } = mode;
    const told = reference > 0 && labels ? { ...mode, labels: withReference(labels, reference) } : mode;
    let next = 0;
    let norm = 0;
    let styled = 0;
    let styles: readonly tf.Tensor2D[] = [];
    const styleOf = ({ kind }: LayerSpec, input: tf.Tensor) => {
      if (kind === 'constant') styles = mode.crossover === undefined ? [input as tf.Tensor2D] : tf.split(input, 2);
      const second = kind === 'styledConv' && styled++ >= (mode.crossover ?? Number.POSITIVE_INFINITY);
      return styles[second ? 1 : 0];
    };
    const pass = (layers: readonly PlannedLayer[], from: tf.Tensor): tf.Tensor =>
      layers.reduce((input, layer) => {
        if (layer === this.#last) mode.onFeatures?.(input);
        // The body first: the weights are in that order.
        if (layer.inner) return tf.add(pass(layer.inner.body, input), pass(layer.inner.shortcut, input));
        const parameters = Object.fromEntries(layer.parameters.map(({ name }) => [name, weights[next++]]));
        const style = styleOf(layer.spec, input);
        const inputs: LayerInputs = { x: input, parameters, mode: told, reference, ...(style && { style }) };
        if (!keepsStatistics(layer.spec)) return forwardLayer(layer, inputs);
        const index = norm++;
        return forwardLayer(layer, { ...inputs, norm: { index, running: running[index] as Statistics } });
      }, from);
    if (!this.#reference) return pass(this.layers, x);
    const both = pass(this.layers, tf.concat([this.#reference, x]));
    return tf.split(both, [reference, x.shape[0] as number])[1] as tf.Tensor;
  }

  /**
   * Moves the running statistics towards a batch's, as Keras does: new = momentum old + (1 - momentum) batch, with the
   * biased variance. Takes over and disposes what it is given.
   */
  updateRunning(batch: readonly Statistics[]): void {
    this.#running = this.#running.map((old, index) => {
      const { momentum } = this.#norms[index] as SpecOf<'norm' | 'truncation'>;
      const fresh = batch[index] as Statistics;
      const next = {
        mean: tf.keep(blend(old.mean, fresh.mean, momentum)),
        variance: tf.keep(blend(old.variance, fresh.variance, momentum)),
      };
      disposeStatistics([old, fresh]);
      return next;
    });
  }

  dispose(): void {
    tf.dispose([...this.variables, ...(this.#reference ? [this.#reference] : [])]);
    disposeStatistics(this.#running);
  }
}

/** Classes of a reference batch, one after the other, before those of a batch. */
function withReference(labels: tf.Tensor2D, reference: number): tf.Tensor2D {
  const classes = labels.shape[1];
  const each = Float32Array.from({ length: reference * classes }, (_, i) =>
    Math.floor(i / classes) % classes === i % classes ? 1 : 0,
  );
  return tf.concat([tf.tensor2d(each, [reference, classes]), labels]);
}

/** Gathers the statistics of each norm during one forward pass, kept beyond the tidy that surrounds it. */
export function collectStatistics(): {
  readonly onStatistics: Required<Mode>['onStatistics'];
  readonly batch: Statistics[];
} {
  const batch: Statistics[] = [];
  return {
    batch,
    onStatistics: (norm, mean, variance) => {
      batch[norm] = { mean: tf.keep(tf.clone(mean)), variance: tf.keep(tf.clone(variance)) };
    },
  };
}

export function disposeStatistics(all: readonly Statistics[]): void {
  for (const { mean, variance } of all) tf.dispose([mean, variance]);
}

function keepsStatistics(spec: LayerSpec): spec is SpecOf<'norm' | 'truncation'> {
  return spec.kind === 'norm' || spec.kind === 'truncation';
}

function freshStatistics(channels: number): Statistics {
  return { mean: tf.keep(tf.zeros([channels])) as tf.Tensor1D, variance: tf.keep(tf.ones([channels])) as tf.Tensor1D };
}
