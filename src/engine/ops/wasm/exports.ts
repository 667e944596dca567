/** What the compiled kernels export (see assembly/). Pointers are byte offsets; sizes and strides are in floats. */
export interface KernelExports {
  /** Runs units [from, to) of a kernel of kernelIds.ts. */
  run(kernel: number, job: number, scratch: number, from: number, to: number): void;
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
  widen(target: number, source: number, channels: number, repeat: number): void;
  foldBias(job: number): void;
  foldMoments(job: number): void;
  widenMean(job: number): void;
  foldNormGrad(job: number): void;
  foldNorm(job: number): void;
  bce(logits: number, target: number, count: number, probability: number, rest: number): void;
  bceGrad(logits: number, dy: number, target: number, count: number, probability: number, rest: number): void;
  meanSigmoid(x: number, target: number, count: number): void;
  normalise(vector: number, target: number, count: number, epsilon: number): void;
  segmentSum(source: number, ids: number, target: number, rows: number, width: number, segments: number): void;
}
