import type { Command, Event } from '../worker/protocol.ts';

/** The engine as the page knows it, wherever it runs. */
export interface EngineClient {
  send(command: Command): void;
  /** @returns how to stop listening */
  listen(listener: (event: Event) => void): () => void;
  /** Ends the engine and everything it holds. No event comes after. */
  close(): void;
}
