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
  biasAct(
    x: number,
    bias: number,
    y: number,
    rows: number,
    channels: number,
    repeat: number,
    slope: number,
    scratch: number,
  ): void;
  biasActGrad(
    y: number,
    dy: number,
    dx: number,
    dbias: number,
    rows: number,
    channels: number,
    repeat: number,
    slope: number,
    scratch: number,
  ): void;
  affineAct(
    x: number,
    scale: number,
    shift: number,
    y: number,
    rows: number,
    channels: number,
    repeat: number,
    slope: number,
    scratch: number,
  ): void;
  normAct(
    x: number,
    gamma: number,
    beta: number,
    y: number,
    mean: number,
    variance: number,
    rows: number,
    channels: number,
    repeat: number,
    epsilon: number,
    slope: number,
    scratch: number,
  ): void;
  normActGrad(
    x: number,
    y: number,
    dy: number,
    gamma: number,
    mean: number,
    variance: number,
    dx: number,
    dgamma: number,
    dbeta: number,
    rows: number,
    channels: number,
    repeat: number,
    epsilon: number,
    slope: number,
    scratch: number,
  ): void;
  adam(
    param: number,
    grad: number,
    m: number,
    v: number,
    newParam: number,
    newM: number,
    newV: number,
    count: number,
    stepSize: number,
    beta1: number,
    oneMinusBeta1: number,
    beta2: number,
    oneMinusBeta2: number,
    scaledEpsilon: number,
  ): void;
  segmentSum(source: number, ids: number, target: number, rows: number, width: number, segments: number): void;
}
