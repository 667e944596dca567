/** Numbers of the kernels that `parallel` runs: the cases of `run` in assembly/index.ts. */
export const KERNEL = {
  biasAct: 0,
  biasActGrad: 1,
  biasTanh: 2,
  biasTanhGrad: 3,
  moments: 4,
  affineAct: 5,
  normGradSums: 6,
  normGradInput: 7,
  adam: 8,
  blend: 9,
  dotRows: 10,
  dotColumns: 11,
} as const;
