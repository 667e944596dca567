import { shuffle } from '../../src/engine/data/shuffle.ts';
import { type Picture, type Pictures, seeded, unique } from './pictures.ts';
import { open, values } from './raster.ts';
import { npmImport, npmSource } from './sources.ts';

interface DiceBear {
  createAvatar(
    style: unknown,
    options: { seed: string; size: number; backgroundColor: string[] },
  ): { toString(): string };
}

/** 5,000 different faces that DiceBear's pixel-art style draws from numbered seeds, at their own 16x16. */
export async function avatars(): Promise<Pictures> {
  const { createAvatar } = await npmImport<DiceBear>('@dicebear/core');
  const style = await npmImport<unknown>('@dicebear/pixel-art');
  // One background for all: what is to be learnt is the faces.
  const draw = (n: number, size: number) =>
    Buffer.from(createAvatar(style, { seed: `duel-${n}`, size, backgroundColor: ['b6e3f4'] }).toString());
  const drawn: Picture[] = [];
  for (let n = 0; n < 5_100; n++) drawn.push({ pixels: await values(await open(draw(n, 16)), 3), label: 0 });
  const faces = shuffle(unique(drawn).slice(0, 5_000), seeded(3));
  // 28 is no multiple of 16: without a border of one pixel it is twice 14.
  const inner = (await open(draw(41, 16))).extract({ left: 1, top: 1, width: 14, height: 14 });
  return {
    train: faces.slice(0, 4_500),
    heldOut: faces.slice(4_500),
    thumbnail: await values(inner.resize(28, 28, { kernel: 'nearest' }), 3),
    encoding: 'u8',
    version: 1,
    credit: 'Generated cartoon avatars, drawn with the style "Pixel Art" by DiceBear',
    licence: 'CC0-1.0',
    source: `https://www.dicebear.com/styles/pixel-art (${npmSource('@dicebear/pixel-art')})`,
  };
}
