import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Shift } from '../ops/index.ts';
import type { Stream } from '../streams.ts';
import type { Kit } from './regulariser.ts';

/**
 * Changes that D sees on reals and fakes alike, one draw an image, each of which lets a gradient through (Zhao et al.
 * 2020, section 3.2; the ranges are those of the authors' DiffAugment_pytorch.py).
 *
 * @param images [batch, height, width, channels] in [-1, 1]
 * @param chosen [batch, 1, 1, 1]: 1 where an image is changed, 0 where it stays
 */
export type Augmentation = (kit: Kit, images: Tensor4D, stream: Stream, chosen: Tensor) => Tensor4D;

/** The largest shift, as a share of the side. */
const largestShift = 0.125;
/** The side of the hole, as a share of the image's. */
const holeShare = 0.5;

const rounded = (x: number) => Math.floor(x + 0.5);

/** A whole number from `low` to `high`, both included. */
function between(stream: Stream, low: number, high: number): number {
  return low + Math.floor(stream.uniform() * (high - low + 1));
}

/** Moved by up to an eighth of the side; 0 comes in from outside. */
export const translation: Augmentation = ({ tf, ops }, images, stream, chosen) => {
  const [batch, height, width] = images.shape;
  const [most, mostRight] = [rounded(height * largestShift), rounded(width * largestShift)];
  const shifts = Array.from({ length: batch }, (): Shift => {
    return [between(stream, -most, most), between(stream, -mostRight, mostRight)];
  });
  return tf.add(images, tf.mul(chosen, tf.sub(ops.translate(images, shifts), images)));
};

/** A square of half the side set to 0; its middle may lie anywhere, so that it may stick out. */
export const cutout: Augmentation = ({ tf, upload }, images, stream, chosen) => {
  const [batch, height, width] = images.shape;
  const hole = upload([batch, height, width, 1], (values) => {
    values.fill(0);
    for (let image = 0; image < batch; image++) {
      const [top, bottom] = span(stream, height);
      const [left, right] = span(stream, width);
      for (let row = top; row < bottom; row++) {
        values.fill(1, (image * height + row) * width + left, (image * height + row) * width + right);
      }
    }
  });
  const kept = tf.sub(1, tf.mul(chosen, hole));
  return tf.mul(images, kept);
};

/** Where a hole begins and ends along one axis. */
function span(stream: Stream, side: number): [number, number] {
  const length = rounded(side * holeShare);
  const from = between(stream, 0, side - (length % 2)) - Math.floor(length / 2);
  return [Math.max(0, from), Math.min(side, from + length)];
}

/** Brightness, saturation where there is colour, and contrast. */
export const colour: Augmentation = ({ tf }, images, stream, chosen) => {
  const batch = images.shape[0];
  /** One number an image, which `chosen` draws towards what changes nothing. */
  const drawn = (low: number, high: number, nothing: number) => {
    const values = tf.tensor4d(stream.uniforms(batch, low - nothing, high - nothing), [batch, 1, 1, 1]);
    return tf.add(nothing, tf.mul(chosen, values));
  };
  const stretched = (x: Tensor4D, axes: number[], by: Tensor): Tensor4D => {
    const middle = tf.mean(x, axes, true);
    return tf.add(middle, tf.mul(by, tf.sub(x, middle)));
  };
  const brightness = drawn(-0.5, 0.5, 0);
  const saturation = drawn(0, 2, 1);
  const contrast = drawn(0.5, 1.5, 1);
  const bright = tf.add<Tensor4D>(images, brightness);
  const saturated = images.shape[3] === 1 ? bright : stretched(bright, [3], saturation);
  return stretched(saturated, [1, 2, 3], contrast);
};
