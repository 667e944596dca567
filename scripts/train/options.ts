import { parseArgs } from 'node:util';
import type { BackendName } from '../../src/config/backends.ts';
import { DuelError } from '../../src/config/errors.ts';
import type { Change, Experiment } from '../../src/config/experiment.ts';
import { defaultPreset, experimentOf, presetOf } from '../../src/config/presets.ts';
import { parseValue } from '../../src/config/validate.ts';

export const usage = `usage: npm run train -- [options]
  --preset NAME      a preset's name (npm run presets); default ${defaultPreset.id}
  --steps N          training steps; default: the preset's limit, else as many as --seconds allows, else 100
  --seconds N        stop after so many seconds of training, decimals too; how many steps that makes depends on the machine
  --seed S           default: the preset's
  --backend NAME     wasm or cpu; default wasm
  --threads N        of the WASM backend; default: one for each core, at most 8. The weights do not depend on it
  --samples N        also write samples.npy: N new samples, float32 [N, height, width, channels] in [-1, 1], or [N, 2]
  --set PATH=VALUE   a setting, e.g. g.lr=1e-3; may be repeated
  --out DIR          where samples.png, history.jsonl, config.json and samples.npy go; default out
  --help             this`;

export interface TrainOptions {
  readonly preset: string;
  readonly experiment: Experiment;
  /** At most. */
  readonly steps: number;
  /** Of training, at most. */
  readonly seconds?: number;
  readonly threads?: number;
  /** New ones to write; 0 for none. */
  readonly samples: number;
  readonly backend: Extract<BackendName, 'wasm' | 'cpu'>;
  readonly out: string;
}

/** What is wrong with the command line, in words. */
export class UsageError extends Error {}

const most = { steps: 10_000_000, threads: 64, samples: 100_000, seconds: 1_000_000 } as const;

/** @throws UsageError */
function whole(name: 'steps' | 'threads' | 'samples', text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most[name]) {
    throw new UsageError(`--${name} wants a whole number from 1 to ${most[name]}, not "${text}"`);
  }
  return value;
}

/** @throws UsageError */
function secondsOf(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || !(value > 0 && value <= most.seconds)) {
    throw new UsageError(`--seconds wants a number above 0 and up to ${most.seconds}, not "${text}"`);
  }
  return value;
}

export function wantsHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** @throws UsageError */
export function parseOptions(args: readonly string[]): TrainOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        preset: { type: 'string', default: defaultPreset.id },
        steps: { type: 'string' },
        seconds: { type: 'string' },
        threads: { type: 'string' },
        samples: { type: 'string' },
        seed: { type: 'string' },
        backend: { type: 'string', default: 'wasm' },
        set: { type: 'string', multiple: true, default: [] },
        out: { type: 'string', default: 'out' },
      },
    });
    const seconds = values.seconds === undefined ? undefined : secondsOf(values.seconds);
    const threads = values.threads === undefined ? undefined : whole('threads', values.threads);
    const samples = values.samples === undefined ? 0 : whole('samples', values.samples);
    const { backend } = values;
    if (backend !== 'wasm' && backend !== 'cpu') throw new UsageError(`--backend wants wasm or cpu, not "${backend}"`);
    if (backend === 'cpu' && threads !== undefined) throw new UsageError('--threads is for the WASM backend');
    if (values.seed !== undefined && values.set.some((text) => text.startsWith('train.seed='))) {
      throw new UsageError('the seed is given twice: by --seed and by --set train.seed');
    }
    const given = [...(values.seed === undefined ? [] : [`train.seed=${values.seed}`]), ...values.set];
    const change = Object.fromEntries(
      given.map((text) => {
        const at = text.indexOf('=');
        if (at < 1) throw new UsageError(`--set wants PATH=VALUE, not "${text}"`);
        const { path, value } = parseValue(text.slice(0, at), text.slice(at + 1));
        return [path, value];
      }),
    ) as Change;
    const experiment = { ...experimentOf(presetOf(values.preset)), ...change };
    const usualSteps = experiment['train.limit'] || (seconds === undefined ? 100 : most.steps);
    const steps = values.steps === undefined ? usualSteps : whole('steps', values.steps);
    return {
      preset: values.preset,
      experiment,
      steps,
      ...(seconds !== undefined && { seconds }),
      ...(threads !== undefined && { threads }),
      samples,
      backend,
      out: values.out,
    };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    if (thrown instanceof DuelError) {
      const { setting, value, allowed, preset, known } = thrown.detail;
      throw new UsageError(
        thrown.code === 'preset-unknown'
          ? `no preset "${preset}"; there are ${known}`
          : `${setting} cannot be "${value}"; allowed: ${allowed}`,
      );
    }
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
