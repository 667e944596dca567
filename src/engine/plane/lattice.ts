/**
 * Where the standard normal distribution reaches a share (Acklam's rational approximation; relative error below 1.2e-9).
 * @param share in (0, 1)
 */
export function normalQuantile(share: number): number {
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    return polynomial(tail.above, q) / polynomial(tail.below, q);
  }
  const q = share - 0.5;
  return (q * polynomial(middle.above, q * q)) / polynomial(middle.below, q * q);
}

/** Coefficients, highest power first. */
const middle = {
  above: [
    -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
    2.506628277459239,
  ],
  below: [
    -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1,
  ],
} as const;
const tail = {
  above: [
    -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  below: [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1],
} as const;

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/**
 * A lattice of latents in which each cell holds the same share of all of them: a cell that G has shrunk is where its
 * points crowd. Only the first two numbers of z vary; the others are 0.
 *
 * @returns [side, side, latent]; the first number grows along a row
 */
export function latentLattice(side: number, latent: number): Float32Array<ArrayBuffer> {
  const places = Array.from({ length: side }, (_, i) => normalQuantile((i + 0.5) / side));
  const values = new Float32Array(side * side * latent);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = (row * side + column) * latent;
      values[at] = places[column] as number;
      if (latent > 1) values[at + 1] = places[row] as number;
    }
  }
  return values;
}

/** The middles of k by k cells of a square from -reach to reach, [k, k, 2]: x grows along a row, y from row to row. */
export function cellMiddles(k: number, reach: number): Float32Array<ArrayBuffer> {
  const at = (i: number) => reach * ((2 * i + 1) / k - 1);
  const values = new Float32Array(k * k * 2);
  for (let i = 0; i < k * k; i++) {
    values[2 * i] = at(i % k);
    values[2 * i + 1] = at(Math.floor(i / k));
  }
  return values;
}
