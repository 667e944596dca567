import * as tf from '@tensorflow/tfjs-core';
import { DuelError } from '../config/errors.ts';
import type { Change, Experiment } from '../config/experiment.ts';
import { familyOf, latentOf } from '../config/families.ts';
import { fieldOf, type Path } from '../config/fields.ts';
import { signalColumns, signals } from '../config/signals.ts';
import { checkValue } from '../config/validate.ts';
import { type AnySet, type Dataset, isPlane } from './data/dataset.ts';
import { shapeOf, uploadReals } from './data/reals.ts';
import { EpochSampler } from './data/sampler.ts';
import { type Game, gameOf, type Row, type Table } from './game/index.ts';
import { drawLatents, inOrder, inTurn, latentBatch, oneHot } from './latents.ts';
import { measuredCount } from './metrics/plane.ts';
import { classesTold, networksOf } from './models/index.ts';
import { batchOf } from './models/pack.ts';
import { disposeStatistics, Network } from './nn/network.ts';
import { sizeOf } from './nn/spec.ts';
import { objectives } from './objectives/index.ts';
import { MovingAverage } from './optim/ema.ts';
import { optimisers, type StepSettings } from './optim/optimiser.ts';
import { decay } from './optim/schedule.ts';
import { type DiracArrays, DiracViewer } from './plane/diracView.ts';
import { type PlaneArrays, PlaneViewer, viewCount } from './plane/view.ts';
import { Ring } from './regularizers/ring.ts';
import { type Images, measure, type RealImages, readImages, sampleAveraged, sampleRaw, sampling } from './sheets.ts';
import { type LatentBatch, logitsOf, type Match, type Player, type RealBatch } from './step.ts';
import { openStreams, type Stream, type Streams } from './streams.ts';
import { type Draw, mixedStyles, psiSweep } from './styleSheets.ts';

/** Images on each of the page's two sheets. */
export const sheetCount = 64;
/** Latents on which the norms of averaged weights are measured. */
const calibrationCount = 128;
/** Samples that go through G at once: a bound on memory. */
const samplesAtOnce = 256;

/**
 * A run: it owns the weights, the optimisers and the random streams of one experiment, makes steps, and draws samples.
 * Everything happens on tfjs's current backend.
 */
export class Session {
  readonly dataset: AnySet;
  readonly #streams: Streams;
  readonly #sampler: EpochSampler;
  readonly #g: Player;
  readonly #d: Player;
  readonly #ring: Ring;
  readonly #game: Game;
  readonly #average: MovingAverage;
  /** Classes that the networks are told of; 0 for none. */
  readonly #classes: number;
  readonly #fixed: LatentBatch;
  readonly #calibration: LatentBatch;
  readonly #viewer: PlaneViewer | DiracViewer | undefined;
  #experiment: Experiment;
  /** Steps not read back yet, oldest first. */
  #pending: Row[] = [];
  /** The step being made. */
  #row: Row = {};
  #step = 0;
  /** Slow motion has made D's half of the next step. */
  #half = false;

