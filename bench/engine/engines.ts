import { modelOf } from '../../src/engine/models/index.ts';
import { planNetwork } from '../../src/engine/nn/spec.ts';
import { type About, PythonPeer, pythonsWith } from '../peers/python.ts';
import type { KernelTime, SideName, Started, StartOptions, StepCounts } from '../sides/protocol.ts';
import type { RemoteSide, SidesPage } from './browser.ts';
import type { Product, Work } from './works.ts';

/** Whoever can be measured, wherever it runs. */
export interface Engine {
  /** Unique in a run. */
  readonly who: string;
  /** As rows name it. */
  readonly name: string;
  readonly threads: number;
  /** What it runs on, in its own words. */
  readonly about: string;
  build(work: Work): Promise<void>;
  /** @returns milliseconds that so many steps took */
  run(work: Work, steps: number): Promise<number>;
  drop(work: Work): Promise<void>;
  /** @returns milliseconds that so many products took */
  matmul(product: Product, times: number): Promise<number>;
  /** What one step asks of the backend, after others have warmed it up. Not all can tell. */
  readonly count?: ((work: Work) => Promise<StepCounts>) | undefined;
  close(): Promise<void>;
}

const names: Readonly<Record<SideName, string>> = { ours: 'ours', stock: 'stock tfjs', jax: 'jax-js' };

/** An engine in a worker of a browser. */
export class BrowserEngine implements Engine {
  readonly who: string;
  readonly name: string;
  readonly threads: number;
  readonly about: string;
  readonly #side: RemoteSide;

  private constructor(side: RemoteSide, kind: SideName, { threads, about }: Started) {
    this.#side = side;
    this.name = names[kind];
    this.threads = threads;
    this.about = about;
    this.who = `${this.name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  static async start(page: SidesPage, kind: SideName, options: StartOptions): Promise<BrowserEngine> {
    const side = await page.side(kind);
    try {
      return new BrowserEngine(side, kind, await side.call<Started>('start', options));
    } catch (thrown) {
      await side.close();
      throw thrown;
    }
  }

  build(work: Work): Promise<void> {
    return this.#side.call('build', work);
  }

  run({ name }: Work, steps: number): Promise<number> {
    return this.#side.call('run', name, steps);
  }

  drop({ name }: Work): Promise<void> {
    return this.#side.call('drop', name);
  }

  matmul(product: Product, times: number): Promise<number> {
    return this.#side.call('matmul', product, times);
  }

  get count(): ((work: Work) => Promise<StepCounts>) | undefined {
    return this.name === names.jax ? undefined : ({ name }) => this.#side.call('count', name);
  }

  profile({ name }: Work): Promise<readonly KernelTime[]> {
    return this.#side.call('profile', name);
  }

  close(): Promise<void> {
    return this.#side.close();
  }
}

/** What bench/peers/torch_dcgan.py builds nets from. */
function forPython({ name, experiment, channels }: Work) {
  const model = modelOf(experiment);
  const adam = (side: 'g' | 'd') => [
    experiment[`${side}.lr`],
    experiment[`${side}.beta1`],
    experiment[`${side}.beta2`],
  ];
  return {
    name,
    generator: planNetwork(model.generator(experiment, channels)),
    discriminator: planNetwork(model.discriminator(experiment, channels)),
    batch: experiment['train.batch'],
    latent: experiment['model.latent'],
    size: experiment['data.size'],
    channels,
    adamG: adam('g'),
    adamD: adam('d'),
  };
}

/** PyTorch or numpy in a process of its own, on the CPU. */
export class PythonEngine implements Engine {
  readonly who: string;
  readonly name: string;
  readonly threads: number;
  readonly about: string;
  /** Whether its products are as fast as the machine's: with Debian's reference BLAS they are not, by far. */
  readonly tuned: boolean;
  readonly #peer: PythonPeer;

  private constructor(peer: PythonPeer, name: string, threads: number, { version, blas }: About) {
    this.#peer = peer;
    this.tuned = blas !== 'reference';
    this.name = this.tuned ? name : `${name} on a slow BLAS`;
    this.threads = threads;
    this.about = `${version}, BLAS ${blas ?? 'unknown'}`;
    this.who = `${this.name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  /** @returns undefined where no interpreter has the module */
  static async start(module: 'torch' | 'numpy', threads: number): Promise<PythonEngine | undefined> {
    let found: PythonEngine | undefined;
    for (const python of pythonsWith(module)) {
      const torch = module === 'torch';
      // PyTorch's own threads are OpenMP's; a BLAS with threads of its own would fight them for the cores.
      const peer = torch
        ? new PythonPeer(python, 'torch_dcgan.py', threads, 1)
        : new PythonPeer(python, 'sgemm.py', 1, threads);
      const engine = new PythonEngine(peer, torch ? 'PyTorch' : 'numpy', threads, await peer.call({ do: 'about' }));
      await found?.close();
      if (engine.tuned) return engine;
      found = engine;
    }
    return found;
  }

  build(work: Work): Promise<void> {
    return this.#peer.call({ do: 'build', work: forPython(work) });
  }

  run({ name }: Work, steps: number): Promise<number> {
    return this.#peer.call({ do: 'run', name, steps });
  }

  drop({ name }: Work): Promise<void> {
    return this.#peer.call({ do: 'drop', name });
  }

  matmul(product: Product, times: number): Promise<number> {
    return this.#peer.call({ do: 'matmul', ...product, times });
  }

  async close(): Promise<void> {
    this.#peer.close();
  }
}
