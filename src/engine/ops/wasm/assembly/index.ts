// Exports of the kernel module. It shares the heap of tfjs' own WASM module and owns no memory: every buffer, scratch
// included, is a pointer that the host passes in. Offsets are bytes; sizes and strides are floats.
export { columnsToImages, convRows } from './conv';
export { filterRows, packDepthBlocks } from './filterGrad';
export { packPanels } from './pack';
export { dotColumns, dotRows } from './vector';
