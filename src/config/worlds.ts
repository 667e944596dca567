/** What is known of a world before it is drawn: a distribution of points in the plane. */
export interface WorldFacts {
  /** Separate clusters that a generator may miss; 0 where there are none to count. */
  readonly modes: number;
}

/**
 * The worlds of the plane, in the order of the menu. Their samplers are in `engine/data/plane/`. DiracGAN's plane is that
 * of its two weights.
 */
export const worlds = {
  ring: { modes: 8 },
  grid: { modes: 25 },
  spirals: { modes: 0 },
  moons: { modes: 0 },
  checkerboard: { modes: 0 },
  swissRoll: { modes: 0 },
  points: { modes: 0 },
  dirac: { modes: 0 },
} as const satisfies Record<string, WorldFacts>;

export type WorldId = keyof typeof worlds;

export const worldIds = Object.keys(worlds) as readonly WorldId[];

/** Those of points in the plane: all but DiracGAN's. */
export const cloudIds = worldIds.filter((id): id is Exclude<WorldId, 'dirac'> => id !== 'dirac');

export function isWorld(id: string): id is WorldId {
  return Object.hasOwn(worlds, id);
}

/** What the plane's view shows: x and y from -reach to reach. Every world lies within. */
export const reach = 2;

/** A person's own points lie within this box. */
export const pointsReach = 1.6;

/** As many points of a person's own as are taken; more are thinned out evenly. */
export const mostPoints = 20_000;

/**
 * Points in any unit, moved and scaled (x and y alike) into the box of a person's own points. For tables read from a
 * file; what was drawn on the plane is in its units already.
 *
 * @param points [n, 2]
 * @returns [n, 2], or as many as are taken; all at the origin where the points are all one
 */
export function fitPoints(points: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const given = points.length / 2;
  const count = Math.min(given, mostPoints);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * given) / count));
  const axes = [0, 1].map((axis) => {
    const values = chosen.map((i) => points[2 * i + axis] as number);
    const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return { centre: (least + most) / 2, half: (most - least) / 2 };
  });
  const half = Math.max(...axes.map((axis) => axis.half));
  const scale = half > 0 ? pointsReach / half : 0;
  const fitted = new Float32Array(count * 2);
  chosen.forEach((from, i) => {
    axes.forEach(({ centre }, axis) => {
      fitted[2 * i + axis] = ((points[2 * from + axis] as number) - centre) * scale;
    });
  });
  return fitted;
}
