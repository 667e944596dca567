import type { BackendName } from '../../config/backends.ts';
import type { ErrorCode } from '../../config/errors.ts';
import { differingPaths } from '../../config/experiment.ts';
import { defaultPreset, experimentOf } from '../../config/presets.ts';
import type { Key } from '../../i18n/i18n.ts';
import type { DuelState } from '../../state/state.ts';

/** A button under a failure. */
export interface WayOut {
  readonly key: Extract<Key, `wayOut.${string}`>;
  readonly go: (state: DuelState) => void;
}

const retry: WayOut = { key: 'wayOut.retry', go: (state) => state.open(state.backend?.chosen) };
/** Beside a run nothing is begun anew: the settings change, and wait if they must. */
const settingsToDefault: WayOut = {
  key: 'wayOut.default',
  go: (state) => state.load(defaultPreset, experimentOf(defaultPreset)),
};
const auto: WayOut = { key: 'wayOut.auto', go: (state) => state.open() };
const load: WayOut = { key: 'wayOut.load', go: (state) => state.restart() };
const again: WayOut = { key: 'wayOut.again', go: (state) => state.open(state.backend?.chosen) };
const wasm: WayOut = { key: 'wayOut.wasm', go: (state) => state.open('wasm') };
const cpu: WayOut = { key: 'wayOut.cpu', go: (state) => state.open('cpu') };
const reload: WayOut = { key: 'wayOut.reload', go: () => location.reload() };

const toPreset: WayOut = {
  key: 'wayOut.preset',
  go: (state) => {
    state.load(state.preset, experimentOf(state.preset));
    state.restart();
  },
};

const toDefault: WayOut = {
  key: 'wayOut.default',
  go: (state) => {
    state.load(defaultPreset, experimentOf(defaultPreset));
    state.restart();
  },
};

const halveRates: WayOut = {
  key: 'wayOut.halveRates',
  go: (state) => {
    state.change('g.lr', Math.max(1e-5, state.draft['g.lr'] / 2));
    state.change('d.lr', Math.max(1e-5, state.draft['d.lr'] / 2));
    state.restart();
  },
};

const halveBatch: WayOut = {
  key: 'wayOut.halveBatch',
  go: (state) => {
    state.change('train.batch', Math.max(2, Math.floor(state.draft['train.batch'] / 2)));
    state.open(state.backend?.chosen);
  },
};

/** Never the end of a run: something from outside that was not taken over. */
type Harmless = 'backend-unknown' | 'link-invalid' | 'link-version' | 'preset-unknown' | `points-${string}`;

/** From a failure that stopped the run or the engine. The best way first. */
const ways: Readonly<Record<Exclude<ErrorCode, Harmless>, readonly WayOut[]>> = {
  'backend-unavailable': [auto, wasm, cpu],
  'backend-self-test': [auto, wasm, cpu],
  'backend-none': [retry, reload],
  'device-lost': [again, wasm],
  'device-refused': [wasm, again],
  'data-missing': [load, toDefault],
  'data-network': [load, toDefault],
  'data-truncated': [load, toDefault],
  'data-damaged': [load, toDefault],
  'data-manifest': [load, reload],
  'experiment-invalid': [toPreset, toDefault],
  'out-of-memory': [halveBatch, toDefault],
  'not-finite': [halveRates, again, toPreset],
  'worker-start': [retry, reload],
  'worker-crash': [again, wasm, toDefault],
  internal: [again, toDefault, reload],
};

/** From a failure that stopped nothing. */
const asideWays: Readonly<Partial<Record<ErrorCode, readonly WayOut[]>>> = {
  'experiment-invalid': [settingsToDefault],
  'link-invalid': [settingsToDefault],
  'link-version': [settingsToDefault],
  'preset-unknown': [settingsToDefault],
  internal: [reload],
};

/** The ways on after a failure that stopped the run; not to the backend that failed. */
export function waysOut(code: ErrorCode, backend: BackendName | undefined): readonly WayOut[] {
  const all: readonly WayOut[] = (ways as Partial<Record<ErrorCode, readonly WayOut[]>>)[code] ?? [];
  return all.filter((way) => !(way === wasm && backend === 'wasm') && !(way === cpu && backend === 'cpu'));
}

/** The ways on after a failure beside the run; none to where one is already. */
export function waysAside(code: ErrorCode, { draft }: Pick<DuelState, 'draft'>): readonly WayOut[] {
  const isDefault = differingPaths(experimentOf(defaultPreset), draft).length === 0;
  return (asideWays[code] ?? []).filter((way) => !(way === settingsToDefault && isDefault));
}
