import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import * as ops from '../ops/index.ts';
import { waves } from '../testing/steps.ts';
import { expectClose, noise, read } from '../testing/values.ts';
import oracle from './gradients.oracle.json' with { type: 'json' };

type Arrays = readonly tf.Tensor[];
/** Scores of a batch, [batch, ...], by some weights. */
type Critic = (x: tf.Tensor, weights: Arrays) => tf.Tensor;

const four = (x: tf.Tensor | undefined) => x as tf.Tensor4D;
const flat = (x: tf.Tensor) => tf.reshape(x, [x.shape[0] as number, -1]) as tf.Tensor2D;
const soft = (x: tf.Tensor) => ops.softplus(x);

/** The sum of the squares of the scores' gradient with respect to the images: what a penalty is made of. */
function price(critic: Critic, x: tf.Tensor, weights: Arrays): tf.Scalar {
  return tf.sum(tf.square(tf.grad((images) => tf.sum(critic(images, weights)))(x)));
}

/** The price, and its gradients with respect to the weights. */
function priced(critic: Critic, x: tf.Tensor, weights: Arrays): [tf.Scalar, ...tf.Tensor[]] {
  const { value, grads } = tf.valueAndGrads((...own: tf.Tensor[]) => {
    // Biases of what is linear in pieces have no part in the price, and tfjs throws for what has none.
    const none = own.map((weight) => tf.mul(tf.sum(weight), 0));
    return tf.add<tf.Scalar>(price(critic, x, own), tf.sum(tf.stack(none)));
  })([...weights]);
  return [value, ...grads];
}

/** Critics with nothing in them that bends sharply. The first shape is the images'; the weights' follow. */
const smooth: Readonly<Record<string, { shapes: readonly (readonly number[])[]; critic: Critic }>> = {
  denseAct: {
    shapes: [[3, 4], [4, 5], [5], [5, 1]],
    critic: (x, [k, b, out]) =>
      tf.matMul(
        soft(ops.denseAct(x as tf.Tensor2D, k as tf.Tensor2D, b as tf.Tensor1D, 1)) as tf.Tensor2D,
        out as tf.Tensor2D,
      ),
  },
  convAct: {
    shapes: [[2, 5, 5, 2], [4, 4, 2, 3], [3], [3, 3, 3, 2], [2]],
    critic: (x, [k1, b1, k2, b2]) => {
      const wide = soft(ops.convAct(four(x), four(k1), b1 as tf.Tensor1D, 2, 1));
      return soft(ops.convAct(four(wide), four(k2), b2 as tf.Tensor1D, 1, 1));
    },
  },
  'conv2d, then biasAct': {
    shapes: [[2, 4, 4, 1], [3, 3, 1, 2], [2]],
    critic: (x, [k, b]) => soft(ops.biasAct(ops.conv2d(four(x), four(k), 1), b as tf.Tensor1D, 1)),
  },
  convTransposeAct: {
    shapes: [[2, 3, 3, 2], [4, 4, 3, 2], [3]],
    critic: (x, [k, b]) => soft(ops.convTransposeAct(four(x), four(k), b as tf.Tensor1D, [6, 6], 2, 1)),
  },
  tanh: {
    shapes: [
      [3, 4],
      [4, 2],
    ],
    critic: (x, [k]) => tf.tanh(tf.matMul(x as tf.Tensor2D, k as tf.Tensor2D)),
  },
  sigmoid: {
    shapes: [
      [3, 4],
      [4, 2],
    ],
    critic: (x, [k]) => tf.sigmoid(tf.matMul(x as tf.Tensor2D, k as tf.Tensor2D)),
  },
  exp: {
    shapes: [
      [3, 4],
      [4, 2],
    ],
    critic: (x, [k]) => tf.exp(tf.matMul(x as tf.Tensor2D, k as tf.Tensor2D)),
  },
  swish: {
    shapes: [
      [3, 4],
      [4, 2],
    ],
    critic: (x, [k]) => {
      const h = tf.matMul(x as tf.Tensor2D, k as tf.Tensor2D);
      return tf.mul(h, tf.sigmoid(h));
    },
  },
  'layer norm': {
    shapes: [[3, 6], [6], [6]],
    critic: (x, [gamma, beta]) => {
      const { mean, variance } = tf.moments(x, 1, true);
      const unit = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
      return soft(tf.add(tf.mul(unit, gamma as tf.Tensor), beta as tf.Tensor));
    },
  },
  'batch norm in composed ops': {
    shapes: [[4, 3, 2], [2], [2]],
    critic: (x, [gamma, beta]) =>
      ops.withComposedOps(() => soft(tf.mul(ops.normAct(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, 1).y, 3))),
  },
  'the deviation over the batch as one more feature': {
    shapes: [
      [4, 3],
      [4, 1],
    ],
    critic: (x, [k]) => {
      const centred = tf.sub(x, tf.mean(x, 0));
      const deviation = tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), 1e-8)));
      const feature = tf.tile(tf.reshape(deviation, [1, 1]), [4, 1]) as tf.Tensor2D;
      return soft(tf.matMul(tf.concat([x as tf.Tensor2D, feature], 1), k as tf.Tensor2D));
    },
  },
  'distances within the batch': {
    shapes: [
      [3, 4],
      [4, 3],
    ],
    critic: (x, [k]) => {
      const h = tf.matMul(x as tf.Tensor2D, k as tf.Tensor2D);
      return tf.exp(tf.neg(tf.sum(tf.abs(tf.sub(tf.expandDims(h, 0), tf.expandDims(h, 1))), 2)));
    },
  },
  'means of patches': {
    shapes: [
      [2, 4, 4, 2],
      [1, 1, 2, 3],
    ],
    critic: (x, [k]) => {
      const halves = tf.mean(tf.reshape(ops.conv2d(four(x), four(k), 1), [2, 2, 2, 2, 2, 3]), [2, 4]);
      return soft(flat(halves));
    },
  },
  'a fixed blur by strides': {
    shapes: [
      [2, 6, 6, 1],
      [1, 1, 1, 2],
    ],
    critic: (x, [k]) => {
      const blur = tf.tensor4d(
        [1, 2, 1, 2, 4, 2, 1, 2, 1].map((value) => value / 16),
        [3, 3, 1, 1],
      );
      return soft(ops.conv2d(four(soft(ops.conv2d(four(x), blur, 2))), four(k), 1));
    },
  },
  'split and concat': {
    shapes: [
      [2, 6],
      [3, 2],
    ],
    critic: (x, [k]) => {
      const [left, right] = tf.split(x as tf.Tensor2D, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      return tf.concat(
        [tf.exp(tf.matMul(left, k as tf.Tensor2D)), soft(tf.matMul(tf.mul(left, right), k as tf.Tensor2D))],
        1,
      );
    },
  },
};

