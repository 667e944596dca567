import { parseArgs } from 'node:util';

/** Parts of the benchmark, in the order in which they run. */
export const parts = ['gemm', 'wasm', 'growth', 'penalty', 'presets', 'webgpu', 'webgl'] as const;
export type Part = (typeof parts)[number];

/** Whom ours is measured against. */
export const peers = ['stock', 'torch', 'jax', 'numpy'] as const;
export type PeerName = (typeof peers)[number];

export const gpus = ['software', 'hardware'] as const;
export type Gpu = (typeof gpus)[number];

export const usage = `usage: npm run bench -- [options]
  --quick            fewer works, and fewer rounds where they are slow: under 3 minutes on two cores
  --rounds N         rounds in which all take turns; default 7
  --threads A,B      threads of ours on WASM; default 1 and 2
  --only A,B         of the parts ${parts.join(', ')}
                     and the peers ${peers.join(', ')}; naming none of either takes all of them,
                     but for presets where it is to be quick
  --gpu KIND         software (default: SwiftShader, on any machine) or hardware
  --json FILE        writes rows, counts, targets and what they were measured on`;

export interface Options {
  readonly quick: boolean;
  readonly rounds: number;
  readonly threads: readonly number[];
  readonly parts: readonly Part[];
  readonly peers: readonly PeerName[];
  readonly gpu: Gpu;
  readonly json?: string;
}

/** What is wrong with the command line, in words. */
export class UsageError extends Error {}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${name} wants a whole number from ${least} to ${most}, not "${text}"`);
}

export function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  if ((known as readonly string[]).includes(text)) return text as T;
  throw new UsageError(`${name} cannot be "${text}"; there are ${known.join(', ')}`);
}

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const options = {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '1,2' },
    only: { type: 'string', default: '' },
    gpu: { type: 'string', default: 'software' },
    json: { type: 'string' },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const named = values.only.split(',').filter(Boolean);
  for (const name of named) oneOf('--only', name, [...parts, ...peers]);
  const chosen = <T extends string>(known: readonly T[], usual = known) => {
    const some = known.filter((name) => named.includes(name));
    return some.length > 0 ? some : usual;
  };
  return {
    quick: values.quick,
    rounds: wholeNumber('--rounds', values.rounds, 1, 1000),
    threads: values.threads.split(',').map((text) => wholeNumber('--threads', text, 1, 64)),
    parts: chosen(parts, values.quick ? parts.filter((part) => part !== 'presets') : parts),
    peers: chosen(peers),
    gpu: oneOf('--gpu', values.gpu, gpus),
    ...(values.json !== undefined && { json: values.json }),
  };
}
