// Small helpers over 128-bit vectors of four floats.

/** a * b + c. The build with relaxed SIMD rounds once (FMA) where the processor can; the plain one rounds twice. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(f32x4.mul(a, b), c);
}

/** Leaky ReLU of four values. */
// @ts-ignore: decorator
@inline
export function leaky(x: v128, slope: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, f32x4.splat(0)));
}

/** Leaky ReLU of one value. */
// @ts-ignore: decorator
@inline
export function leaky1(x: f32, slope: f32): f32 {
  return x > 0 ? x : x * slope;
}

/** Gradient through the leaky ReLU whose output was `y`: dy where y > 0, slope * dy elsewhere. */
// @ts-ignore: decorator
@inline
export function leakyGrad(y: v128, dy: v128, slope: v128): v128 {
  return v128.bitselect(dy, f32x4.mul(dy, slope), f32x4.gt(y, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function leakyGrad1(y: f32, dy: f32, slope: f32): f32 {
  return y > 0 ? dy : dy * slope;
}

/** Sum of the four values, pairs first. */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Copies `count` floats: for so few that memory.copy, a call out of the module, would take longer. */
// @ts-ignore: decorator
@inline
export function copyFloats(to: usize, from: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
  }
  for (; i < count; i++) {
    store<f32>(to, load<f32>(from));
    to += 4;
    from += 4;
  }
}
