import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { type Experiment, isShown } from '../../config/experiment.ts';
import { AdaptiveProbability } from './adaptive.ts';
import { type Augmentation, colour, cutout, translation } from './augmentations.ts';
import type { Regulariser } from './regulariser.ts';

const policies: Readonly<Record<Experiment['reg.augment'], readonly Augmentation[]>> = {
  none: [],
  translation: [translation],
  'translation-cutout': [translation, cutout],
  all: [colour, translation, cutout],
};

/**
 * D never sees an image as it is, so it cannot learn the training set by heart; since fakes are changed alike, G learns to
 * make images, not changed ones. Each change is made with the probability p of each image: fixed, or following how far D
 * overfits (Karras et al. 2020).
 */
export const diffAugment: Regulariser = {
  id: 'diffAugment',
  setting: 'reg.augment',
  tex: String.raw`D(T(x)),\; D(T(G(z)))`,
  citation: {
    text: 'Zhao et al. 2020, Differentiable Augmentation for Data-Efficient GAN Training, equation 4',
    url: 'https://arxiv.org/abs/2006.10738',
  },
  isOn: (experiment) => experiment['reg.augment'] !== 'none' && isShown('reg.augment', experiment),

  start: (kit) => {
    const { tf } = kit;
    let adaptive: AdaptiveProbability | undefined;
    return {
      see: (images, { experiment, streams, learning }) => {
        // Points of the plane are no images.
        if (images.rank !== 4 || !learning) return images;
        const stream = streams.augment;
        const chosen = (): Tensor => {
          const p = (experiment['reg.augmentAdapt'] && adaptive?.value) || experiment['reg.augmentP'];
          const batch = images.shape[0] as number;
          const draws = tf.tensor4d(stream.uniforms(batch, 0, 1), [batch, 1, 1, 1]);
          return tf.step(tf.sub(p, draws));
        };
        return policies[experiment['reg.augment']].reduce(
          (seen, augmentation) => augmentation(kit, seen, stream, chosen()),
          images as Tensor4D,
        );
      },

      judged: ({ experiment, opinions: { real } }) => {
        if (experiment['reg.augmentAdapt']) {
          adaptive ??= new AdaptiveProbability(kit, experiment['reg.augmentP']);
          adaptive.judged(real, experiment['train.batch']);
        } else {
          adaptive?.dispose();
          adaptive = undefined;
        }
      },

      probability: (experiment) =>
        (experiment['reg.augmentAdapt'] && adaptive?.value) || tf.scalar(experiment['reg.augmentP']),

      dispose: () => adaptive?.dispose(),
    };
  },
};
