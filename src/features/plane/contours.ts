/**
 * Level lines of a field on a square grid, by marching squares with the saddle decided by the cell's middle
 * (Lorensen & Cline 1987 in two dimensions). A line is a flat list of x, y in grid units: 0 to k - 1, x along a row.
 */
export interface Line {
  readonly points: readonly number[];
  readonly closed: boolean;
}

/** The edges of a cell (0 bottom, 1 right, 2 top, 3 left) that a line joins, by which corners are above the level. */
const joins: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];
/** Opposite corners above: the middle joins them or parts them. */
const saddles: Readonly<Record<number, readonly [readonly number[], readonly number[]]>> = {
  5: [
    [3, 0, 1, 2],
    [3, 2, 1, 0],
  ],
  10: [
    [0, 1, 2, 3],
    [0, 3, 2, 1],
  ],
};

/**
 * @param values [k * k], row after row. Cells with a value that is not finite have no line.
 */
export function levelLines(values: ArrayLike<number>, k: number, level: number): Line[] {
  const at = (x: number, y: number) => values[y * k + x] as number;
  /** An edge's number: each grid point owns the edge to its right (even) and the one above it (odd). */
  const edge = (x: number, y: number, side: number) =>
    2 * ((side === 2 ? y + 1 : y) * k + (side === 1 ? x + 1 : x)) + (side & 1);
  /** The two lines' ends that meet on an edge lead on to these edges. */
  const next = new Map<number, number[]>();
  const join = (a: number, b: number) => {
    const [from, to] = [next.get(a), next.get(b)];
    if (from) from.push(b);
    else next.set(a, [b]);
    if (to) to.push(a);
    else next.set(b, [a]);
  };
  for (let y = 0; y < k - 1; y++) {
    for (let x = 0; x < k - 1; x++) {
      const [a, b, c, d] = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)];
      const sum = a + b + c + d;
      if (!Number.isFinite(sum)) continue;
      const above = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
      const pairs = saddles[above]?.[sum / 4 > level ? 1 : 0] ?? joins[above] ?? [];
      for (let i = 0; i < pairs.length; i += 2) {
        join(edge(x, y, pairs[i] as number), edge(x, y, pairs[i + 1] as number));
      }
    }
  }

  /** Where the level crosses an edge. */
  const place = (number: number): [number, number] => {
    const point = number >> 1;
    const [x, y] = [point % k, Math.floor(point / k)];
    const [dx, dy] = number & 1 ? [0, 1] : [1, 0];
    const [from, to] = [at(x, y), at(x + dx, y + dy)];
    const share = (level - from) / (to - from);
    return [x + dx * share, y + dy * share];
  };
  const lines: Line[] = [];
  const follow = (start: number, closed: boolean) => {
    const points: number[] = [];
    let here: number | undefined = start;
    let before: number | undefined;
    while (here !== undefined) {
      points.push(...place(here));
      const ways: number[] = next.get(here) ?? [];
      next.delete(here);
      const onward: number | undefined = ways.find((way) => way !== before && next.has(way));
      before = here;
      here = onward;
    }
    lines.push({ points, closed });
  };
  // Those that end at the rim first, so that what is left are rings.
  for (const [start, ways] of [...next]) if (ways.length === 1 && next.has(start)) follow(start, false);
  for (const start of [...next.keys()]) if (next.has(start)) follow(start, true);
  return lines;
}
