import type { Regulariser } from './regulariser.ts';

/** The noise's deviation after some steps: it fades linearly to 0 over `fade` steps, or stays where `fade` is 0. */
export function deviationAt(step: number, deviation: number, fade: number): number {
  return fade === 0 ? deviation : deviation * Math.max(0, 1 - step / fade);
}

/** Makes reals and fakes overlap, so that no D can tell them apart surely while G is still far away. */
export const instanceNoise: Regulariser = {
  id: 'instanceNoise',
  setting: 'reg.noise',
  tex: String.raw`D(x + \epsilon),\quad \epsilon \sim \mathcal{N}(0, \sigma_t^2)`,
  citation: {
    text: 'Arjovsky & Bottou 2017, Towards Principled Methods for Training GANs, section 3',
    url: 'https://arxiv.org/abs/1701.04862',
  },
  isOn: (experiment) => experiment['reg.noise'] > 0,

  start: ({ tf, upload }) => ({
    see: (images, { experiment, step, streams, learning }) => {
      const deviation = deviationAt(step, experiment['reg.noise'], experiment['reg.noiseSteps']);
      if (deviation === 0 || !learning) return images;
      const drawn = upload(images.shape, (values) => streams.noise.normals(values.length, deviation, 0, values));
      return tf.add(images, drawn);
    },
  }),
};
