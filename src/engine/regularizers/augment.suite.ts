import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { lossOps } from '../objectives/lossOps.ts';
import * as ops from '../ops/index.ts';
import { openStreams } from '../streams.ts';
import { waves } from '../testing/steps.ts';
import { expectClose, meanOf, noise, read, varianceOf } from '../testing/values.ts';
import { upload } from '../upload.ts';
import { AdaptiveProbability, horizon } from './adaptive.ts';
import { type Augmentation, colour, cutout, translation } from './augmentations.ts';

const kit = { tf, ops, lossOps, upload };
const batch = 24;
const augmentations = { translation, cutout, colour } satisfies Record<string, Augmentation>;

async function taken(make: () => tf.Tensor): Promise<number[]> {
  const made = tf.tidy(make);
  const values = await read(made);
  made.dispose();
  return values;
}

/** Images through an augmentation, image by image. The draws are the same at each call. */
async function changed(of: Augmentation, images: readonly number[], channels: number, chosen: readonly number[]) {
  const values = await taken(() => {
    const x = tf.tensor4d(Float32Array.from(images), [chosen.length, 16, 16, channels]);
    return of(kit, x, openStreams(5).augment, tf.tensor4d([...chosen], [chosen.length, 1, 1, 1]));
  });
  const size = 16 * 16 * channels;
  return chosen.map((_, i) => values.slice(i * size, (i + 1) * size));
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
const all = (value: number) => new Array<number>(batch).fill(value);

/** On the current backend. */
export function augmentTests(): void {
  describe('translate', () => {
    test('down, right and back; zeros come in; each image by itself', async () => {
      const x = [1, 2, 3, 4, 5, 6];
      const shifted = (shifts: ops.Shift[]) =>
        taken(() => ops.translate(tf.tensor4d([...x, ...x], [2, 2, 3, 1]), shifts));
      expect(
        await shifted([
          [0, 1],
          [1, 0],
        ]),
      ).toEqual([0, 1, 2, 0, 4, 5, 0, 0, 0, 1, 2, 3]);
      expect(
        await shifted([
          [-1, -2],
          [0, 0],
        ]),
      ).toEqual([6, 0, 0, 0, 0, 0, ...x]);
      expect(
        await shifted([
          [2, 0],
          [0, -3],
        ]),
      ).toEqual(new Array(12).fill(0));
    });

    test('its gradient is the shift back, and so on', async () => {
      const shifts: ops.Shift[] = [
        [1, -2],
        [0, 1],
      ];
      const [forward, back] = [waves([2, 4, 5, 3], 1), waves([2, 4, 5, 3], 2)];
      const f = (x: tf.Tensor) => tf.sum(tf.mul(ops.translate(x as tf.Tensor4D, shifts), back)) as tf.Scalar;
      const value = await taken(() => f(forward));
      const gradient = await taken(() => tf.grad(f)(forward));
      expectClose(value, [dot(gradient, await read(forward))], 1e-5);
      // d/dx |df/dx|^2 of f = |T x|^2 / 2: the gradient of a gradient.
      const half = (x: tf.Tensor) => tf.mul(tf.sum(tf.square(ops.translate(x as tf.Tensor4D, shifts))), 0.5);
      const twice = await taken(() => tf.grad((x) => tf.sum(tf.mul(tf.grad(half)(x), back)) as tf.Scalar)(forward));
      const there = await taken(() =>
        ops.translate(ops.translate(back as tf.Tensor4D, shifts), [
          [-1, 2],
          [0, -1],
        ]),
      );
      expectClose(twice, there, 1e-5);
      tf.dispose([forward, back]);
    });
  });

  describe.each(Object.entries(augmentations))('%s', (_, augmentation) => {
    const images = Array.from(noise(batch * 16 * 16 * 3, 9));

    test('leaves alone what is not chosen, and changes what is', async () => {
      const chosen = all(0).map((_zero, i) => i % 2);
      const seen = await changed(augmentation, images, 3, chosen);
      seen.forEach((image, i) => {
        const before = images.slice(i * 768, (i + 1) * 768);
        const most = Math.max(...image.map((value, k) => Math.abs(value - (before[k] ?? Number.NaN))));
        if (chosen[i] === 0) expect(most).toBeLessThan(1e-6);
      });
      const moved = seen.filter((image, i) =>
        image.some((value, k) => Math.abs(value - (images[i * 768 + k] ?? 0)) > 0.05),
      );
      expect(moved.length).toBeGreaterThan(8);
    });

    test('is affine in the image, with the gradient that follows', async () => {
      const [x, v, weight] = [waves([2, 16, 16, 3], 3), waves([2, 16, 16, 3], 4), waves([2, 16, 16, 3], 5)];
      const f = (image: tf.Tensor) => {
        const seen = augmentation(kit, image as tf.Tensor4D, openStreams(5).augment, tf.ones([2, 1, 1, 1]));
        return tf.sum(tf.mul(seen, weight)) as tf.Scalar;
      };
      const rise = await taken(() => tf.sub(f(tf.add(x, v)), f(x)));
      const gradient = await taken(() => tf.grad(f)(x));
      expectClose([dot(gradient, await read(v))], rise, 2e-4);
      tf.dispose([x, v, weight]);
    });
  });

  test('translation: by whole pixels, up to an eighth of the side, in both directions', async () => {
    const marked = new Array<number>(256).fill(0);
    marked[8 * 16 + 8] = 1;
    const seen = await changed(
      translation,
      all(0).flatMap(() => marked),
      1,
      all(1),
    );
    const places = seen.map((image) => {
      expect(image.filter((value) => Math.abs(value) > 1e-6).length).toBe(1);
      const at = image.findIndex((value) => Math.abs(value - 1) < 1e-6);
      return [Math.floor(at / 16) - 8, (at % 16) - 8] as const;
    });
    for (const axis of [0, 1] as const) {
      const found = places.map((place) => place[axis]);
      expect([Math.min(...found), Math.max(...found)]).toEqual([-2, 2]);
    }
  });

  test('cutout: a block of zeros of half the side, cut off where it sticks out', async () => {
    const seen = await changed(cutout, new Array(batch * 256).fill(1), 1, all(1));
    const areas = seen.map((image) => {
      const holes = image.flatMap((value, at) => (value === 0 ? [[Math.floor(at / 16), at % 16] as const] : []));
      const [rows, columns] = ([0, 1] as const).map((axis) => holes.map((place) => place[axis])) as [
        number[],
        number[],
      ];
      const [height, width] = [rows, columns].map((found) => Math.max(...found) - Math.min(...found) + 1) as [
        number,
        number,
      ];
      expect(holes.length).toBe(height * width);
      expect(Math.min(height, width)).toBeGreaterThanOrEqual(4);
      expect(Math.max(height, width)).toBeLessThanOrEqual(8);
      return holes.length;
    });
    expect(Math.max(...areas)).toBe(64);
    expect(Math.min(...areas)).toBeLessThan(64);
  });

  test('colour: brightness within half, contrast within half to one and a half; grey has no saturation', async () => {
    const images = Array.from(noise(batch * 256, 9));
    const seen = await changed(colour, images, 1, all(1));
    const changes = seen.map((image, i) => {
      const before = images.slice(i * 256, (i + 1) * 256);
      return { bright: meanOf(image) - meanOf(before), contrast: Math.sqrt(varianceOf(image) / varianceOf(before)) };
    });
    for (const { bright, contrast } of changes) {
      expect(Math.abs(bright)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(contrast - 1)).toBeLessThanOrEqual(0.501);
    }
    expect(Math.sqrt(varianceOf(changes.map(({ bright }) => bright)))).toBeGreaterThan(0.15);
    expect(Math.sqrt(varianceOf(changes.map(({ contrast }) => contrast)))).toBeGreaterThan(0.15);
  });

  test('adaptive p: up while D is sure of more than 8 in 10 reals, down while of fewer, within 0 and 1', async () => {
    const adaptive = new AdaptiveProbability(kit, 0);
    const hears = async (positive: number, batches: number) => {
      const logits = Float32Array.from({ length: 10 }, (_, i) => (i < positive ? 3 : -0.1));
      for (let i = 0; i < batches; i++) tf.tidy(() => adaptive.judged(tf.tensor2d(logits, [10, 1]), 50));
      const [p] = await read(adaptive.value);
      return p ?? Number.NaN;
    };
    const step = (4 * 50) / horizon;
    expect(await hears(10, 3)).toBe(0);
    expect(await hears(10, 1)).toBeCloseTo(step, 6);
    expect(await hears(9, 8)).toBeCloseTo(3 * step, 6);
    expect(await hears(7, 4)).toBeCloseTo(2 * step, 6);
    expect(await hears(0, 16)).toBe(0);
    expect(await hears(10, 4 * 120)).toBe(1);
    adaptive.dispose();
  });
}
