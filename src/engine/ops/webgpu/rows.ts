import * as tf from '@tensorflow/tfjs-core';
import { type Element, groupSize } from './program.ts';

/** A tensor as rows of channels, in elements that a shader reads at once. */
export interface Rows {
  readonly rows: number;
  readonly channels: number;
  /** Channels in one element. */
  readonly width: Width;
  /** Elements of a row. */
  readonly columns: number;
}

export type Width = 1 | 4;

/** Every axis but the last is a row. */
export function rowsOf(shape: readonly number[]): Rows {
  const channels = shape[shape.length - 1] ?? 1;
  const rows = tf.util.sizeFromShape(shape.slice(0, -1));
  const width = widthOf(channels);
  return { rows, channels, width, columns: channels / width };
}

/** Neighbours that can be read at once everywhere in lines of that length. */
export function widthOf(length: number): Width {
  return length % 4 === 0 ? 4 : 1;
}

export function elementOf(width: Width): Element {
  return width === 4 ? 'vec4f' : 'f32';
}

/** Workgroups that have an invocation for each of `count`. */
export function groupsFor(count: number): number {
  return Math.ceil(count / groupSize);
}

/** WGSL: the leaky ReLU and the factor of its gradient where its output is y, for the element of that name. */
export function leakyFunctions(element: Element): string {
  return `
fn leaky(v: ${element}, slope: f32) -> ${element} { return select(v * slope, v, v > ${element}()); }
fn leakyGrad(y: ${element}, dy: ${element}, slope: f32) -> ${element} { return select(dy * slope, dy, y > ${element}()); }`;
}

/** WGSL: tanh that does not overflow on the way; the built-in one may be sinh / cosh. */
export function tanhFunction(element: Element): string {
  return `
fn safeTanh(v: ${element}) -> ${element} {
  let e = exp(-2.0 * abs(v));
  return sign(v) * (1.0 - e) / (1.0 + e);
}`;
}
