import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { interleave, type Picture, type Pictures, seeded, shuffledByClass } from './pictures.ts';
import { debianSource, unpackDebian } from './sources.ts';

const folder = 'usr/share/datasets/fashion-mnist';

/** Reads an IDX pair: 16 and 8 bytes of header, then [n, 28, 28] and [n] bytes. */
function readPair(root: string, part: string): Picture[] {
  const read = (name: string) => gunzipSync(readFileSync(join(root, folder, `${part}-${name}-ubyte.gz`)));
  const images = read('images-idx3').subarray(16);
  const labels = read('labels-idx1').subarray(8);
  return Array.from(labels, (label, i) => ({ label, pixels: images.subarray(i * 784, (i + 1) * 784) }));
}

/** 1,000 training images and, from the test images, 200 held-out ones of each class. */
export async function fashion(): Promise<Pictures> {
  const parts = ['train', 't10k'].flatMap((part) => [`${part}-images-idx3-ubyte.gz`, `${part}-labels-idx1-ubyte.gz`]);
  const root = unpackDebian(
    'dataset-fashion-mnist',
    parts.map((part) => `${folder}/${part}`),
  );
  const random = seeded(1);
  const pick = (part: string, each: number) =>
    interleave(
      shuffledByClass(readPair(root, part), 10, random).map((group) => group.slice(0, each)),
      random,
    );
  const train = pick('train', 1_000);
  const heldOut = pick('t10k', 200);
  const shirt = train.find(({ label }) => label === 0) as Picture;
  return {
    train,
    heldOut,
    thumbnail: shirt.pixels,
    encoding: 'u4',
    version: 1,
    credit: 'Fashion-MNIST by Zalando Research, © 2017 Zalando SE',
    licence: 'MIT',
    source: `https://github.com/zalandoresearch/fashion-mnist (${debianSource('dataset-fashion-mnist')})`,
  };
}
