import * as tf from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';
import type { Network } from '../nn/network.ts';
import { lossOps } from '../objectives/lossOps.ts';
import * as ops from '../ops/index.ts';
import { upload } from '../upload.ts';
import { regularisers as all } from './index.ts';
import type { Active, Regulariser } from './regulariser.ts';

type Hook = Exclude<keyof Active, 'dispose'>;

/** The regularisers of one run: each is started when it is first on, and asked while it is. */
export class Ring {
  readonly #networks: { readonly g: Network; readonly d: Network };
  readonly #known: readonly Regulariser[];
  readonly #started = new Map<Regulariser, Active>();

  constructor(networks: { readonly g: Network; readonly d: Network }, known: readonly Regulariser[] = all) {
    this.#networks = networks;
    this.#known = known;
  }

  /** This hook of those that are on and have it, in the order of the registry. */
  hooks<H extends Hook>(hook: H, experiment: Experiment): NonNullable<Active[H]>[] {
    return this.#on(experiment).flatMap((active) => {
      const found = active[hook];
      return found ? [found as NonNullable<Active[H]>] : [];
    });
  }

  /** Whether G's update needs reals for one of them. */
  wantsReals(experiment: Experiment): boolean {
    return this.#known.some(({ isOn, wantsReals }) => wantsReals && isOn(experiment));
  }

  dispose(): void {
    for (const { dispose } of this.#started.values()) dispose?.();
    this.#started.clear();
  }

  #on(experiment: Experiment): Active[] {
    return this.#known.filter(({ isOn }) => isOn(experiment)).map((one) => this.#started.get(one) ?? this.#start(one));
  }

  #start(one: Regulariser): Active {
    const active = one.start({ tf, ops, lossOps, upload }, this.#networks);
    this.#started.set(one, active);
    return active;
  }
}
