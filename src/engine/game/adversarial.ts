import * as tf from '@tensorflow/tfjs-core';
import { discriminatorStep, generatorStep, judge, wantsReals } from '../step.ts';
import type { Game } from './game.ts';

/** D learns to tell reals from fakes, then G to fool it, each as often a step as the experiment says. */
export const adversarial: Game = {
  opinions: judge,

  turns: {
    d: ({ match, reals, latents, settings }) =>
      repeat(match.experiment['train.stepsD'], () => {
        const real = reals();
        const latent = latents(real);
        const signals = discriminatorStep(match, real, latent, settings('d'));
        tf.dispose([{ ...real }, { ...latent }]);
        return signals;
      }),

    g: ({ match, reals, latents, settings, averaging }) => {
      const times = match.experiment['train.stepsG'];
      return repeat(times, (time) => {
        const real = wantsReals(match) ? reals() : undefined;
        const latent = latents(real);
        const signals = generatorStep(match, latent, settings('g'), real, time === times ? averaging : undefined);
        tf.dispose([{ ...latent }, { ...real }]);
        return signals;
      });
    },
  },
};

/** Calls `move` as often as said, with 1, 2 and so on, and keeps the signals of the last time. */
function repeat(times: number, move: (time: number) => tf.Tensor1D): tf.Tensor1D {
  let last = move(1);
  for (let time = 2; time <= times; time++) {
    last.dispose();
    last = move(time);
  }
  return last;
}
