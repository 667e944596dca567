import * as tf from '@tensorflow/tfjs-core';
import { run, type Tensor, type TfjsWebGlBackend } from './program.ts';

/** Rows that one texel's shader adds up: enough of them run side by side, and no float32 sum is long. */
const rowsAtOnce = 128;

interface ColumnSum {
  /** Tensors of one shape, whose every axis but the last is a row. */
  readonly rows: Readonly<Record<string, Tensor>>;
  /** Vectors of channels. */
  readonly channels?: Readonly<Record<string, Tensor>>;
  readonly uniforms?: Readonly<Record<string, number>>;
  readonly functions?: string;
  /** What is added up: an expression of the inputs, in small letters, and the uniforms. */
  readonly value: string;
  /** The sums are multiplied by it. */
  readonly scale?: number;
  /** For a single channel: gives a scalar instead of a vector of one. */
  readonly scalar?: boolean;
}

/** Sums over the rows for each channel: over blocks of them, then over the blocks. Stock tfjs transposes first. @returns [channels] */
export function columnSum(backend: TfjsWebGlBackend, { rows, channels = {}, scale = 1, ...sum }: ColumnSum): Tensor {
  const [first] = Object.values(rows) as [Tensor];
  const width = first.shape[first.shape.length - 1] as number;
  const height = tf.util.sizeFromShape(first.shape) / width;
  const flat = Object.fromEntries(
    Object.entries(rows).map(([name, { dataId, dtype }]) => [name, { dataId, dtype, shape: [height, width] }]),
  );
  const blocks = Math.ceil(height / rowsAtOnce);
  // A texel of the output adds up its two columns, the even rows apart from the odd ones.
  const partial = run(backend, {
    inputs: { ...flat, ...channels },
    uniforms: sum.uniforms ?? {},
    outputShape: [2 * blocks, width],
    functions: sum.functions ?? '',
    body: `ivec2 at = getOutputCoords();
        ${Object.keys(channels)
          .map((name) => `vec4 ${name.toLowerCase()} = get${name}(at.y).xyxy;`)
          .join('\n        ')}
        int begin = at.x * ${rowsAtOnce / 2};
        int end = min(begin + ${rowsAtOnce}, ${height});
        vec4 result = vec4(0.);
        for (int row = begin; row < end; row += 2) {
          ${Object.keys(rows)
            .map((name) => `vec4 ${name.toLowerCase()} = get${name}(row, at.y);`)
            .join('\n          ')}
          vec4 value = ${sum.value};
          if (row + 1 == ${height}) value.zw = vec2(0.);
          result += value;
        }`,
  });
  const whole = run(backend, {
    inputs: { P: partial },
    uniforms: { scale },
    outputShape: sum.scalar ? [] : [width],
    body: `int column = getOutputCoords();
        vec4 total = vec4(0.);
        for (int row = 0; row < ${2 * blocks}; row += 2) total += getP(row, column);
        vec4 result = vec4((total.xy + total.zw) * scale, 0., 0.);`,
  });
  backend.disposeIntermediateTensorInfo(partial);
  return whole;
}
