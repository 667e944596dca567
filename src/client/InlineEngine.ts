import type { Starters } from '../engine/backend/choose.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { breathe } from '../worker/breathe.ts';
import { dispatcher } from '../worker/dispatch.ts';
import type { Command, Event } from '../worker/protocol.ts';
import { Trainer, type TrainerHost } from '../worker/trainer.ts';
import type { EngineClient } from './client.ts';

/** The engine in this very thread: for tests and for Node. */
export class InlineEngine implements EngineClient {
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #dispatch: (command: Command) => void;
  readonly #trainer: Trainer;

  constructor(load: TrainerHost['load'], starters: Starters) {
    const emit = (event: Event) => {
      for (const listener of this.#listeners) listener(event);
    };
    this.#trainer = new Trainer({ emit, load, breathe });
    this.#dispatch = dispatcher(this.#trainer, emit, (wanted) =>
      chooseBackend(starters, wanted, { onThreads: (wasm) => emit({ type: 'threads', wasm }) }),
    );
  }

  send(command: Command): void {
    this.#dispatch(command);
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    void this.#trainer.dispose();
  }
}
