/**
 * A network as data: what its layers are, not how they compute. It is free of tfjs, so that the page can list the
 * layers and count the weights, and an exporter can write them out.
 */

/** What follows a layer's sum. `leaky` has the slope 0.2 of DCGAN and of the article. */
export type Activation = 'linear' | 'relu' | 'leaky' | 'leaky0.1' | 'tanh';

export type Initializer =
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** Uniform within sqrt(6 / (fan in + fan out)) (Glorot & Bengio 2010), the default of Keras. */
  | { readonly kind: 'glorot' }
  /** Normal with deviation gain sqrt(2 / fan in) (He et al. 2015), gain 1 if not given. */
  | { readonly kind: 'he'; readonly gain?: number }
  | { readonly kind: 'zeros' };

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
  /**
   * Halves or doubles the map by a [1, 2, 1] blur whose weights are fixed, and mixes the channels by a 1 x 1 convolution
   * that is learned: the two are one strided convolution. Without padding's edge, a flat image stays flat.
   */
  | {
      readonly kind: 'resample';
      readonly way: 'down' | 'up';
      readonly filters: number;
      readonly init: Initializer;
    }
  /**
   * Virtual batch norm (Salimans et al. 2016, section 3.5): as `norm`, by a reference batch that the network draws when it
   * is made.
   */
  | {
      readonly kind: 'virtualNorm';
      readonly epsilon: number;
      readonly gamma: Initializer;
      readonly activation: Exclude<Activation, 'tanh'>;
    }
  /** One more channel: how much the images of a group differ. See minibatch.ts. */
  | { readonly kind: 'minibatchStddev'; readonly group: number }
  /** `kernels` more units: how near other images of the batch are, in rows of `dims` numbers. See minibatch.ts. */
  | { readonly kind: 'minibatchDiscrimination'; readonly kernels: number; readonly dims: number }
  /** The body's output is added to the shortcut's, which is what comes in where it has no layers (He et al. 2015). */
  | { readonly kind: 'residual'; readonly body: readonly LayerSpec[]; readonly shortcut: readonly LayerSpec[] }
  /** Each input vector is brought to the mean square 1 (Karras et al. 2018, section 4.2). */
  | { readonly kind: 'unitSquare' }
  /**
   * Pulls styles towards their mean when samples are drawn: mean + psi (w - mean) (Karras et al. 2019, appendix B). In
   * training it lets them through and keeps their running mean; `momentum` is the share of the old one that is kept.
   */
  | { readonly kind: 'truncation'; readonly momentum: number }
  /** Takes what comes in for the styles of all styled convolutions after it, and begins anew with a learned map. */
  | { readonly kind: 'constant'; readonly shape: readonly number[] }
  /**
   * A 3 x 3 or 1 x 1 convolution whose input channels are scaled by the style: modulated, and demodulated, so that the
   * style does not change the size of what comes out; then noise of a learned strength, bias and activation (Karras et
   * al. 2020, section 2.2). `up`: each pixel is first repeated to 2 x 2.
   */
  | {
      readonly kind: 'styledConv';
      /** Units of the style. */
      readonly style: number;
      readonly filters: number;
      readonly kernel: 1 | 3;
      readonly up: boolean;
      readonly demodulate: boolean;
      readonly noise: boolean;
      readonly init: Initializer;
      readonly activation: Exclude<Activation, 'tanh'>;
    }
  /** What comes in, beside a learned embedding of the class asked for. */
  | { readonly kind: 'classes'; readonly classes: number; readonly units: number }
  /** One logit: dense, plus the product of what comes in with an embedding of the class (Miyato & Koyama 2018). */
  | { readonly kind: 'projection'; readonly classes: number; readonly init: Initializer }
  /** One logit, dense; beside it, told to whoever asks, a logit for each class (Odena et al. 2017). */
  | { readonly kind: 'auxiliary'; readonly classes: number; readonly init: Initializer }
  /** Waves of fixed frequencies beside the input; `frequencies` is [2, count], row by row. See fourier.ts. */
  | { readonly kind: 'fourier'; readonly frequencies: readonly number[] }
  | { readonly kind: 'dropout' }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  | { readonly kind: 'flatten' };

export type LayerKind = LayerSpec['kind'];
export type SpecOf<K extends LayerKind> = Extract<LayerSpec, { kind: K }>;

/** A trainable array of a layer. */
export interface ParameterSpec {
  readonly name:
    | 'kernel'
    | 'bias'
    | 'gamma'
    | 'beta'
    | 'projection'
    | 'constant'
    | 'styleKernel'
    | 'styleBias'
    | 'strength'
    | 'embedding'
    | 'classKernel'
    | 'classBias';
  readonly shape: readonly number[];
  readonly init: Initializer;
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
  /** Of a residual layer: the body's, then the shortcut's. */
  readonly parameters: readonly ParameterSpec[];
  /** Of a residual layer. */
  readonly inner?: { readonly body: readonly PlannedLayer[]; readonly shortcut: readonly PlannedLayer[] };
}

