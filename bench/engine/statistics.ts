/** @throws RangeError for no values: a median of nothing would be a figure of nothing */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Largest minus smallest, over the median: 0.1 says that the rounds lie within a tenth of it. */
export function spread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** To so many significant digits, for figures that people read. */
export function significant(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}
