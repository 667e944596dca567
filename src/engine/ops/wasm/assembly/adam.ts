// Adam over many tensors in one pass, with their moving averages and the norm of their gradients; and blend alone.

/** Floats of a unit: blocks of a tensor, so that the norm is summed in the same order by any number of threads. */
const BLOCK: i32 = 4096;

@unmanaged
class AdamJob {
  /** `count` times Moved. */
  tensors: usize;
  count: i32;
  /** A float for each unit: its sum of squared gradients. */
  squares: usize;
  units: i32;
  /** A float: the norm. */
  norm: usize;
  averaged: i32;
  stepSize: f32;
  beta1: f32;
  oneMinusBeta1: f32;
  beta2: f32;
  oneMinusBeta2: f32;
  scaledEpsilon: f32;
  keep: f32;
  oneMinusKeep: f32;
}

/** One tensor with what it becomes. */
@unmanaged
class Moved {
  /** Units of all tensors before this one. */
  firstUnit: i32;
  size: i32;
  param: usize;
  grad: usize;
  m: usize;
  v: usize;
  average: usize;
  newParam: usize;
  newM: usize;
  newV: usize;
  newAverage: usize;
}

/**
 * m' = beta1 m + (1 - beta1) g, v' = beta2 v + (1 - beta2) g^2, p' = p - stepSize m' / (sqrt(v') + scaledEpsilon),
 * a' = keep a + (1 - keep) p', for units [from, to). The host folds both bias corrections into stepSize and
 * scaledEpsilon, and passes 1 - beta rounded once from double. No fused multiply-add: equal bits in both builds cost
 * nothing where memory is the limit.
 */
export function adam(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<AdamJob>(at);
  let tensor = changetype<Moved>(job.tensors);
  let left = job.count - 1;
  for (let unit = from; unit < to; unit++) {
    while (left > 0 && after(tensor).firstUnit <= unit) {
      tensor = after(tensor);
      left--;
    }
    const first = (unit - tensor.firstUnit) * BLOCK;
    const size = min(BLOCK, tensor.size - first);
    store<f32>(job.squares + ((<usize>unit) << 2), moveBlock(job, tensor, (<usize>first) << 2, size));
  }
}

// @ts-ignore: decorator
@inline
function after(tensor: Moved): Moved {
  return changetype<Moved>(changetype<usize>(tensor) + offsetof<Moved>());
}

/** Moves `count` floats from byte `first` of a tensor. Returns the sum of their squared gradients. */
function moveBlock(job: AdamJob, tensor: Moved, first: usize, count: i32): f32 {
  const param = tensor.param + first, grad = tensor.grad + first, m = tensor.m + first, v = tensor.v + first;
  const newParam = tensor.newParam + first, newM = tensor.newM + first, newV = tensor.newV + first;
  const average = tensor.average + first, newAverage = tensor.newAverage + first;
  const averaged = job.averaged != 0;
  const beta1 = job.beta1, c1 = job.oneMinusBeta1, beta2 = job.beta2, c2 = job.oneMinusBeta2;
  const stepSize = job.stepSize, epsilon = job.scaledEpsilon, keep = job.keep, give = job.oneMinusKeep;
  const bytes = (<usize>count) << 2, bytes4 = bytes & ~15;
  let sum = f32x4.splat(0);
  let i: usize = 0;
  for (; i < bytes4; i += 16) {
    const g = v128.load(grad + i);
    const square = f32x4.mul(g, g);
    const nextM = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m + i)), f32x4.mul(f32x4.splat(c1), g));
    const nextV = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v + i)), f32x4.mul(f32x4.splat(c2), square));
    const root = f32x4.add(f32x4.sqrt(nextV), f32x4.splat(epsilon));
    const next = f32x4.sub(v128.load(param + i), f32x4.div(f32x4.mul(f32x4.splat(stepSize), nextM), root));
    v128.store(newM + i, nextM);
    v128.store(newV + i, nextV);
    v128.store(newParam + i, next);
    if (averaged) v128.store(newAverage + i, mix(v128.load(average + i), next, keep, give));
    sum = f32x4.add(sum, square);
  }
  let total = (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  for (; i < bytes; i += 4) {
    const g = load<f32>(grad + i);
    const nextM = beta1 * load<f32>(m + i) + c1 * g;
    const nextV = beta2 * load<f32>(v + i) + c2 * (g * g);
    const next = load<f32>(param + i) - (stepSize * nextM) / (sqrt<f32>(nextV) + epsilon);
    store<f32>(newM + i, nextM);
    store<f32>(newV + i, nextV);
    store<f32>(newParam + i, next);
    if (averaged) store<f32>(newAverage + i, keep * load<f32>(average + i) + give * next);
    total += g * g;
  }
  return total;
}

/** norm = the root of the sum of all squares, summed as doubles. */
export function foldNorm(at: usize): void {
  const job = changetype<AdamJob>(at);
  let sum: f64 = 0;
  for (let i = 0; i < job.units; i++) sum += load<f32>(job.squares + ((<usize>i) << 2));
  store<f32>(job.norm, <f32>sqrt<f64>(sum));
}

// @ts-ignore: decorator
@inline
function mix(a: v128, b: v128, keep: f32, give: f32): v128 {
  return f32x4.add(f32x4.mul(a, f32x4.splat(keep)), f32x4.mul(b, f32x4.splat(give)));
}

@unmanaged
class BlendJob {
  a: usize;
  b: usize;
  target: usize;
  size: i32;
  keep: f32;
  oneMinusKeep: f32;
}

/** target = keep a + (1 - keep) b, blocks [from, to) of BLOCK floats. */
export function blend(at: usize, _scratch: usize, from: i32, to: i32): void {
  const job = changetype<BlendJob>(at);
  const a = job.a, b = job.b, target = job.target, keep = job.keep, give = job.oneMinusKeep;
  const end = (<usize>min(job.size, to * BLOCK)) << 2, end4 = end & ~15;
  let i = (<usize>(from * BLOCK)) << 2;
  for (; i < end4; i += 16) v128.store(target + i, mix(v128.load(a + i), v128.load(b + i), keep, give));
  for (; i < end; i += 4) store<f32>(target + i, load<f32>(a + i) * keep + load<f32>(b + i) * give);
}
