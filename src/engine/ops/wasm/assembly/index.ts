// Exports of the kernel module. It shares the heap of tfjs' own WASM module and owns no memory: every buffer, scratch
// included, is a pointer that the host passes in. Offsets are bytes; sizes and strides are floats.
export { affineAct, biasAct, biasActGrad } from './activation';
export { adam } from './adam';
export { columnsToImages, convRows } from './conv';
export { filterRows, packDepthBlocks } from './filterGrad';
export { normAct, normActGrad } from './norm';
export { packPanels } from './pack';
export { segmentSum } from './segment';
export { dotColumns, dotRows } from './vector';

import { ConvJob, convRows as runConv } from './conv';
import { FilterJob, filterRows as runFilter } from './filterGrad';

/** Items [from, to) of a parallel kernel, by its number. */
export function run(kernel: i32, job: usize, scratch: usize, from: i32, to: i32): void {
  if (kernel == 0) runConv(changetype<ConvJob>(job), scratch, from, to);
  else if (kernel == 1) {
    for (let row = from; row < to; row += 96) runFilter(changetype<FilterJob>(job), scratch, row, min(row + 96, to));
  }
}