  /** @param dataset already at the experiment's image size */
  constructor(experiment: Experiment, dataset: AnySet) {
    this.dataset = dataset;
    this.#experiment = experiment;
    this.#streams = openStreams(experiment['train.seed']);
    this.#sampler = new EpochSampler(dataset.train.count, this.#streams.shuffle);
    const images = isPlane(dataset) ? { channels: 0, classes: [] } : dataset;
    const specs = networksOf(experiment, images);
    const generator = new Network(specs.g, this.#streams.init);
    const discriminator = new Network(specs.d, this.#streams.init);
    this.#g = { network: generator, optimiser: optimisers[experiment['g.optimiser']](generator.variables) };
    this.#d = { network: discriminator, optimiser: optimisers[experiment['d.optimiser']](discriminator.variables) };
    this.#ring = new Ring({ g: generator, d: discriminator });
    this.#game = gameOf(familyOf(experiment));
    this.#average = new MovingAverage(generator.variables);
    this.#classes = classesTold(experiment, images);
    const { fixedLatents, calibration, samples } = this.#streams;
    this.#fixed = this.#latentsFor(fixedLatents, this.#sheetLabels ?? new Uint8Array(sheetCount));
    this.#calibration = this.#latentsFor(calibration, inTurn(0, calibrationCount, this.#classes || 1));
    if (familyOf(experiment) === 'dirac') this.#viewer = new DiracViewer(generator, discriminator);
    else if (isPlane(dataset)) {
      this.#viewer = new PlaneViewer(this.#latentsFor(samples, new Uint8Array(viewCount)).z as tf.Tensor2D);
    }
  }

  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Steps made. */
  get step(): number {
    return this.#step;
  }

  /** Passes over the training set, with the part of the current one. */
  get epoch(): number {
    return this.#sampler.epoch;
  }

  /** Networks, for tests and exports. The session keeps owning them. */
  get networks(): { readonly g: Network; readonly d: Network } {
    return { g: this.#g.network, d: this.#d.network };
  }

  /** The step limit has been reached. */
  get finished(): boolean {
    const limit = this.#experiment['train.limit'];
    return limit > 0 && this.#step >= limit;
  }

  /**
   * Takes live settings, from the next step on.
   * @throws DuelError `experiment-invalid` for a value or a setting that cannot change in a run; nothing is then taken
   */
  apply(change: Change): void {
    for (const [path, value] of Object.entries(change)) {
      checkValue(path, value);
      if (!fieldOf(path as Path).live) {
        throw new DuelError('experiment-invalid', { setting: path, value: String(value), allowed: 'a restart' });
      }
    }
    this.#experiment = { ...this.#experiment, ...change };
  }

  /**
   * One whole step: D's turn, then G's. Or one of them alone, which counts as a step too. In a game without turns it is
   * always the one update of both.
   */
  advance(which: 'D' | 'G' | 'both'): void {
    const table = this.#table;
    if (this.#game.turns) {
      if (which !== 'G' && !this.#half) this.#row.d = this.#game.turns.d(table);
      if (which !== 'D') this.#row.g = this.#game.turns.g(table);
    } else {
      this.#row = this.#game.update(table);
    }
    this.#pending.push(this.#row);
    this.#row = {};
    this.#half = false;
    this.#step++;
    if (this.#viewer instanceof DiracViewer) this.#viewer.note();
  }

  /** Whether a step has halves. */
  get hasTurns(): boolean {
    return this.#game.turns !== undefined;
  }

  /** D's half of the next step, for slow motion: `advance('both')` then only does G's. Nothing in a game without turns. */
  advanceHalf(): void {
    if (!this.#game.turns) return;
    if (!this.#half) this.#row.d = this.#game.turns.d(this.#table);
    this.#half = true;
  }

  get isHalfway(): boolean {
    return this.#half;
  }

  /**
   * Reads what the steps since the last call left on the device, in one transfer.
   * @returns rows of `signals.length` values, oldest first; NaN where a side did not move
   */
  async read(): Promise<{ rows: Float32Array; count: number }> {
    const pending = this.#pending.splice(0);
    const width = signals.length;
    const rows = new Float32Array(pending.length * width).fill(Number.NaN);
    const tensors = pending.flatMap(({ d, g }) => [...(d ? [d] : []), ...(g ? [g] : [])]);
    if (tensors.length === 0) return { rows, count: pending.length };
    const packed = tf.concat1d(tensors);
    tf.dispose(tensors);
    const values = await packed.data();
    packed.dispose();
    let next = 0;
    pending.forEach(({ d, g }, row) => {
      for (const column of [...(d ? signalColumns.d : []), ...(g ? signalColumns.g : [])]) {
        rows[row * width + column] = values[next++] as number;
      }
    });
    return { rows, count: pending.length };
  }

  /** The fixed latents through G, with averaged weights or as they are. */
  async generated(averaged: boolean): Promise<Images & { readonly labels?: Uint8Array }> {
    const images = tf.tidy(() => this.#draw(this.#fixed, averaged));
    const labels = this.#sheetLabels;
    return { ...(await readImages(images, this.#judge(images, labels))), ...(labels && { labels }) };
  }

  /** The first images of a split, which are a fair sample of it, with D's opinion of them. */
  async real(split: 'heldOut' | 'train'): Promise<RealImages> {
    const part = (this.dataset as Dataset)[split];
    const { reconstruct } = this.#game;
    const count = Math.min(reconstruct ? sheetCount / 2 : sheetCount, part.count);
    const indices = Int32Array.from({ length: count }, (_, index) => index);
    const images = uploadReals(this.dataset, split, indices);
    const labels = part.labels.slice(0, count);
    if (!reconstruct) return { ...(await readImages(images, this.#judge(images, labels))), labels };
    const pairs = tf.tidy(() =>
      tf.reshape(tf.stack([images, reconstruct(this.#match, images)], 1), [-1, ...images.shape.slice(1)]),
    );
    images.dispose();
    const both = Uint8Array.from({ length: 2 * count }, (_, i) => labels[i >> 1] as number);
    return { ...(await readImages(pairs)), labels: both, paired: true };
  }

  /**
   * The plane as the networks see it, with points of a split. Only of a run on the plane.
   * @param measured with new points to measure G by, in a world of clusters
   */
  async plane(averaged: boolean, split: 'heldOut' | 'train', measured = false): Promise<PlaneArrays | DiracArrays> {
    if (this.#viewer instanceof DiracViewer) return this.#viewer.look(this.#experiment);
    if (!this.#viewer || !isPlane(this.dataset)) throw new Error('these data are not points');
    const real = this.dataset[split].points.slice(0, 2 * viewCount);
    const look = {
      generate: (z: tf.Tensor2D) => this.#draw({ z }, averaged) as tf.Tensor2D,
      judge: (points: tf.Tensor2D) => logitsOf(this.#match, points),
      objective: objectives[this.#experiment['objective.loss']],
    };
    const seen = this.#viewer.look(look, real);
    if (!measured || !this.dataset.modes) return seen;
    const [view, points] = await Promise.all([seen, this.samples(measuredCount, averaged)]);
    return { ...view, measured: points };
  }

  /**
   * Mixes of styles and the way to the mean one; see styleSheets.ts. Only where G has styles.
   * @param crossover styled convolutions that have the coarse style
   */
  async styles(averaged: boolean, crossover: number): Promise<{ readonly mixed: Images; readonly sweep: Images }> {
    const g = this.#g.network;
    const weights = averaged ? this.#average.values : g.variables;
    const [mixed, sweep] = tf.tidy(() => {
      const running = averaged ? measure(g, weights, this.#calibration) : g.running;
      const draw: Draw = (latents, psi) => g.forward(latents.z, sampling(latents, psi), weights, running);
      const made = [
        mixedStyles(draw, this.#fixed, crossover, this.#experiment['model.psi']),
        psiSweep(draw, this.#fixed),
      ];
      if (averaged) disposeStatistics(running);
      return made;
    }) as [tf.Tensor, tf.Tensor];
    const [first, second] = await Promise.all([readImages(mixed), readImages(sweep)]);
    return { mixed: first, sweep: second };
  }

  /**
   * New samples, as {@link generated} draws them, from latents of their own: whoever asks for some changes nothing.
   *
   * @returns [count, ...shape]: images in [-1, 1], or points
   */
  async samples(count: number, averaged: boolean): Promise<Float32Array> {
    const each = sizeOf(shapeOf(this.dataset));
    const all = new Float32Array(count * each);
    for (let done = 0; done < count; done += samplesAtOnce) {
      const some = Math.min(samplesAtOnce, count - done);
      const images = tf.tidy(() => {
        const latents = this.#latentsFor(this.#streams.samples, inTurn(done, some, this.#classes || 1));
        return this.#draw(latents, averaged);
      });
      all.set(await images.data<'float32'>(), done * each);
      images.dispose();
    }
    return all;
  }

  /** All weights, for hashing and tests: G's, then D's, in layer order. */
  async weights(): Promise<Float32Array[]> {
    const variables = [...this.#g.network.variables, ...this.#d.network.variables];
    return Promise.all(variables.map(async (variable) => Float32Array.from(await variable.data<'float32'>())));
  }

  dispose(): void {
    for (const { network, optimiser } of [this.#g, this.#d]) {
      optimiser.dispose();
      network.dispose();
    }
    this.#ring.dispose();
    this.#average.dispose();
    for (const { d, g } of [...this.#pending.splice(0), this.#row]) tf.dispose([d, g]);
    this.#viewer?.dispose();
    tf.dispose([{ ...this.#fixed }, { ...this.#calibration }]);
  }

  get #match(): Match {
    const [g, d, ring, streams] = [this.#g, this.#d, this.#ring, this.#streams];
    return { g, d, ring, streams, experiment: this.#experiment, step: this.#step };
  }

  get #table(): Table {
    return {
      match: this.#match,
      reals: () => this.#reals(),
      latents: (real) => this.#latents(real?.labels),
      settings: (side) => this.#settings(side),
      averaging: { average: this.#average, halfLife: this.#experiment['ema.halfLife'] },
    };
  }

  #settings(side: 'd' | 'g'): StepSettings {
    const experiment = this.#experiment;
    const share = decay(experiment['optim.decay'], this.#step, experiment['optim.horizon']);
    return {
      lr: experiment[`${side}.lr`] * share,
      beta1: experiment[`${side}.beta1`],
      beta2: experiment[`${side}.beta2`],
    };
  }

  #draw(latents: LatentBatch, averaged: boolean): tf.Tensor {
    const psi = this.#experiment['model.psi'];
    return averaged
      ? sampleAveraged(this.#g.network, this.#average.values, latents, this.#calibration, psi)
      : sampleRaw(this.#g.network, latents, psi);
  }

  /** What the fixed latents ask for, if anything. */
  get #sheetLabels(): Uint8Array | undefined {
    return this.#classes > 0 ? inOrder(sheetCount, this.#classes) : undefined;
  }

  #latentsFor(stream: Stream, labels: Uint8Array): LatentBatch {
    const told = this.#classes > 0 ? oneHot(labels, this.#classes) : undefined;
    return latentBatch(stream, labels.length, latentOf(this.#experiment), told);
  }

  /** D's opinion of images; none where no network judges. */
  #judge(images: tf.Tensor, labels?: Uint8Array): tf.Tensor1D | undefined {
    return tf.tidy(() => {
      const told = labels && this.#classes > 0 ? oneHot(labels, this.#classes) : undefined;
      return this.#game.opinions?.(this.#match, images, told);
    });
  }

  #latents(labels?: tf.Tensor2D): LatentBatch {
    const [experiment, streams, classes] = [this.#experiment, this.#streams, this.#classes];
    // DiracGAN has one fake only.
    if (familyOf(experiment) === 'dirac') return { z: tf.ones([batchOf(experiment), 1]) };
    const { styledLayers } = this.#g.network;
    const labelled = classes > 0 ? (this.dataset as Dataset).train.labels : undefined;
    return drawLatents({ experiment, streams, classes, styledLayers, ...(labelled && { labelled }) }, labels);
  }

  #reals(): RealBatch {
    const indices = this.#sampler.next(batchOf(this.#experiment));
    const images = uploadReals(this.dataset, 'train', indices);
    if (this.#classes === 0) return { images };
    const { labels } = (this.dataset as Dataset).train;
    return {
      images,
      labels: oneHot(
        Uint8Array.from(indices, (index) => labels[index] as number),
        this.#classes,
      ),
    };
  }
}
