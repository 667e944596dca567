import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a script says of itself. */
export interface About {
  readonly version: string;
  /** 'reference' is many times slower than what people train with; null where it cannot be told. */
  readonly blas: string | null;
}

/** Interpreters that may be there, a wished one first. */
const interpreters = [process.env.DUEL_PYTHON, 'python3', '/usr/bin/python3', 'python'];

const found = new Map<string, string[]>();

/** The interpreters that have a module, in the order of preference. */
export function pythonsWith(module: string): string[] {
  const known = found.get(module);
  if (known) return known;
  const wished = interpreters.filter((name): name is string => Boolean(name));
  const able = wished.filter((name) => spawnSync(name, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0);
  found.set(module, able);
  return able;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(reason: Error): void;
}

/** A script of this folder that stays up and answers one request at a time. */
export class PythonPeer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  /** @param threads for OpenMP, which PyTorch uses; `blasThreads` for the BLAS, which numpy uses */
  constructor(python: string, script: string, threads: number, blasThreads: number) {
    const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(blasThreads) };
    const file = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(python, ['-B', file], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint = `${complaint}${text}`.slice(-2000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.#answer(line));
    const end = (reason: string) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${script} ${reason}\n${complaint}`));
      this.#waiting.clear();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code) => end(`ended with ${code}`));
    // Writing to one that has ended: `exit` tells of it.
    child.stdin.on('error', () => {});
  }

  call<T>(request: { readonly do: string; readonly [key: string]: unknown }): Promise<T> {
    if (this.#child.exitCode !== null) return Promise.reject(new Error('the peer has ended'));
    const id = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#child.stdin?.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  close(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }

  #answer(line: string): void {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: unknown; error?: string };
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }
}
