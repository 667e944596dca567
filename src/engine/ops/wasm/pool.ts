/** Helper threads that share the kernels' work over tfjs' heap: the side of the thread that trains. */

/** What assembly/pool.ts exports, in the builds with shared memory. */
export interface PoolExports {
  lead(
    control: number,
    kernel: number,
    job: number,
    total: number,
    step: number,
    scratch: number,
    scratchBytes: number,
    parts: number,
  ): number;
  follow(control: number, thread: number, seen: number): number;
  close(control: number, parts: number): void;
}

/** What a helper thread needs: it instantiates the module on the memory and calls `follow`, as {@link PoolExports} says. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  readonly thread: number;
  /** The word on which it waits between its calls of `follow`, and for how many milliseconds, so as to show a pulse. */
  readonly posted: Int32Array;
  readonly sleepMs: number;
}

export interface Helper {
  terminate(): void;
}

/**
 * Starts a helper thread, which then works without a word: the heap tells whether it has joined and lives.
 *
 * @param onEnd may be called when it could not start or has ended, where that is noticed sooner than its silence
 */
export type StartHelper = (start: HelperStart, onEnd: () => void) => Helper;

// Of the control block, in words: see assembly/pool.ts.
const DONE = 16;
const POSTED = 32;
const helperWord = (thread: number) => 64 + 16 * thread;
const JOINED = 0;
const PULSE = 1;
const TAKEN = 2;
const TOO_LATE = 2;
const LINE_BYTES = 64;

/** Bytes of the control block for this many helpers. */
export const controlBytes = (helpers: number) => 256 + LINE_BYTES * (1 + helpers);

/** Ranges that a job is split into, for each thread: so many even out threads that are unequally fast. */
const RANGES_PER_THREAD = 32;

/** Milliseconds for all helpers to join, from the first that starts. */
const JOIN_MS = 5000;
/**
 * Of a job that nobody finishes: waits, and the milliseconds of each. Waits are counted rather than time, because time
 * passes while a machine sleeps.
 */
const PATIENCE = 40;
const WAIT_MS = 50;
/** Jobs, and at least milliseconds, from one look at the helpers' pulses to the next; looks without one until it is dead. */
const LOOK_JOBS = 8;
const SLEEP_MS = 1000;
const LOOK_MS = 1500;
const MISSED_PULSES = 3;

interface Member {
  readonly helper: Helper;
  pulse: number;
  missed: number;
}

export interface PoolOptions {
  readonly code: PoolExports;
  readonly module: WebAssembly.Module;
  /** Shared. */
  readonly memory: WebAssembly.Memory;
  /** {@link controlBytes} zeros on that memory, 64-byte aligned, never freed: a lost helper may still look there. */
  readonly control: number;
  /** Wanted, at least one. */
  readonly helpers: number;
  readonly startHelper: StartHelper;
}

export class Pool {
  readonly #code: PoolExports;
  readonly #control: number;
  /** Of the control block. Shared memory is not detached when it grows. */
  readonly #words: Int32Array;
  readonly #members = new Map<number, Member>();
  readonly #waits: boolean;
  #slots = 1;
  #jobs = 0;
  #looked = performance.now();
  /** Called when a helper has died between jobs. */
  onLoss: () => void = () => undefined;

  private constructor({ code, memory, control, helpers }: PoolOptions) {
    this.#code = code;
    this.#control = control;
    this.#words = new Int32Array(memory.buffer, control, controlBytes(helpers) / 4);
    this.#waits = mayWait(this.#words);
  }

  /** Starts helpers and waits until all have joined, or for a while. May end with none. */
  static async start(options: PoolOptions): Promise<Pool> {
    const pool = new Pool(options);
    const { module, memory, control, helpers, startHelper } = options;
    const started = new Map<number, Helper>();
    for (let thread = 1; thread <= helpers; thread++) {
      const onEnd = () => {
        started.delete(thread);
        pool.#lose([thread]);
      };
      try {
        const posted = pool.#words.subarray(POSTED, POSTED + 1);
        const start = { module, memory, control, thread, posted, sleepMs: SLEEP_MS };
        started.set(thread, startHelper(start, onEnd));
      } catch {
        // No more threads to be had.
      }
    }
    await pool.#join(started);
    return pool;
  }

