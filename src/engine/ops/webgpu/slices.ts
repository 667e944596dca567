import * as tf from '@tensorflow/tfjs-core';
import { once, type Program } from './program.ts';
import { elementOf, groupsFor, type Width, widthOf } from './rows.ts';
import type { Runtime } from './runtime.ts';

type Tensor = tf.TensorInfo;

const addProgram = once((width: Width, count: number): Program<'parts', string, 'slices' | 'size'> => {
  const element = elementOf(width);
  const results = Array.from({ length: count }, (_, i) => `result${i}`);
  return {
    name: `addSlices x${width} ${count}`,
    reads: { parts: element },
    writes: Object.fromEntries(results.map((result) => [result, element])),
    params: { slices: 'i32', size: 'i32' },
    body: `
      if (index >= size) { return; }
      ${results.map((_, i) => `var sum${i} = ${element}();`).join(' ')}
      for (var slice = 0; slice < slices; slice++) {
        let at = slice * size * ${count} + index;
        ${results.map((_, i) => `sum${i} += parts[at + ${i} * size];`).join(' ')}
      }
      ${results.map((result, i) => `${result}[index] = sum${i};`).join(' ')}`,
  };
});

/**
 * Adds up partial sums, in the order of the slices, and releases them.
 *
 * @param parts [slices, results, size of a result]
 */
export function addSlices(runtime: Runtime, parts: Tensor, slices: number, results: readonly Tensor[]): void {
  const length = tf.util.sizeFromShape(results[0]?.shape ?? []);
  const width = widthOf(length);
  const writes = Object.fromEntries(results.map((result, i) => [`result${i}`, result]));
  const size = length / width;
  const params = { slices, size };
  runtime.run(addProgram(width, results.length), { reads: { parts }, writes, params, groups: groupsFor(size) });
  runtime.release(parts);
}
