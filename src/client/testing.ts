import type { Event } from '../worker/protocol.ts';
import type { EngineClient } from './client.ts';

type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

/** Keeps every event of an engine, and waits for the ones a test wants. For tests. */
export class Recorder {
  readonly events: Event[] = [];
  #changed = () => {};

  constructor(engine: EngineClient) {
    engine.listen((event) => {
      this.events.push(event);
      this.#changed();
    });
  }

  of<T extends Event['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** The states that the run entered, in order. */
  get states(): string[] {
    return this.of('state').map(({ state }) => state);
  }

  /** Resolves with the first event from `from` on that answers; rejects with all that came if none does in time. */
  async until(wanted: (event: Event) => boolean, from = 0, seconds = 60): Promise<Event> {
    const end = Date.now() + seconds * 1000;
    let next = from;
    for (;;) {
      for (; next < this.events.length; next++) {
        const event = this.events[next] as Event;
        if (wanted(event)) return event;
      }
      const left = end - Date.now();
      if (left <= 0) throw new Error(`it never came; came: ${this.events.map(shortly).join(', ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  untilState(state: string, from = 0): Promise<Event> {
    return this.until((event) => event.type === 'state' && event.state === state, from);
  }
}

function shortly(event: Event): string {
  if (event.type === 'state') return event.state;
  return event.type === 'failed' ? `failed ${JSON.stringify(event.failure)}` : event.type;
}
