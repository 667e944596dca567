/**
 * A network as data: what its layers are, not how they compute. It is free of tfjs, so that the page can list the
 * layers and count the weights, and an exporter can write them out.
 */

/** What follows a layer's sum. `leaky` has the slope 0.2 of DCGAN and of the article. */
export type Activation = 'linear' | 'relu' | 'leaky' | 'tanh';

export type Initializer =
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** Uniform within sqrt(6 / (fan in + fan out)) (Glorot & Bengio 2010), the default of Keras. */
  | { readonly kind: 'glorot' }
  /** Normal with deviation sqrt(2 / fan in) (He et al. 2015). */
  | { readonly kind: 'he' };

interface Weighted {
  readonly init: Initializer;
  readonly bias: boolean;
  readonly activation: Activation;
}

export type LayerSpec =
  | ({ readonly kind: 'dense'; readonly units: number } & Weighted)
  | ({ readonly kind: 'conv'; readonly filters: number; readonly kernel: number; readonly stride: number } & Weighted)
  | ({
      readonly kind: 'convTranspose';
      readonly filters: number;
      readonly kernel: number;
      readonly stride: number;
    } & Weighted)
  /**
   * Batch normalisation (Ioffe & Szegedy 2015). `momentum` is Keras's: the share of the old running statistic that
   * is kept. PyTorch's is one minus it.
   */
  | {
      readonly kind: 'norm';
      readonly momentum: number;
      readonly epsilon: number;
      readonly gamma: Initializer;
      readonly activation: Exclude<Activation, 'tanh'>;
    }
  | { readonly kind: 'dropout' }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  | { readonly kind: 'flatten' };

export type LayerKind = LayerSpec['kind'];
export type SpecOf<K extends LayerKind> = Extract<LayerSpec, { kind: K }>;

/** A trainable array of a layer. */
export interface ParameterSpec {
  readonly name: 'kernel' | 'bias' | 'gamma' | 'beta';
  readonly shape: readonly number[];
  readonly init: Initializer | { readonly kind: 'zeros' };
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface NetworkSpec {
  /** Of one input, without the batch. */
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
}

/** A layer with the shapes that follow from what stands before it. */
export interface PlannedLayer {
  readonly spec: LayerSpec;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly parameters: readonly ParameterSpec[];
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The numbers that a layer's shapes follow from; throws where they cannot. */
function plan(spec: LayerSpec, input: readonly number[]): PlannedLayer {
  const channels = input.at(-1) as number;
  const bias = (count: number): ParameterSpec[] =>
    'bias' in spec && spec.bias ? [{ name: 'bias', shape: [count], init: { kind: 'zeros' }, fanIn: 0, fanOut: 0 }] : [];
  switch (spec.kind) {
    case 'dense': {
      if (input.length !== 1) throw new Error(`dense wants one axis, got ${input.join(' x ')}`);
      const { units, init } = spec;
      const kernel = { name: 'kernel', shape: [channels, units], init, fanIn: channels, fanOut: units } as const;
      return { spec, input, output: [units], parameters: [kernel, ...bias(units)] };
    }
    case 'conv':
    case 'convTranspose': {
      const [height, width] = input;
      if (input.length !== 3 || !height || !width) throw new Error(`${spec.kind} wants three axes`);
      const { kernel: side, stride, filters, init } = spec;
      const up = spec.kind === 'convTranspose';
      const scale = (n: number) => (up ? n * stride : Math.ceil(n / stride));
      const shape = up ? [side, side, filters, channels] : [side, side, channels, filters];
      const [fanIn, fanOut] = [side * side * channels, side * side * filters];
      const kernel = { name: 'kernel', shape, init, fanIn, fanOut } as const;
      const output = [scale(height), scale(width), filters];
      return { spec, input, output, parameters: [kernel, ...bias(filters)] };
    }
    case 'norm': {
      const each = { shape: [channels], fanIn: channels, fanOut: channels };
      const parameters: ParameterSpec[] = [
        { ...each, name: 'gamma', init: spec.gamma },
        { ...each, name: 'beta', init: { kind: 'zeros' } },
      ];
      return { spec, input, output: input, parameters };
    }
    case 'dropout':
      return { spec, input, output: input, parameters: [] };
    case 'flatten':
      return { spec, input, output: [sizeOf(input)], parameters: [] };
    case 'reshape':
      if (sizeOf(spec.shape) !== sizeOf(input)) {
        throw new Error(`${input.join(' x ')} cannot become ${spec.shape.join(' x ')}`);
      }
      return { spec, input, output: spec.shape, parameters: [] };
  }
}

/**
 * Works out every layer's shapes and weights.
 * @throws Error naming the first layer that does not fit what stands before it
 */
export function planNetwork(network: NetworkSpec): PlannedLayer[] {
  const planned: PlannedLayer[] = [];
  let shape = network.input;
  network.layers.forEach((spec, index) => {
    try {
      const layer = plan(spec, shape);
      planned.push(layer);
      shape = layer.output;
    } catch (cause) {
      throw new Error(`layer ${index} (${spec.kind}): ${(cause as Error).message}`, { cause });
    }
  });
  return planned;
}

export function countWeights(layers: readonly PlannedLayer[]): number {
  return layers.reduce((sum, { parameters }) => sum + parameters.reduce((n, { shape }) => n + sizeOf(shape), 0), 0);
}
