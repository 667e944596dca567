import type { BackendName } from '../../src/config/backends.ts';
import type { SidesPage } from './browser.ts';
import { BrowserEngine, type Engine, PythonEngine } from './engines.ts';
import type { PeerName } from './options.ts';
import { messageOf } from './race.ts';
import type { Report } from './report.ts';

type Kind = 'ours' | PeerName;
export type Wanted = readonly [kind: Kind, threads: number];

const names: Readonly<Record<Kind, string>> = {
  ours: 'ours',
  stock: 'stock tfjs',
  jax: 'jax-js',
  torch: 'PyTorch',
  numpy: 'numpy',
};

/**
 * The engines around one browser. Each starts when first asked for and stays up, so that it can take its turns; one that is
 * not to be had is said to be missing, one that breaks to have failed, once.
 */
export class Crew {
  readonly #page: SidesPage;
  readonly #peers: readonly PeerName[];
  readonly #hardware: boolean;
  readonly #report: Report;
  readonly #engines = new Map<string, Promise<Engine | undefined>>();

  /** @param hardware whether a GPU in software is refused */
  constructor(page: SidesPage, peers: readonly PeerName[], hardware: boolean, report: Report) {
    this.#page = page;
    this.#peers = peers;
    this.#hardware = hardware;
    this.#report = report;
  }

  /** Ours, and the peers that the run is to have, as far as they are there. */
  async take(backend: BackendName, wanted: readonly Wanted[]): Promise<Engine[]> {
    const there = wanted.filter(([kind]) => kind === 'ours' || this.#peers.includes(kind));
    const start = ([kind, threads]: Wanted) => {
      const place = kind === 'torch' || kind === 'numpy' ? 'the CPU' : backend;
      // The others take what threads they like.
      const key = `${names[kind]} on ${place}${kind === 'stock' || kind === 'jax' ? '' : `, threads: ${threads}`}`;
      const engine = this.#engines.get(key) ?? this.#start(key, kind, backend, threads);
      this.#engines.set(key, engine);
      return engine;
    };
    // Ours alone, since helper threads are waited for only so long; then the others together.
    for (const one of there) if (one[0] === 'ours') await start(one);
    return (await Promise.all(there.map(start))).filter((engine) => engine !== undefined);
  }

  async close(): Promise<void> {
    for (const engine of this.#engines.values()) await (await engine)?.close();
    await this.#page.close();
  }

  async #start(key: string, kind: Kind, backend: BackendName, threads: number): Promise<Engine | undefined> {
    const { missing, failures, engines } = this.#report;
    try {
      const engine = await this.#open(kind, backend, threads);
      if (!engine) {
        missing.push(`${key}: no Python here has ${kind}`);
        return undefined;
      }
      if (kind === 'ours' && engine.threads !== threads) {
        missing.push(`${key}: it runs on ${engine.threads}`);
        await engine.close();
        return undefined;
      }
      if (engine instanceof PythonEngine && !engine.tuned) {
        missing.push(`${key}: with a fast BLAS (Debian: libopenblas0); the reference BLAS it has is many times slower`);
      }
      engines[key] = engine.about;
      return engine;
    } catch (thrown) {
      failures.push({ who: key, message: messageOf(thrown) });
      return undefined;
    }
  }

  #open(kind: Kind, backend: BackendName, threads: number): Promise<Engine | undefined> {
    if (kind === 'torch' || kind === 'numpy') return PythonEngine.start(kind, threads);
    return BrowserEngine.start(this.#page, kind, { backend, threads, hardware: this.#hardware });
  }
}
