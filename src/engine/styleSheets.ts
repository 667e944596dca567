import * as tf from '@tensorflow/tfjs-core';
import { coarseCount, fineCount, psis, sweepRows } from '../config/styles.ts';
import type { LatentBatch } from './step.ts';

/** Images for latents, [count, size, size, channels]. */
export type Draw = (latents: LatentBatch, psi: number) => tf.Tensor;

/** Which two of the fixed latents each image of the mixing table has its coarse and its fine styles from. */
function pairs(): { readonly coarse: number; readonly fine: number }[] {
  const fines = Array.from({ length: fineCount }, (_, i) => coarseCount + i);
  const coarses = Array.from({ length: coarseCount }, (_, i) => i);
  return [
    ...fines.map((one) => ({ coarse: one, fine: one })),
    ...coarses.flatMap((coarse) => [{ coarse, fine: coarse }, ...fines.map((fine) => ({ coarse, fine }))]),
  ];
}

function chosen({ z, labels }: LatentBatch, indices: readonly number[]): LatentBatch {
  const at = tf.tensor1d([...indices], 'int32');
  return { z: tf.gather(z, at), ...(labels && { labels: tf.gather(labels, at) }) };
}

/**
 * A table of mixed styles: the sources of the fine styles in the first row, then for each source of coarse ones itself
 * and its mixes. The class, if there is one, is that of the coarse source.
 *
 * @param crossover styled convolutions that have the coarse style
 */
export function mixedStyles(draw: Draw, fixed: LatentBatch, crossover: number, psi: number): tf.Tensor {
  const all = pairs();
  const coarse = chosen(
    fixed,
    all.map((pair) => pair.coarse),
  );
  const fine = chosen(
    fixed,
    all.map((pair) => pair.fine),
  );
  return draw({ ...coarse, z: tf.concat([coarse.z, fine.z]), crossover }, psi);
}

/** A few latents at each psi, row by row: from the mean image to their own. */
export function psiSweep(draw: Draw, fixed: LatentBatch): tf.Tensor {
  const columns = psis.map((psi) =>
    draw(
      chosen(
        fixed,
        Array.from({ length: sweepRows }, (_, i) => i),
      ),
      psi,
    ),
  );
  const [, ...shape] = columns[0]?.shape ?? [];
  return tf.reshape(tf.stack(columns, 1), [sweepRows * psis.length, ...shape]);
}
