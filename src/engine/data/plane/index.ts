import type { WorldId } from '../../../config/worlds.ts';
import { openStreams, type Stream } from '../../streams.ts';
import type { Cloud, PlaneSet } from '../dataset.ts';
import { checkerboard } from './checkerboard.ts';
import { grid } from './grid.ts';
import { moons } from './moons.ts';
import { heart, points } from './points.ts';
import { ring } from './ring.ts';
import { spirals } from './spirals.ts';
import { swissRoll } from './swissRoll.ts';
import type { World } from './world.ts';

/** Every world. A new one is a file like `ring.ts`, a line here and a row of `config/worlds.ts`. */
export const worlds: Readonly<Record<Exclude<WorldId, 'dirac'>, World>> = {
  ring,
  grid,
  spirals,
  moons,
  checkerboard,
  swissRoll,
  points,
};

const counts = { train: 20_000, heldOut: 2500 } as const;

/** As data sets are: the same points whatever the run's seed. */
const seed = 20_140_610;

/**
 * Draws a world's points.
 *
 * @param noise times the world's own deviation
 * @param own a person's own points, [n, 2], for the world `points`; without any, a heart
 */
export function drawWorld(id: WorldId, noise: number, own?: Float32Array): PlaneSet {
  if (id === 'dirac') return allAtZero(id);
  const world = worlds[id];
  const { latents: stream } = openStreams(seed);
  const sigma = world.sigma * noise;
  const from = own && own.length > 1 ? own : heart;
  const cloud = (count: number): Cloud => ({ count, points: drawPoints(world, count, sigma, stream, from) });
  const train = cloud(counts.train);
  const { centres } = world;
  return { id, dims: 2, train, heldOut: cloud(counts.heldOut), ...(centres && { modes: { centres, sigma } }) };
}

/** DiracGAN's reals. */
function allAtZero(id: string): PlaneSet {
  const [train, heldOut] = [counts.train, counts.heldOut].map((count) => ({ count, points: new Float32Array(count) }));
  return { id, dims: 1, train: train as Cloud, heldOut: heldOut as Cloud };
}

/** @returns [count, 2] */
function drawPoints({ draw }: World, count: number, sigma: number, stream: Stream, own: Float32Array) {
  const values = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = draw(stream, own);
    values[2 * i] = x + sigma * stream.normal();
    values[2 * i + 1] = y + sigma * stream.normal();
  }
  return values;
}
