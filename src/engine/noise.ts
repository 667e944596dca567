/**
 * Uniform in [-1, 1): the linear congruential generator of Numerical Recipes. For known numbers that nobody need store:
 * scripts/fixtures make the same. Runs draw from streams.ts.
 */
export function noise(count: number, seed: number): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