/** The critics of scripts/fixtures/second_order.py. */
const bent: Readonly<Record<Exclude<keyof typeof oracle, 'note'>, Critic>> = {
  dense: (x, [k1, b1, k2, b2, out]) => {
    const h = ops.denseAct(x as tf.Tensor2D, k1 as tf.Tensor2D, b1 as tf.Tensor1D, 0.2);
    return tf.matMul(ops.denseAct(h, k2 as tf.Tensor2D, b2 as tf.Tensor1D, 0.1), out as tf.Tensor2D);
  },
  conv: (x, [k1, b1, k2, b2, out]) => {
    const h = ops.convAct(four(x), four(k1), b1 as tf.Tensor1D, 2, 0.2);
    return tf.matMul(flat(ops.convAct(h, four(k2), b2 as tf.Tensor1D, 1, 0.1)), out as tf.Tensor2D);
  },
  convTranspose: (x, [k, b, out]) =>
    tf.matMul(flat(ops.convTransposeAct(four(x), four(k), b as tf.Tensor1D, [6, 6], 2, 0.2)), out as tf.Tensor2D),
  batchNorm: (x, [k, gamma, beta, out]) =>
    ops.withComposedOps(() => {
      const scale = tf.add(1, gamma as tf.Tensor) as tf.Tensor1D;
      const { y } = ops.normAct(ops.conv2d(four(x), four(k), 1), scale, beta as tf.Tensor1D, 1e-5, 0.2);
      return tf.matMul(flat(y), out as tf.Tensor2D);
    }),
};

/** tfjs's own leaky ReLU, and maximum, in the place of ours: what they throw without a mend. */
const stock: Critic = (x, [k1, b1, k2, b2, out]) => {
  const h = tf.leakyRelu(tf.add(tf.matMul(x as tf.Tensor2D, k1 as tf.Tensor2D), b1 as tf.Tensor), 0.2);
  const z = tf.add(tf.matMul(h as tf.Tensor2D, k2 as tf.Tensor2D), b2 as tf.Tensor);
  return tf.matMul(tf.maximum(z, tf.mul(z, 0.1)) as tf.Tensor2D, out as tf.Tensor2D);
};

