/** Shared by the store's tests: a page's state with an engine that the test plays. */
import { afterEach, beforeEach, vi } from 'vitest';
import type { EngineClient } from '../client/client.ts';
import type { BackendReport } from '../config/backends.ts';
import { signals } from '../config/signals.ts';
import type { Command, Event, RunFacts, RunState } from '../worker/protocol.ts';
import { createDuel, type Duel } from './store.ts';

/** Hears what the page asks for; the test answers. */
class ScriptedEngine implements EngineClient {
  readonly sent: Command[] = [];
  #listener: (event: Event) => void = () => {};

  send(command: Command): void {
    this.sent.push(command);
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  close(): void {}

  say(...events: Event[]): void {
    for (const event of events) this.#listener(event);
  }

  /** The commands since the last call. */
  take(): Command[] {
    return this.sent.splice(0);
  }
}

export const report: BackendReport = { chosen: 'wasm', adapter: 'SIMD, 1 thread', candidates: [] };
const network = { weights: 10, layers: [] };
export const facts: RunFacts = {
  train: 10_000,
  heldOut: 2000,
  classes: [],
  imageSize: 28,
  channels: 1,
  generator: network,
  discriminator: network,
};

export let engine: ScriptedEngine;
export let duel: Duel;
export const get = () => duel.store.getState();
export const state = (runState: RunState, runId = get().runId): Event => ({ type: 'state', runId, state: runState });

/** The engine reports steps, each with the same values. */
export const progress = (step: number, count = 1, runId = get().runId, value = 0.5): Event => ({
  type: 'progress',
  runId,
  step,
  count,
  rows: new Float32Array(count * signals.length).fill(value),
  epoch: step / 100,
  seconds: step / 10,
  stepsPerSecond: 10,
  imagesPerSecond: 640,
  tensors: 50,
  bytes: 5000,
});

export function begin(start: Parameters<typeof createDuel>[1] = {}): void {
  engine = new ScriptedEngine();
  duel = createDuel(engine, start);
}

/** What the engine does with a `create`. */
export function answerCreate(): void {
  engine.say(state('preparing'), { type: 'ready', runId: get().runId, facts }, state('idle'));
}

export function openIdle(start: Parameters<typeof createDuel>[1] = {}): void {
  begin(start);
  get().open();
  engine.say({ type: 'prepared', report });
  answerCreate();
  engine.take();
}

export function openPausedAt(step: number): void {
  openIdle();
  get().train();
  engine.say(state('training'), progress(step, step), state('paused'));
  engine.take();
}

/** Of every file: timers that the test moves, and an end to each store. */
export function withScriptedEngine(): void {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    duel.end();
    vi.useRealTimers();
  });
}
