import { packOf } from '../models/pack.ts';
import type { Regulariser } from './regulariser.ts';

/**
 * D judges several images together, all real or all fake, laid upon each other as channels: a pack of fakes that are all
 * alike gives G away. To show what D thinks of one image, it is packed with those that follow it.
 */
export const packing: Regulariser = {
  id: 'packing',
  setting: 'model.pack',
  tex: String.raw`D(x_1, \dots, x_m),\; D(G(z_1), \dots, G(z_m))`,
  citation: {
    text: 'Lin et al. 2018, PacGAN: The power of two samples in generative adversarial networks, section 2',
    url: 'https://arxiv.org/abs/1712.04086',
  },
  isOn: (experiment) => packOf(experiment) > 1,

  start: ({ tf }) => ({
    see: (images, { experiment, learning }) => {
      const pack = packOf(experiment);
      if (learning) return tf.concat(tf.split(images, pack), -1);
      const count = images.shape[0] as number;
      const turned = Array.from({ length: pack }, (_, by) => {
        const first = by % count;
        return tf.concat(first === 0 ? [images] : tf.split(images, [first, count - first]).reverse());
      });
      return tf.concat(turned, -1);
    },
  }),
};
