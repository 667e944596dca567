import * as tf from '@tensorflow/tfjs-core';
import type { DatasetId } from '../config/datasets.ts';
import { DuelError, toFailure } from '../config/errors.ts';
import type { Experiment } from '../config/experiment.ts';
import { isWorld } from '../config/worlds.ts';
import { nameLoss } from '../engine/backend/loss.ts';
import { renewThreads } from '../engine/backend/threads.ts';
import { type AnySet, type Dataset, isPlane } from '../engine/data/dataset.ts';
import { drawWorld } from '../engine/data/plane/index.ts';
import { networkFacts } from '../engine/facts.ts';
import { Session } from '../engine/session.ts';
import { firstBadRow } from './health.ts';
import { Pace } from './pace.ts';
import { Pipeline } from './pipeline.ts';
import type { Command, Event, RunFacts, RunState, View, Which } from './protocol.ts';

/** What a trainer needs from wherever it lives. */
export interface TrainerHost {
  readonly emit: (event: Event) => void;
  /** Loads a data set and brings it to a size. */
  readonly load: (
    id: DatasetId,
    size: number,
    onProgress: (loaded: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<Dataset>;
  /** Lets waiting messages in; resolves as soon as they have been. */
  readonly breathe: () => Promise<void>;
}

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Rest between the halves of a step in slow motion, in milliseconds. */
const slowRest = 1250;

/**
 * Runs one session at a time: makes steps while training, reads signals and draws sheets at a pace that follows the
 * clock, and answers commands between two steps. It knows nothing of workers; `trainer.worker.ts` does.
 */
export class Trainer {
  readonly #host: TrainerHost;
  #run: LiveRun | undefined;

  constructor(host: TrainerHost) {
    this.#host = host;
  }

  async create(command: CommandOf<'create'>): Promise<void> {
    await this.dispose();
    const run = new LiveRun(command, this.#host);
    this.#run = run;
    await run.guard(() => run.build());
  }

  /** The run a command is meant for, if it is still there. */
  find(runId: number): LiveRun | undefined {
    return this.#run?.runId === runId ? this.#run : undefined;
  }

  /** Tells the run that it is over, without waiting for it. */
  giveWay(): void {
    this.#run?.cancel();
  }

  /** Ends the run; its last step is finished first. */
  async dispose(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    await run?.end();
  }

  /** Tells of a failure that is not one step's: a lost device. */
  fail(thrown: unknown): void {
    const { emit } = this.#host;
    const runId = this.#run?.runId;
    emit({ type: 'failed', ...(runId !== undefined && { runId }), failure: toFailure(thrown), fatal: true });
    // What it would still compute means nothing.
    this.#run?.cancel();
  }
}

/** One run, from loading its data to its end. */
export class LiveRun {
  readonly runId: number;
  readonly #experiment: Experiment;
  readonly #points: Float32Array | undefined;
  readonly #host: TrainerHost;
  readonly #abort = new AbortController();
  #session: Session | undefined;
  #view: View;
  #state: RunState = 'preparing';
  /** Training and single steps take turns on the session; resolves when the last one asked for has ended. */
  #turn: Promise<void> = Promise.resolve();
  #wake = () => {};
  readonly #pace = new Pace();
  readonly #pipeline = new Pipeline();
  #sheetsUnderWay = false;

  constructor({ runId, experiment, view, points }: CommandOf<'create'>, host: TrainerHost) {
    this.runId = runId;
    this.#experiment = experiment;
    this.#points = points;
    this.#view = view;
    this.#host = host;
  }

  async build(): Promise<void> {
    const experiment = this.#experiment;
    this.#enter('preparing');
    await renewThreads();
    const dataset = await this.#load();
    if (this.#abort.signal.aborted) return;
    const session = new Session(experiment, dataset);
    this.#session = session;
    this.#emit({ type: 'ready', facts: factsOf(experiment, dataset) });
    await this.#showSheets(session);
    this.#enter(session.finished ? 'finished' : 'idle');
  }

  async #load(): Promise<AnySet> {
    const { 'data.set': id, 'data.size': size, 'plane.noise': noise } = this.#experiment;
    if (isWorld(id)) return drawWorld(id, noise, this.#points);
    const report = (loaded: number, total: number) => this.#emit({ type: 'loading', loaded, total });
    return this.#host.load(id, size, report, this.#abort.signal);
  }

  train(): void {
    if (!this.#session || !this.#canGo) return;
    if (this.#session.finished) {
      this.#enter('finished');
      return;
    }
    this.#enter('training');
    this.#inTurn(() => this.#trainUntilTold());
  }

  pause(): void {
    if (this.#state !== 'training') return;
    this.#enter('paused');
    this.#wake();
  }

  step(which: Which): void {
    if (this.#canGo) this.#inTurn(() => this.#stepOnce(which));
  }

  async #stepOnce(which: Which): Promise<void> {
    const session = this.#session;
    if (!session || !this.#canGo || session.finished) return;
    this.#pace.start();
    session.advance(which);
    this.#report(session, 1, session.hasTurns ? which : 'both');
    await this.#showSheets(session);
    // Train may have been pressed while the step was being made.
    if (this.#canGo) this.#enter(session.finished ? 'finished' : 'paused');
  }

  #inTurn(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => this.guard(work));
  }

  get #canGo(): boolean {
    return this.#state === 'idle' || this.#state === 'paused' || this.#state === 'finished';
  }

  async apply(change: CommandOf<'apply'>['change']): Promise<void> {
    const session = this.#session;
    session?.apply(change);
    // A higher limit lets a finished run go on.
    if (this.#state === 'finished' && session && !session.finished) this.#enter('paused');
    // It changes what is shown, so a run that stands still shows it.
    if ('model.psi' in change && session && this.#canGo) await this.guard(() => this.#showSheets(session));
  }

  async styles(crossover: number): Promise<void> {
    const session = this.#session;
    if (!session || this.#state === 'preparing' || this.#state === 'failed') return;
    const { weights, split } = this.#view;
    const { size, channels } = session.dataset as Dataset;
    const about = { side: 'generated', step: session.step, weights, split, size, channels } as const;
    this.#pipeline.push(
      () => session.styles(weights === 'ema', crossover),
      ({ mixed, sweep }) => {
        const styles = { crossover, mixed: { ...about, ...mixed }, sweep: { ...about, ...sweep } };
        this.#emit({ type: 'styles', styles });
      },
    );
    await this.#pipeline.drain();
  }

  async view(view: View): Promise<void> {
    const old = this.#view;
    this.#view = view;
    if (old.slow !== view.slow) this.#wake();
    const session = this.#session;
    if (!session || this.#state === 'preparing' || this.#state === 'failed') return;
    if (old.weights !== view.weights || old.split !== view.split) await this.#showSheets(session);
  }

  /** The run is over: loading is broken off, the loop ends with the step under way, and nothing more is said. */
  cancel(): void {
    this.#abort.abort();
    this.#state = 'failed';
    this.#wake();
  }

  async end(): Promise<void> {
    this.cancel();
    await this.#turn;
    this.#session?.dispose();
    this.#session = undefined;
  }

  /** Runs a part of the run; what it throws ends the run with a named failure, unless the run is over anyway. */
  async guard(part: () => void | Promise<void>): Promise<void> {
    try {
      await part();
    } catch (reason) {
      const thrown = await nameLoss(reason);
      // Whoever else waits for the same answer hears of it too.
      if (this.#abort.signal.aborted || this.#state === 'failed') return;
      this.#state = 'failed';
      this.#emit({ type: 'failed', failure: toFailure(thrown), fatal: true });
    }
  }

  async #trainUntilTold(): Promise<void> {
    const session = this.#session;
    // Paused again before its turn came.
    if (!session || this.#state !== 'training') return;
    const goesOn = () => this.#state === 'training' && !session.finished;
    while (goesOn()) {
      this.#pace.start();
      while (goesOn()) {
        if (this.#view.slow) await this.#slowStep(session);
        else await this.#quickSteps(session);
      }
      // What a pause or the limit cut off is shown as it stands. Meanwhile the limit may be raised.
      if (this.#abort.signal.aborted) await this.#pipeline.drain();
      else await this.#showSheets(session);
    }
    if (this.#state === 'training') this.#enter('finished');
  }

  /**
   * As many steps as fit between two reports, with a breath now and then; then the report, and sheets where they are due.
   * Neither is waited for: they come while the next steps are made.
   */
  async #quickSteps(session: Session): Promise<void> {
    const goesOn = () => this.#state === 'training' && !session.finished && !this.#pipeline.failed;
    let made = 0;
    while (made < this.#pace.stepsAtOnce && goesOn()) {
      session.advance('both');
      made++;
      if (this.#pace.breathIsDue()) await this.#host.breathe();
      if (this.#onPlane && !this.#sheetsUnderWay && this.#pace.viewIsDue()) {
        this.#drawPlane(session, this.#pace.measureIsDue());
      }
    }
    this.#report(session, made, 'both');
    await this.#host.breathe();
    const sheetIsDue = () => !this.#onPlane && !this.#sheetsUnderWay && this.#pace.sheetIsDue();
    if (goesOn() && sheetIsDue()) await this.#drawSheets(session);
    await this.#pipeline.room();
  }

  async #slowStep(session: Session): Promise<void> {
    if (session.hasTurns && !session.isHalfway) {
      session.advanceHalf();
      this.#emit({ type: 'phase', phase: 'D', step: session.step });
      await this.#showSheets(session);
      await this.#rest();
      if (this.#state !== 'training') return;
    }
    session.advance('both');
    this.#emit({ type: 'phase', phase: session.hasTurns ? 'G' : 'both', step: session.step });
    this.#report(session, 1, 'both');
    await this.#showSheets(session);
    await this.#rest();
  }

  /** Waits for slow motion's next half, or until something wakes it. */
  #rest(): Promise<void> {
    if (this.#state !== 'training' || !this.#view.slow) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, slowRest);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Asks for the signals of the steps made, to be sent with the run's figures once they have come. */
  #report(session: Session, made: number, which: Which): void {
    if (made === 0) return;
    const { step, epoch, experiment } = session;
    const ask = () => session.read();
    this.#pipeline.push(ask, ({ rows, count }) => {
      this.#pace.made(made);
      const { seconds, stepsPerSecond } = this.#pace;
      const bad = firstBadRow(rows, count, which, experiment);
      const imagesPerSecond =
        stepsPerSecond * experiment['train.batch'] * (session.hasTurns ? experiment['train.stepsD'] : 1);
      const memory = memoryInUse();
      this.#emit({ type: 'progress', step, rows, count, epoch, seconds, stepsPerSecond, imagesPerSecond, ...memory });
      if (bad) throw new DuelError('not-finite', { step: step - count + 1 + bad.row, signal: bad.signal });
    });
  }

  /** Asks for both sheets as the networks are now, with a breath after each, to be sent once they have come. */
  async #drawSheets(session: Session): Promise<void> {
    const { weights, split } = this.#view;
    const { size, channels } = session.dataset as Dataset;
    const about = { step: session.step, weights, split, size, channels };
    this.#sheetsUnderWay = true;
    let generatedCost = 0;
    const askGenerated = () => session.generated(weights === 'ema');
    this.#pipeline.push(askGenerated, (generated, cost) => {
      generatedCost = cost;
      this.#emit({ type: 'samples', sheet: { ...about, side: 'generated', ...generated } });
    });
    await this.#host.breathe();
    if (this.#session !== session) return;
    const askReal = () => session.real(split === 'heldOut' ? 'heldOut' : 'train');
    this.#pipeline.push(askReal, (real, cost) => {
      this.#pace.sheetTook(generatedCost + cost);
      this.#sheetsUnderWay = false;
      this.#emit({ type: 'samples', sheet: { ...about, side: 'real', ...real } });
    });
    await this.#host.breathe();
  }

  /** Asks for the plane as the networks see it now, with points to measure or without, to be sent once it has come. */
  #drawPlane(session: Session, measured: boolean): void {
    const { weights, split } = this.#view;
    const about = { step: session.step, weights, split };
    this.#sheetsUnderWay = true;
    const ask = () => session.plane(weights === 'ema', split === 'heldOut' ? 'heldOut' : 'train', measured);
    this.#pipeline.push(ask, (seen, cost) => {
      this.#pace.sheetTook(cost);
      this.#sheetsUnderWay = false;
      this.#emit({ type: 'plane', view: { ...about, ...seen } });
    });
  }

  get #onPlane(): boolean {
    return isWorld(this.#experiment['data.set']);
  }

  /** Draws both sheets, or the plane, and waits until they and all reports before them have been sent. */
  async #showSheets(session: Session): Promise<void> {
    if (this.#onPlane) this.#drawPlane(session, true);
    else await this.#drawSheets(session);
    await this.#pipeline.drain();
  }

  #enter(state: RunState): void {
    this.#state = state;
    this.#emit({ type: 'state', state });
  }

  /** Nothing more once the run is over. */
  #emit(event: RunEvent): void {
    if (!this.#abort.signal.aborted) this.#host.emit({ ...event, runId: this.runId } as Event);
  }
}

type WithoutRun<E> = E extends { readonly runId: number } ? Omit<E, 'runId'> : never;
type RunEvent = WithoutRun<Event> | { type: 'failed'; failure: ReturnType<typeof toFailure>; fatal: boolean };

function factsOf(experiment: Experiment, dataset: AnySet): RunFacts {
  const counts = { train: dataset.train.count, heldOut: dataset.heldOut.count };
  const onPlane = isPlane(dataset);
  const { classes, size: imageSize, channels } = onPlane ? { classes: [], size: 0, channels: 0 } : dataset;
  const { g: generator, d: discriminator } = networkFacts(experiment, { channels, classes });
  const { modes } = onPlane ? dataset : {};
  const plane = onPlane && { plane: modes ? { modes } : {} };
  return { ...counts, classes, imageSize, channels, generator, discriminator, ...plane };
}

/** Tensors, and bytes on the device where the backend counts them (each under a name of its own), else in tensors. */
function memoryInUse(): { tensors: number; bytes: number } {
  const memory = tf.memory() as tf.MemoryInfo & { numBytesInGPUAllocated?: number; numBytesAllocatedInGPU?: number };
  const onDevice = memory.numBytesAllocatedInGPU ?? memory.numBytesInGPUAllocated;
  return { tensors: memory.numTensors, bytes: onDevice ?? memory.numBytes };
}