  /** @param started loses those that end meanwhile */
  async #join(started: Map<number, Helper>): Promise<void> {
    const words = this.#words;
    const everyone = () => [...started.keys()].every((thread) => Atomics.load(words, helperWord(thread) + JOINED) > 0);
    const deadline = performance.now() + JOIN_MS;
    while (!everyone() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 2));
    for (const [thread, helper] of started) {
      // Whoever comes later finds that it has been shut out.
      const joined = Atomics.compareExchange(words, helperWord(thread) + JOINED, 0, TOO_LATE) === 1;
      if (joined) this.#members.set(thread, { helper, pulse: 0, missed: 0 });
      else helper.terminate();
    }
    this.#slots = 1 + Math.max(0, ...this.#members.keys());
  }

  /** Goes on without these: between jobs, when none of them can hold a range. */
  #lose(threads: readonly number[]): void {
    const before = this.threads;
    for (const thread of threads) {
      this.#members.get(thread)?.helper.terminate();
      this.#members.delete(thread);
    }
    if (this.threads < before) this.onLoss();
  }

  /** This one included. */
  get threads(): number {
    return 1 + this.#members.size;
  }

  /** Ranges that helpers have done, so far. */
  get taken(): number {
    const threads = [...this.#members.keys()];
    return threads.reduce((sum, thread) => sum + Atomics.load(this.#words, helperWord(thread) + TAKEN), 0);
  }

  /**
   * Threads that need scratch of their own. Those that were lost are among them: one that lives after all may still take
   * part, as any other, until it ends.
   */
  get slots(): number {
    return this.#slots;
  }

  /**
   * Runs items [0, total) of a kernel, in ranges of whole grains. See {@link PoolExports.lead}.
   *
   * @param scratch `scratchBytes` for each of `slots`
   * @returns false when a helper has stopped in the middle of its range. It may yet wake and write what it was to write:
   *   nothing that the job wrote to may be used again, and the pool is done with.
   */
  run(kernel: number, job: number, total: number, grain: number, scratch: number, scratchBytes: number): boolean {
    const grains = Math.ceil(total / grain);
    const step = grain * Math.ceil(grains / (RANGES_PER_THREAD * this.threads));
    const done = this.#code.lead(this.#control, kernel, job, total, step, scratch, scratchBytes, this.slots) === 1;
    if (!done && !this.#settle(Math.ceil(total / step))) return false;
    if (this.#jobs++ % LOOK_JOBS === 0) this.#look();
    return true;
  }

  #settle(ranges: number): boolean {
    let last = -1;
    for (let waited = 0; waited < PATIENCE; waited++) {
      const done = Atomics.load(this.#words, DONE);
      if (done === ranges) return true;
      if (done !== last) waited = 0;
      last = done;
      this.#pause(done);
    }
    return false;
  }

  /** Until more is done, or for a while. */
  #pause(done: number): void {
    if (this.#waits) {
      Atomics.wait(this.#words, DONE, done, WAIT_MS);
      return;
    }
    const until = performance.now() + WAIT_MS;
    while (Atomics.load(this.#words, DONE) === done && performance.now() < until);
  }

  /** A helper that died while it had nothing to do holds up nobody, so only its pulse tells. */
  #look(): void {
    const now = performance.now();
    if (now - this.#looked < LOOK_MS) return;
    this.#looked = now;
    for (const [thread, member] of this.#members) {
      const pulse = Atomics.load(this.#words, helperWord(thread) + PULSE);
      member.missed = pulse === member.pulse ? member.missed + 1 : 0;
      member.pulse = pulse;
    }
    this.#lose([...this.#members].filter(([, { missed }]) => missed >= MISSED_PULSES).map(([thread]) => thread));
  }

  /** Ends the helpers. */
  dispose(): void {
    this.#code.close(this.#control, this.slots);
    const members = [...this.#members.values()];
    // First, so that none of them counts as lost.
    this.#members.clear();
    for (const { helper } of members) helper.terminate();
  }
}

/** A window's own thread may not wait, only spin; workers and Node may. */
function mayWait(words: Int32Array): boolean {
  try {
    Atomics.wait(words, DONE, Atomics.load(words, DONE) + 1, 0);
    return true;
  } catch {
    return false;
  }
}
