// Losses of a batch of logits: some dozens of numbers as a rule, so that one thread does them. Sums are of doubles.
import { expMinus, log1p } from './exponential';

/** Up to four floats; those past `count` are zero. */
// @ts-ignore: decorator
@inline
function loadSome(p: usize, count: i32): v128 {
  if (count >= 4) return v128.load(p);
  let v = f32x4.splat(0);
  v = f32x4.replace_lane(v, 0, load<f32>(p));
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(p, 4));
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(p, 8));
  return v;
}

// @ts-ignore: decorator
@inline
function storeSome(p: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(p, v);
    return;
  }
  store<f32>(p, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(p, f32x4.extract_lane(v, 1), 4);
  if (count > 2) store<f32>(p, f32x4.extract_lane(v, 2), 8);
}

/** The sum of the first `count` lanes. */
// @ts-ignore: decorator
@inline
function sumSome(v: v128, count: i32): f64 {
  let sum = <f64>f32x4.extract_lane(v, 0);
  if (count > 1) sum += f32x4.extract_lane(v, 1);
  if (count > 2) sum += f32x4.extract_lane(v, 2);
  if (count > 3) sum += f32x4.extract_lane(v, 3);
  return sum;
}

/** sigmoid(x), with all its bits where it is small. */
// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const e = expMinus(x), one = f32x4.splat(1);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}

/** target = mean over `count` logits of t softplus(-x) + (1 - t) softplus(x): for t of 0 or 1, nothing cancels. */
export function bce(logits: usize, target: usize, count: i32, t: f32, rest: f32): void {
  const zero = f32x4.splat(0), ts = f32x4.splat(t), rests = f32x4.splat(rest);
  let sum: f64 = 0;
  for (let i = 0; i < count; i += 4) {
    const x = loadSome(logits, count - i);
    const common = log1p(expMinus(x));
    const real = f32x4.mul(ts, f32x4.add(f32x4.max(f32x4.neg(x), zero), common));
    const fake = f32x4.mul(rests, f32x4.add(f32x4.max(x, zero), common));
    sum += sumSome(f32x4.add(real, fake), count - i);
    logits += 16;
  }
  store<f32>(target, <f32>(sum / count));
}

/** target = scale ((1 - t) sigmoid(x) - t sigmoid(-x)), where scale is the float at `dy` over the count. */
export function bceGrad(logits: usize, dy: usize, target: usize, count: i32, t: f32, rest: f32): void {
  const ts = f32x4.splat(t), rests = f32x4.splat(rest);
  const scale = f32x4.splat(load<f32>(dy) / <f32>count);
  for (let i = 0; i < count; i += 4) {
    const x = loadSome(logits, count - i);
    const slope = f32x4.sub(f32x4.mul(rests, sigmoid(x)), f32x4.mul(ts, sigmoid(f32x4.neg(x))));
    storeSome(target, f32x4.mul(scale, slope), count - i);
    logits += 16;
    target += 16;
  }
}

/** target = mean of sigmoid(x). */
export function meanSigmoid(x: usize, target: usize, count: i32): void {
  let sum: f64 = 0;
  for (let i = 0; i < count; i += 4) {
    sum += sumSome(sigmoid(loadSome(x, count - i)), count - i);
    x += 16;
  }
  store<f32>(target, <f32>(sum / count));
}
