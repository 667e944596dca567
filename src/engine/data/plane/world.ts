import type { WorldId } from '../../../config/worlds.ts';
import type { Stream } from '../../streams.ts';

/** A distribution of points in the plane. One file each; `index.ts` lists them. */
export interface World {
  readonly id: WorldId;
  /** Standard deviation of the noise around what the points lie on; 0 where they fill areas. */
  readonly sigma: number;
  /** Where each cluster lies, [modes, 2]; only of worlds made of clusters. */
  readonly centres?: Float32Array;
  /**
   * One point on what the world is made of, without noise.
   * @param own a person's own points, [n, 2]; only `points` asks for them
   */
  readonly draw: (stream: Stream, own: Float32Array) => readonly [x: number, y: number];
}

/** A world of clusters, all as likely. */
export function clusters(id: WorldId, sigma: number, places: readonly (readonly [number, number])[]): World {
  return {
    id,
    sigma,
    centres: Float32Array.from(places.flat()),
    draw: (stream) => places[stream.uint32() % places.length] as readonly [number, number],
  };
}
