import * as tf from '@tensorflow/tfjs-core';

/** Padding before and after along one axis for 'same'. */
function padding(kernel: number, size: number, out: number, stride: number): [number, number] {
  const total = Math.max((out - 1) * stride + kernel - size, 0);
  return [total >> 1, total - (total >> 1)];
}

/**
 * Conv2DBackpropFilter out of stock kernels: a dilated convolution of the transposed input with the transposed output
 * gradient. What a person would write to train with stock tfjs on WASM, which lacks the kernel (tfjs #8474).
 *
 * @param x [batch, height, width, channels]
 * @param dy [batch, height / stride, width / stride, filters]
 * @param shape of the filter: [height, width, channels, filters]
 * @param stride the same along both axes, under 'same' padding
 */
export function composedFilterGrad(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  [kh = 1, kw = 1, channels = 1, filters = 1]: readonly number[],
  stride: number,
): tf.Tensor4D {
  return tf.tidy(() => {
    const rows = padding(kh, x.shape[1], dy.shape[1], stride);
    const columns = padding(kw, x.shape[2], dy.shape[2], stride);
    const padded = tf.pad(x, [[0, 0], rows, columns, [0, 0]]);
    const correlation = tf.conv2d(
      tf.transpose(padded, [3, 1, 2, 0]) as tf.Tensor4D,
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      1,
      'valid',
      'NHWC',
      stride,
    );
    return tf.transpose(tf.slice(correlation, [0, 0, 0, 0], [channels, kh, kw, filters]), [1, 2, 0, 3]);
  });
}

/** Lets stock tfjs train a convnet on WASM. */
export function registerComposedFilterGrad(): void {
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { strides, filterShape } = attrs as unknown as { strides: number | number[]; filterShape: number[] };
      const stride = Array.isArray(strides) ? (strides[0] as number) : strides;
      return composedFilterGrad(inputs.x as tf.Tensor4D, inputs.dy as tf.Tensor4D, filterShape, stride);
    },
  });
}
