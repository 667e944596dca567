import { join } from 'node:path';
import { interleave, type Picture, type Pictures, seeded, shuffledByClass } from './pictures.ts';
import { open, values } from './raster.ts';
import { debianSource, unpackDebian } from './sources.ts';

const sheet = 'usr/share/doc/opencv-doc/examples/data/digits.png';

/** OpenCV's sheet of 100 x 50 cells of 20x20, 500 of each digit in rows, each cell enlarged to 28x28. */
export async function digits(): Promise<Pictures> {
  const file = join(unpackDebian('opencv-doc', [sheet]), sheet);
  const grey = await values(await open(file), 1);
  const pictures: Picture[] = [];
  for (let cell = 0; cell < 5_000; cell++) {
    const left = (cell % 100) * 20;
    const top = Math.floor(cell / 100) * 20;
    const small = new Uint8Array(400);
    for (let y = 0; y < 20; y++)
      small.set(grey.subarray((top + y) * 2000 + left, (top + y) * 2000 + left + 20), y * 20);
    const image = await open(small, { width: 20, height: 20, channels: 1 });
    const pixels = await values(image.resize(28, 28, { kernel: 'cubic' }), 1);
    pictures.push({ pixels, label: Math.floor(cell / 500) });
  }
  const random = seeded(2);
  const groups = shuffledByClass(pictures, 10, random);
  const train = interleave(
    groups.map((group) => group.slice(0, 450)),
    random,
  );
  const heldOut = interleave(
    groups.map((group) => group.slice(450)),
    random,
  );
  return {
    train,
    heldOut,
    thumbnail: (train.find(({ label }) => label === 5) as Picture).pixels,
    encoding: 'u4',
    version: 1,
    credit: 'OpenCV sample digits (MNIST-style), © OpenCV contributors',
    licence: 'Apache-2.0 AND BSD-3-Clause',
    source: `https://github.com/opencv/opencv, samples/data/digits.png (${debianSource('opencv-doc')})`,
  };
}
