import type { World } from './world.ts';

const squares = 4;
const half = 1.6;

/** The squares of one colour of a board of 4 by 4, each filled evenly. */
export const checkerboard: World = {
  id: 'checkerboard',
  sigma: 0,
  draw: (stream) => {
    const square = stream.uint32() % ((squares * squares) / 2);
    const row = Math.floor(square / (squares / 2));
    const column = 2 * (square % (squares / 2)) + (row % 2);
    const side = (2 * half) / squares;
    return [-half + side * (column + stream.uniform()), -half + side * (row + stream.uniform())];
  },
};