interface Checks {
  readonly norm: number;
  readonly projection: number;
  readonly head: readonly number[];
}

async function expectPriced(critic: Critic, wanted: (typeof oracle)['dense']): Promise<void> {
  const { shape, weights } = wanted;
  const [value, ...grads] = tf.tidy(() => {
    const x = waves([3, ...shape], 10);
    return priced(
      critic,
      x,
      weights.map((one, i) => waves(one, 20 + i)),
    );
  });
  const scale = Math.max(...wanted.grads.map(({ norm }) => norm), wanted.price);
  expectClose(await read(value), [wanted.price], 1e-5 * scale);
  for (const [i, grad] of grads.entries()) {
    const { norm, projection, head } = wanted.grads[i] as Checks;
    const values = await read(grad);
    const other = noise(values.length, 77);
    const found = [
      Math.hypot(...values),
      values.reduce((sum, entry, at) => sum + entry * (other[at] as number), 0),
      ...values.slice(0, 4),
    ];
    expectClose(found, [norm, projection, ...head], 1e-5 * scale);
  }
  tf.dispose([value, grads]);
}

/** On the current backend: gradients of gradients of each op that a penalised critic may use. */
export function secondOrderTests(): void {
  describe('smooth critics: the price of slopes changes along its gradient, by central differences', () => {
    test.each(Object.entries(smooth))('%s', async (_name, { shapes, critic }) => {
      const step = 1 / 128;
      const [along, ahead, behind] = tf.tidy(() => {
        const x = waves(shapes[0] as readonly number[], 40);
        const weights = shapes.slice(1).map((shape, i) => waves(shape, 41 + i));
        const ways = weights.map(({ shape }, i) => waves(shape, 61 + i));
        const [, ...grads] = priced(critic, x, weights);
        const moved = (by: number) =>
          price(
            critic,
            x,
            weights.map((weight, i) => tf.add<tf.Tensor>(weight, tf.mul(ways[i] as tf.Tensor, by))),
          );
        const products = grads.map((grad, i) => tf.sum(tf.mul(grad, ways[i] as tf.Tensor)));
        return [tf.sum(tf.stack(products)), moved(step), moved(-step)];
      }) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const [slope, high, low] = (await Promise.all([along, ahead, behind].map(read))).map(
        ([value]) => value as number,
      );
      tf.dispose([along, ahead, behind]);
      const difference = ((high as number) - (low as number)) / (2 * step);
      expect(Math.abs(difference)).toBeGreaterThan(1e-2);
      expect(Math.abs((slope as number) / difference - 1)).toBeLessThan(2e-3);
    });
  });

  describe('leaky critics, against PyTorch in float64', () => {
    test.each(Object.entries(bent))('%s', (name, critic) => expectPriced(critic, oracle[name as keyof typeof bent]));
    test("tfjs's own leakyRelu and maximum", () => expectPriced(stock, oracle.dense));
  });

  test('the norm of the gradient for the weights, as consensus needs it, changes along its gradient', async () => {
    // The gradient for a filter is itself differentiated here.
    const step = 1 / 128;
    const [along, ahead, behind] = tf.tidy(() => {
      const x = waves([2, 5, 5, 2], 40);
      const weights = [waves([4, 4, 2, 3], 41), waves([3, 3, 3, 2], 42)];
      const ways = weights.map(({ shape }, i) => waves(shape, 61 + i));
      const norm = (...own: tf.Tensor[]) => {
        const slopes = tf.grads((a: tf.Tensor, b: tf.Tensor) => {
          const wide = tf.tanh(ops.conv2d(four(x), four(a), 2));
          return tf.sum(soft(ops.conv2d(four(wide), four(b), 1)));
        })(own);
        return tf.sum<tf.Scalar>(tf.stack(slopes.map((slope) => tf.sum(tf.square(slope)))));
      };
      const grads = tf.grads(norm)(weights);
      const moved = (by: number) =>
        norm(...weights.map((weight, i) => tf.add<tf.Tensor>(weight, tf.mul(ways[i] as tf.Tensor, by))));
      const products = grads.map((grad, i) => tf.sum(tf.mul(grad, ways[i] as tf.Tensor)));
      return [tf.sum(tf.stack(products)), moved(step), moved(-step)];
    }) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [slope, high, low] = (await Promise.all([along, ahead, behind].map(read))).map(([value]) => value as number);
    tf.dispose([along, ahead, behind]);
    const difference = ((high as number) - (low as number)) / (2 * step);
    expect(Math.abs((slope as number) / difference - 1)).toBeLessThan(2e-3);
  });
}
