/** What the compiled kernels export (see assembly/). Pointers are byte offsets; sizes and strides are in floats. */
export interface KernelExports {
  packPanels(
    target: number,
    source: number,
    taps: number,
    tapOffsets: number,
    depth: number,
    columns: number,
    rowStride: number,
    columnStride: number,
  ): void;
  packDepthBlocks(
    target: number,
    source: number,
    zeroOffset: number,
    depth: number,
    columns: number,
    rowStride: number,
    columnStride: number,
    blockDepth: number,
  ): void;
  convRows(job: number, scratch: number, from: number, to: number): void;
  filterRows(job: number, scratch: number, fromRow: number, toRow: number): void;
  columnsToImages(
    columns: number,
    target: number,
    fromImage: number,
    toImage: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    strideY: number,
    strideX: number,
    top: number,
    left: number,
  ): void;
  dotRows(a: number, vector: number, target: number, depth: number, from: number, to: number): void;
  dotColumns(a: number, vector: number, target: number, depth: number, width: number, from: number, to: number): void;
}
