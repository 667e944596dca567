/**
 * Exponential moving average of the points of a line, with Adam's bias correction so that it does not start at 0: what
 * TensorBoard draws (its `line-chart` smoothing). Point i becomes
 * `(1 - w) * sum_j w^(i - j) x_j / (1 - w^(i + 1))`.
 *
 * @param weight w, at least 0 (nothing is changed) and less than 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let average = 0;
  let missing = 1;
  return values.map((value) => {
    average = weight * average + (1 - weight) * value;
    missing *= weight;
    return average / (1 - missing);
  });
}
