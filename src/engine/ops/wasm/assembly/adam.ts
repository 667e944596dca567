// Adam, one tensor at a time, into new buffers.

/**
 * m' = beta1 m + (1 - beta1) g, v' = beta2 v + (1 - beta2) g^2, p' = p - stepSize m' / (sqrt(v') + scaledEpsilon).
 * The host folds both bias corrections into stepSize and scaledEpsilon, and passes 1 - beta rounded once from double.
 * No fused multiply-add here: equal bits in both builds cost nothing where memory is the limit.
 */
export function adam(
  param: usize, grad: usize, m: usize, v: usize, newParam: usize, newM: usize, newV: usize, count: i32,
  stepSize: f32, beta1: f32, oneMinusBeta1: f32, beta2: f32, oneMinusBeta2: f32, scaledEpsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(oneMinusBeta1);
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(oneMinusBeta2);
  const size = f32x4.splat(stepSize), epsilon = f32x4.splat(scaledEpsilon);
  const bytes = (<usize>count) << 2, bytes4 = bytes & ~15;
  let i: usize = 0;
  for (; i < bytes4; i += 16) {
    const g = v128.load(grad + i);
    const nextM = f32x4.add(f32x4.mul(b1, v128.load(m + i)), f32x4.mul(c1, g));
    const nextV = f32x4.add(f32x4.mul(b2, v128.load(v + i)), f32x4.mul(c2, f32x4.mul(g, g)));
    const step = f32x4.div(f32x4.mul(size, nextM), f32x4.add(f32x4.sqrt(nextV), epsilon));
    v128.store(newM + i, nextM);
    v128.store(newV + i, nextV);
    v128.store(newParam + i, f32x4.sub(v128.load(param + i), step));
  }
  for (; i < bytes; i += 4) {
    const g = load<f32>(grad + i);
    const nextM = beta1 * load<f32>(m + i) + oneMinusBeta1 * g;
    const nextV = beta2 * load<f32>(v + i) + oneMinusBeta2 * (g * g);
    store<f32>(newM + i, nextM);
    store<f32>(newV + i, nextV);
    store<f32>(newParam + i, load<f32>(param + i) - (stepSize * nextM) / (sqrt<f32>(nextV) + scaledEpsilon));
  }
}
