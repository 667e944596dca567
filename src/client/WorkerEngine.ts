import { DuelError, toFailure } from '../config/errors.ts';
import type { Command, Event } from '../worker/protocol.ts';
import type { EngineClient } from './client.ts';

/**
 * The engine in a worker of its own. A worker that cannot start or dies is replaced at the next `prepare`; until
 * then it is told of as `worker-start` or `worker-crash`, with the run lost but nothing on the page.
 */
export class WorkerEngine implements EngineClient {
  readonly #start: () => Worker;
  readonly #listeners = new Set<(event: Event) => void>();
  #worker: Worker | undefined;
  #spoken = false;

  /** @param start makes the worker; called again whenever a new one is needed */
  constructor(start: () => Worker) {
    this.#start = start;
  }

  send(command: Command): void {
    if (command.type === 'prepare') this.#renew();
    // Silence would leave whoever asked waiting for a run that never comes.
    else if (command.type === 'create' && !this.#worker) this.#fail(new DuelError('worker-crash', { message: '' }));
    this.#worker?.postMessage(command);
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#end();
  }

  #emit(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** A backend is chosen in a fresh worker: what a lost device or a crash left behind goes with the old one. */
  #renew(): void {
    this.#end();
    try {
      const worker = this.#start();
      this.#worker = worker;
      this.#spoken = false;
      const isCurrent = () => this.#worker === worker;
      worker.onmessage = (message: MessageEvent<Event>) => {
        if (!isCurrent()) return;
        this.#spoken = true;
        this.#emit(message.data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        if (isCurrent())
          this.#fail(new DuelError(this.#spoken ? 'worker-crash' : 'worker-start', { message: event.message ?? '' }));
      };
      worker.onmessageerror = () => {
        if (isCurrent()) this.#fail(new DuelError('worker-crash', { message: 'unreadable message' }));
      };
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      this.#fail(new DuelError('worker-start', { message }));
    }
  }

  #fail(error: DuelError): void {
    this.#end();
    this.#emit({ type: 'failed', failure: toFailure(error), fatal: true });
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
