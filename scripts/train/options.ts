import { parseArgs } from 'node:util';
import type { BackendName } from '../../src/config/backends.ts';
import { DuelError } from '../../src/config/errors.ts';
import type { Change, Experiment } from '../../src/config/experiment.ts';
import { defaultPreset, experimentOf, presetOf } from '../../src/config/presets.ts';
import { parseValue } from '../../src/config/validate.ts';

export const usage = `usage: npm run train -- [options]
  --preset NAME      a preset's name (npm run presets); default ${defaultPreset.id}
  --steps N          training steps; default 100
  --seed S           default: the preset's
  --backend NAME     wasm or cpu; default wasm
  --set PATH=VALUE   a setting, e.g. g.lr=1e-3; may be repeated
  --out DIR          where samples.png, history.jsonl and config.json go; default out`;

export interface TrainOptions {
  readonly preset: string;
  readonly experiment: Experiment;
  readonly steps: number;
  readonly backend: Extract<BackendName, 'wasm' | 'cpu'>;
  readonly out: string;
}

/** What is wrong with the command line, in words. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseOptions(args: readonly string[]): TrainOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        preset: { type: 'string', default: defaultPreset.id },
        steps: { type: 'string', default: '100' },
        seed: { type: 'string' },
        backend: { type: 'string', default: 'wasm' },
        set: { type: 'string', multiple: true, default: [] },
        out: { type: 'string', default: 'out' },
      },
    });
    const steps = Number(values.steps);
    if (!/^\d+$/.test(values.steps) || steps < 1 || steps > 10_000_000) {
      throw new UsageError(`--steps wants a whole number from 1 to 10000000, not "${values.steps}"`);
    }
    const { backend } = values;
    if (backend !== 'wasm' && backend !== 'cpu') throw new UsageError(`--backend wants wasm or cpu, not "${backend}"`);
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
    return { preset: values.preset, experiment, steps, backend, out: values.out };
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
