import { beforeEach, describe, expect, test } from 'vitest';
import { initialExperiment } from '../config/experiment.ts';
import type { Command, Event } from '../worker/protocol.ts';
import { Recorder } from './testing.ts';
import { WorkerEngine } from './WorkerEngine.ts';

/** Stands in for the browser's worker: how a thread dies cannot be staged in Node. e2e has the real one. */
class FakeWorker {
  onmessage: ((message: MessageEvent<Event>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly sent: Command[] = [];
  ended = false;

  postMessage(command: Command): void {
    this.sent.push(command);
  }

  terminate(): void {
    this.ended = true;
  }

  say(event: Event): void {
    this.onmessage?.({ data: event } as MessageEvent<Event>);
  }

  /** A browser gives a message for an exception, none for a script that did not load. */
  die(message?: string): void {
    this.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
  }
}

let workers: FakeWorker[];
let engine: WorkerEngine;
let recorder: Recorder;
const newest = () => workers.at(-1) as FakeWorker;

beforeEach(() => {
  workers = [];
  engine = new WorkerEngine(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  recorder = new Recorder(engine);
});

const idle = (runId: number): Event => ({ type: 'state', runId, state: 'idle' });

describe('a worker that lives', () => {
  test('is started by prepare and not before', () => {
    engine.send({ type: 'train', runId: 1 });
    expect(workers).toHaveLength(0);
    engine.send({ type: 'prepare' });
    engine.send({ type: 'train', runId: 1 });
    expect(workers).toHaveLength(1);
    expect(newest().sent).toEqual([{ type: 'prepare' }, { type: 'train', runId: 1 }]);
  });

  test('is heard until one stops listening', () => {
    const heard: Event[] = [];
    const stop = engine.listen((event) => heard.push(event));
    engine.send({ type: 'prepare' });
    newest().say(idle(1));
    stop();
    newest().say(idle(2));
    expect(heard).toEqual([idle(1)]);
    expect(recorder.events).toEqual([idle(1), idle(2)]);
  });

  test('gives way to a fresh one at the next prepare; what the old one still says is not heard', () => {
    engine.send({ type: 'prepare' });
    engine.send({ type: 'prepare', wanted: 'wasm' });
    const [old] = workers as [FakeWorker];
    expect(workers).toHaveLength(2);
    expect(old.ended).toBe(true);
    old.say(idle(1));
    old.die('late');
    old.onmessageerror?.();
    expect(recorder.events).toEqual([]);
    expect(newest().ended).toBe(false);
    expect(newest().sent).toEqual([{ type: 'prepare', wanted: 'wasm' }]);
  });

  test('ends with the engine, and nothing is heard after', () => {
    engine.send({ type: 'prepare' });
    engine.close();
    expect(newest().ended).toBe(true);
    newest().say(idle(1));
    newest().die('late');
    engine.send({ type: 'train', runId: 1 });
    expect(recorder.events).toEqual([]);
    expect(newest().sent).toHaveLength(1);
  });
});

describe('a worker that dies', () => {
  const failed = (code: string, message: string) => [
    { type: 'failed', failure: { code, detail: { message } }, fatal: true },
  ];

  test('before it has spoken did not start', () => {
    engine.send({ type: 'prepare' });
    newest().die();
    expect(recorder.events).toEqual(failed('worker-start', ''));
    expect(newest().ended).toBe(true);
  });

  test('after it has spoken crashed', () => {
    engine.send({ type: 'prepare' });
    newest().say(idle(1));
    newest().die('out of memory');
    expect(recorder.events.slice(1)).toEqual(failed('worker-crash', 'out of memory'));
  });

  test('is told of once, however often the browser says so', () => {
    engine.send({ type: 'prepare' });
    newest().die('first');
    newest().die('second');
    expect(recorder.events).toHaveLength(1);
  });

  test('says something unreadable: crashed', () => {
    engine.send({ type: 'prepare' });
    newest().onmessageerror?.();
    expect(recorder.events).toEqual(failed('worker-crash', 'unreadable message'));
  });

  test('cannot even be made: did not start', () => {
    const refused = new WorkerEngine(() => {
      throw new Error('blocked by the policy');
    });
    const heard = new Recorder(refused);
    refused.send({ type: 'prepare' });
    refused.send({ type: 'train', runId: 1 });
    expect(heard.events).toEqual(failed('worker-start', 'blocked by the policy'));
  });

  test('is replaced at the next prepare, and the new one starts afresh', () => {
    engine.send({ type: 'prepare' });
    newest().say(idle(1));
    newest().die('crash');
    engine.send({ type: 'train', runId: 1 });
    engine.send({ type: 'prepare' });
    expect(workers).toHaveLength(2);
    expect(newest().sent).toEqual([{ type: 'prepare' }]);
    newest().die();
    expect(recorder.events.at(-1)).toMatchObject({ failure: { code: 'worker-start' } });
  });

  test('is asked for a run all the same: the answer is a failure, not silence', () => {
    engine.send({ type: 'prepare' });
    newest().say(idle(1));
    newest().die('crash');
    recorder.events.length = 0;
    engine.send({
      type: 'create',
      runId: 2,
      experiment: initialExperiment,
      view: { weights: 'ema', split: 'heldOut', slow: false },
    });
    expect(recorder.events).toEqual(failed('worker-crash', ''));
  });
});
