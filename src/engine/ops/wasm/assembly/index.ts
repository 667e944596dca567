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
