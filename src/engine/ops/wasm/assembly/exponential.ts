// tanh, exp and log1p of four floats, to about 2e-7 of their value. No fused multiply-add: both builds give the same bits.

// @ts-ignore: decorator
@inline
function step(r: v128, sum: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(sum, r), f32x4.splat(coefficient));
}

/** The integer nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
function powersOfTwo(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
}

/**
 * e^r - 1 for what is left of x after `n` times ln 2, |r| <= ln 2 / 2: r + r^2 q(r), q fitted at Chebyshev points.
 * ln 2 is taken off in two parts, of which the first has so few bits that its product is exact (Cody & Waite 1980).
 */
// @ts-ignore: decorator
@inline
function remainder(x: v128, n: v128): v128 {
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let q = f32x4.splat(0.00139337);
  q = step(r, q, 0.00836318);
  q = step(r, q, 0.04166646);
  q = step(r, q, 0.16666577);
  q = step(r, q, 0.5);
  return f32x4.add(f32x4.mul(f32x4.mul(r, r), q), r);
}

/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function power(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/** Where 1 - tanh is far below half a bit. */
const SATURATED: f32 = 20;

/** tanh = t / (t + 2) with t = e^2|x| - 1, which loses no bits near 0; the sign goes back on afterwards. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.min(f32x4.abs(x), f32x4.splat(SATURATED));
  const twice = f32x4.add(size, size);
  const n = powersOfTwo(twice);
  const s = power(n);
  const t = f32x4.add(f32x4.mul(s, remainder(twice, n)), f32x4.sub(s, f32x4.splat(1)));
  const y = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
  return v128.or(y, v128.and(x, i32x4.splat(0x80000000)));
}

/** e^-|x|, and about 1e-38 where it is less. */
// @ts-ignore: decorator
@inline
export function expMinus(x: v128): v128 {
  const z = f32x4.max(f32x4.neg(f32x4.abs(x)), f32x4.splat(-87));
  const n = powersOfTwo(z);
  const s = power(n);
  return f32x4.add(f32x4.mul(s, remainder(z, n)), s);
}

/** log(1 + u) for u in [0, 1], as 2 artanh(u / (2 + u)). */
// @ts-ignore: decorator
@inline
export function log1p(u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(u, f32x4.splat(2)));
  const square = f32x4.mul(s, s);
  let sum = f32x4.splat(<f32>(2.0 / 15));
  sum = step(square, sum, <f32>(2.0 / 13));
  sum = step(square, sum, <f32>(2.0 / 11));
  sum = step(square, sum, <f32>(2.0 / 9));
  sum = step(square, sum, <f32>(2.0 / 7));
  sum = step(square, sum, <f32>(2.0 / 5));
  sum = step(square, sum, <f32>(2.0 / 3));
  sum = step(square, sum, 2);
  return f32x4.mul(s, sum);
}
