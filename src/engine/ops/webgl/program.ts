import type * as tf from '@tensorflow/tfjs-core';

export type Tensor = tf.TensorInfo;

/** What of tfjs' WebGL backend (4.22, pinned) our kernels use. */
export interface TfjsWebGlBackend extends tf.KernelBackend {
  compileAndRun(program: Program, inputs: Tensor[], dtype: 'float32', uniforms?: number[][]): Tensor;
  disposeIntermediateTensorInfo(tensor: Tensor): void;
}

/**
 * A fragment shader as tfjs takes it. All of ours read and write packed textures, in which a texel holds a square of the
 * last two axes: (row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1). A vector's holds two elements.
 * Inputs that are not packed tfjs packs first, which stock kernels would do as well.
 */
export interface Program {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly packedInputs: true;
  readonly packedOutput: true;
  readonly customUniforms: { readonly name: string; readonly type: 'float' }[];
}

/** A shader, and what it is fed. `Name` are the inputs, one capital letter each, as tfjs' own functions for them want. */
interface Shader {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly uniforms?: Readonly<Record<string, number>>;
  readonly outputShape: readonly number[];
  readonly functions?: string;
  /** Statements that give `vec4 result`. */
  readonly body: string;
}

/** Runs a shader for every texel of its output. */
export function run(
  backend: TfjsWebGlBackend,
  { inputs, uniforms = {}, outputShape, functions, body }: Shader,
): Tensor {
  const program: Program = {
    variableNames: Object.keys(inputs),
    outputShape: [...outputShape],
    userCode: `${functions ?? ''}
      void main() {
        ${body}
        ${clearOutside(outputShape)}
        setOutput(result);
      }`,
    packedInputs: true,
    packedOutput: true,
    customUniforms: Object.keys(uniforms).map((name) => ({ name, type: 'float' })),
  };
  const values = Object.values(uniforms).map((value) => [value]);
  return backend.compileAndRun(program, Object.values(inputs), 'float32', values);
}

/** What of a texel lies outside the tensor must be zero: a stock matrix product or sum adds it up with the rest. */
function clearOutside(shape: readonly number[]): string {
  const rank = shape.length;
  const odd = (axis: number) => (shape[axis] as number) % 2 === 1;
  if (rank === 0) return 'result.yzw = vec3(0.);';
  if (rank === 1) {
    return `result.zw = vec2(0.);
        ${odd(0) ? `if (getOutputCoords() == ${(shape[0] as number) - 1}) result.y = 0.;` : ''}`;
  }
  const [row, column] = rank === 2 ? ['x', 'y'] : rank === 3 ? ['y', 'z'] : ['z', 'w'];
  return [
    odd(rank - 1) ? `if (getOutputCoords().${column} == ${(shape[rank - 1] as number) - 1}) result.yw = vec2(0.);` : '',
    odd(rank - 2) ? `if (getOutputCoords().${row} == ${(shape[rank - 2] as number) - 1}) result.zw = vec2(0.);` : '',
  ].join('\n        ');
}

/**
 * Runs a shader that makes each element from the elements at its place; a vector of channels is the same for every row.
 *
 * @param value an expression of the inputs, in small letters, and the uniforms
 */
export function elementwise(
  backend: TfjsWebGlBackend,
  shader: Omit<Shader, 'body'>,
  value: string,
  statements = '',
): Tensor {
  const reads = Object.keys(shader.inputs).map((name) => `vec4 ${name.toLowerCase()} = get${name}AtOutCoords();`);
  const body = `${reads.join('\n        ')}
        ${statements}
        vec4 result = ${value};`;
  return run(backend, { ...shader, body });
}

/** GLSL: leaky ReLU, and its gradient by the sign of what came out of it. */
export const leakyFunctions = `
      vec4 leaky(vec4 x, float slope) { return mix(slope * x, x, vec4(greaterThan(x, vec4(0.)))); }
      vec4 leakyGrad(vec4 y, vec4 dy, float slope) { return mix(slope * dy, dy, vec4(greaterThan(y, vec4(0.)))); }`;
