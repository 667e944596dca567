// Exports of the kernel module. It shares the heap of tfjs' own WASM module and owns no memory: every buffer, scratch
// included, is a pointer that the host passes in. Offsets are bytes; sizes and strides are floats.
import { biasAct, biasTanh } from './activation';
import { biasActGrad, biasTanhGrad } from './activationGrad';
import { adam, blend } from './adam';
import { convTiles } from './conv';
import { filterSlabs, filterTiles, foldSlabs } from './filterGrad';
import { packBoxes } from './filterPack';
import { inputGradColumns } from './inputGrad';
import { affineAct, moments } from './norm';
import { normGradInput, normGradSums } from './normGrad';
import { packPanels } from './pack';
import { dotColumns, dotRows } from './vector';

export { foldBias } from './activationGrad';
export { foldNorm } from './adam';
export { bce, bceGrad, meanSigmoid } from './loss';
export { foldMoments } from './norm';
export { foldNormGrad, widenMean } from './normGrad';
export { widen } from './rows';
export { segmentSum } from './segment';
export { normalise } from './vector';

/**
 * Runs units [from, to) of the kernel that has this number in kernelIds.ts. Any split of a kernel's units gives the same
 * bits, and a range may be run twice.
 *
 * @param scratch this thread's own
 */
export function run(kernel: i32, job: usize, scratch: usize, from: i32, to: i32): void {
  switch (kernel) {
    case 0: return biasAct(job, scratch, from, to);
    case 1: return biasActGrad(job, scratch, from, to);
    case 2: return biasTanh(job, scratch, from, to);
    case 3: return biasTanhGrad(job, scratch, from, to);
    case 4: return moments(job, scratch, from, to);
    case 5: return affineAct(job, scratch, from, to);
    case 6: return normGradSums(job, scratch, from, to);
    case 7: return normGradInput(job, scratch, from, to);
    case 8: return adam(job, scratch, from, to);
    case 9: return blend(job, scratch, from, to);
    case 10: return dotRows(job, scratch, from, to);
    case 11: return dotColumns(job, scratch, from, to);
    case 12: return packPanels(job, scratch, from, to);
    case 13: return convTiles(job, scratch, from, to);
    case 14: return inputGradColumns(job, scratch, from, to);
    case 15: return packBoxes(job, scratch, from, to);
    case 16: return filterTiles(job, scratch, from, to);
    case 17: return filterSlabs(job, scratch, from, to);
    case 18: return foldSlabs(job, scratch, from, to);
    default: unreachable();
  }
}
