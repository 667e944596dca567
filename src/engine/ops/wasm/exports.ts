/** What the compiled kernels export (see assembly/). Pointers are byte offsets; sizes and strides are in floats. */
export interface KernelExports {
  /** Runs units [from, to) of a kernel of kernelIds.ts. */
  run(kernel: number, job: number, scratch: number, from: number, to: number): void;
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