/** All layers in the order of their weights, with those inside residual layers in their place. */
export function leavesOf(layers: readonly PlannedLayer[]): readonly PlannedLayer[] {
  return layers.flatMap((layer) =>
    layer.inner ? [...leavesOf(layer.inner.body), ...leavesOf(layer.inner.shortcut)] : [layer],
  );
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
    case 'resample': {
      const [height, width] = input;
      if (input.length !== 3 || !height || !width) throw new Error('resample wants three axes');
      const { way, filters, init } = spec;
      if (way === 'down' && (height % 2 || width % 2)) throw new Error(`${input.join(' x ')} cannot be halved`);
      const shape = way === 'up' ? [1, 1, filters, channels] : [1, 1, channels, filters];
      const kernel = { name: 'kernel', shape, init, fanIn: channels, fanOut: filters } as const;
      const factor = way === 'up' ? 2 : 0.5;
      return { spec, input, output: [height * factor, width * factor, filters], parameters: [kernel] };
    }
    case 'residual': {
      const inner = { body: planLayers(spec.body, input), shortcut: planLayers(spec.shortcut, input) };
      const [output, other] = [inner.body.at(-1)?.output ?? input, inner.shortcut.at(-1)?.output ?? input];
      if (output.join() !== other.join()) throw new Error(`${output.join(' x ')} beside ${other.join(' x ')}`);
      const parameters = [...inner.body, ...inner.shortcut].flatMap((layer) => layer.parameters);
      return { spec, input, output, parameters, inner };
    }
    case 'unitSquare':
    case 'truncation':
      return { spec, input, output: input, parameters: [] };
    case 'constant': {
      const { shape } = spec;
      const init = { kind: 'normal', mean: 0, deviation: 1 } as const;
      const parameters = [{ name: 'constant', shape, init, fanIn: 1, fanOut: 1 } as const];
      return { spec, input, output: shape, parameters };
    }
    case 'classes': {
      const { classes, units } = spec;
      const init = { kind: 'normal', mean: 0, deviation: 1 } as const;
      const embedding = { name: 'embedding', shape: [classes, units], init, fanIn: 1, fanOut: units } as const;
      return { spec, input, output: [channels + units], parameters: [embedding] };
    }
    case 'projection':
    case 'auxiliary':
      return { spec, input, output: [1], parameters: planHead(spec, channels) };
    case 'styledConv':
      return planStyledConv(spec, input);
    case 'norm':
    case 'virtualNorm': {
      const each = { shape: [channels], fanIn: channels, fanOut: channels };
      const parameters: ParameterSpec[] = [
        { ...each, name: 'gamma', init: spec.gamma },
        { ...each, name: 'beta', init: { kind: 'zeros' } },
      ];
      return { spec, input, output: input, parameters };
    }
    case 'minibatchStddev':
      return { spec, input, output: [...input.slice(0, -1), channels + 1], parameters: [] };
    case 'minibatchDiscrimination': {
      if (input.length !== 1) throw new Error(`minibatchDiscrimination wants one axis, got ${input.join(' x ')}`);
      const { kernels, dims } = spec;
      // Spread and bias of the authors' code. Not a kernel: its length is what tells near from far.
      const init = { kind: 'normal', mean: 0, deviation: 0.05 } as const;
      const parameters: ParameterSpec[] = [
        { name: 'projection', shape: [channels, kernels * dims], init, fanIn: channels, fanOut: kernels * dims },
        { name: 'bias', shape: [kernels], init: { kind: 'normal', mean: -1, deviation: 0 }, fanIn: 0, fanOut: 0 },
      ];
      return { spec, input, output: [channels + kernels], parameters };
    }
    case 'fourier':
      if (input.length !== 1 || channels % 2) throw new Error(`fourier wants points, got ${input.join(' x ')}`);
      return { spec, input, output: [channels * (1 + spec.frequencies.length / 2)], parameters: [] };
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

function planHead(spec: SpecOf<'projection' | 'auxiliary'>, features: number): ParameterSpec[] {
  const { kind, init, classes } = spec;
  const zeros = { kind: 'zeros' } as const;
  const each = { fanIn: features, fanOut: 1 };
  const dense: ParameterSpec[] = [
    { name: 'kernel', shape: [features, 1], init, ...each },
    { name: 'bias', shape: [1], init: zeros, ...each },
  ];
  if (kind === 'projection') return [...dense, { name: 'embedding', shape: [classes, features], init, ...each }];
  return [
    ...dense,
    { name: 'classKernel', shape: [features, classes], init, fanIn: features, fanOut: classes },
    { name: 'classBias', shape: [classes], init: zeros, fanIn: features, fanOut: classes },
  ];
}

function planStyledConv(spec: SpecOf<'styledConv'>, input: readonly number[]): PlannedLayer {
  const [height, width, channels] = input;
  if (input.length !== 3 || !height || !width || !channels) throw new Error('styledConv wants three axes');
  const { style, filters, kernel: side, up, noise, init } = spec;
  const ones = { kind: 'normal', mean: 1, deviation: 0 } as const;
  const zeros = { kind: 'zeros' } as const;
  const ofStyle = { fanIn: style, fanOut: channels };
  const shape = up ? [side, side, filters, channels] : [side, side, channels, filters];
  const parameters: ParameterSpec[] = [
    { name: 'styleKernel', shape: [style, channels], init: { kind: 'he', gain: Math.SQRT1_2 }, ...ofStyle },
    { name: 'styleBias', shape: [channels], init: ones, ...ofStyle },
    { name: 'kernel', shape, init, fanIn: side * side * channels, fanOut: side * side * filters },
    ...(noise ? [{ name: 'strength', shape: [1], init: zeros, fanIn: 1, fanOut: 1 } as const] : []),
    { name: 'bias', shape: [filters], init: zeros, fanIn: 0, fanOut: 0 },
  ];
  const factor = up ? 2 : 1;
  return { spec, input, output: [height * factor, width * factor, filters], parameters };
}

/**
 * Works out every layer's shapes and weights.
 * @throws Error naming the first layer that does not fit what stands before it
 */
export function planNetwork(network: NetworkSpec): PlannedLayer[] {
  return planLayers(network.layers, network.input);
}

function planLayers(layers: readonly LayerSpec[], input: readonly number[]): PlannedLayer[] {
  const planned: PlannedLayer[] = [];
  let shape = input;
  layers.forEach((spec, index) => {
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
