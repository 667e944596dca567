import type * as tfjs from '@tensorflow/tfjs-core';
import type { Experiment } from '../../config/experiment.ts';
import type { Path } from '../../config/fields.ts';
import type { Network } from '../nn/network.ts';
import type { LossOps } from '../objectives/index.ts';
import type * as ownOps from '../ops/index.ts';
import type { Streams } from '../streams.ts';
import type { upload as ownUpload } from '../upload.ts';

/** What regularisers compute with; handed in, so that their files stay free of tfjs and the page can read them. */
export interface Kit {
  readonly tf: typeof tfjs;
  readonly ops: typeof ownOps;
  readonly lossOps: LossOps;
  readonly upload: typeof ownUpload;
}

/** One update of D or of G, as regularisers see it. */
export interface Round {
  readonly experiment: Experiment;
  /** Whole steps made before this one. */
  readonly step: number;
  readonly streams: Streams;
  /** false: D is only asked for its opinion, to be shown. What is random or remembers must then stay as it is. */
  readonly learning: boolean;
  readonly g: Network;
  readonly d: Network;
  /**
   * D's logits, [rows, 1], of images as D is shown them (after `see`), with the weights that this update uses. On the
   * tape of the loss, so that a gradient with respect to the images can itself be differentiated.
   */
  readonly critic: (seen: tfjs.Tensor) => tfjs.Tensor;
}

/** What is known before D has judged anything. */
export type Before = Omit<Round, 'critic'>;

/** One update in which somebody learns. */
export interface LearningRound extends Round {
  /** Makes this update's fakes again, as D is shown them, with the way back to G. */
  readonly fakes: () => tfjs.Tensor;
}

export interface RoundOfD extends LearningRound {
  /** As D is shown them, cut off from G. */
  readonly real: tfjs.Tensor;
  readonly fake: tfjs.Tensor;
  readonly opinions: { readonly real: tfjs.Tensor; readonly fake: tfjs.Tensor };
}

export interface RoundOfG extends LearningRound {
  /** As D is shown them, with the way back to G. */
  readonly fake: tfjs.Tensor;
  /** New reals; given where the objective or a regulariser of this update wants them. */
  readonly real?: tfjs.Tensor;
  /** What D's last layer sees of each, [rows, features]. */
  readonly features: { readonly fake: tfjs.Tensor; readonly real?: tfjs.Tensor };
}

/** A regulariser at work in one run. It owns its state; every hook runs inside a tidy. */
export interface Active {
  /** Changes what D is shown, reals and fakes alike, in both updates. Must let a gradient through. */
  readonly see?: (images: tfjs.Tensor, round: Before) => tfjs.Tensor;
  /** The weights that D computes with in place of its own, in their order. On the tape. */
  readonly weightsOfD?: (weights: readonly tfjs.Tensor[], round: Before) => readonly tfjs.Tensor[];
  /** A term of D's loss, already weighted. */
  readonly lossD?: (round: RoundOfD) => tfjs.Scalar;
  /** A term of G's loss, already weighted. */
  readonly lossG?: (round: RoundOfG) => tfjs.Scalar;
  /** Told what D thinks, once an update of D. */
  readonly judged?: (round: RoundOfD) => void;
  /** Changes a gradient before the optimiser takes it, in the order of the network's variables. */
  readonly gradients?: (grads: readonly tfjs.Tensor[], side: 'd' | 'g', experiment: Experiment) => tfjs.Tensor[];
  /** Called once the network has moved: it may assign to the network's variables, or note what they are. */
  readonly moved?: (network: Network, side: 'd' | 'g', round: Before) => void;
  /** With which D's images are augmented, to be shown. */
  readonly probability?: (experiment: Experiment) => tfjs.Scalar;
  readonly dispose?: () => void;
}

/** A penalty or a trick. One file each; `index.ts` lists them. */
export interface Regulariser {
  readonly id: string;
  /** What turns it on. */
  readonly setting: Path;
  /** What it adds or changes, in TeX. */
  readonly tex: string;
  readonly citation: { readonly text: string; readonly url: string };
  readonly isOn: (experiment: Experiment) => boolean;
  /** G's update needs new reals while it is on. */
  readonly wantsReals?: true;
  /** Called when it is first on in a run. */
  readonly start: (kit: Kit, networks: { readonly g: Network; readonly d: Network }) => Active;
}
