import type { BackendName } from '../../config/backends.ts';
import type { ErrorCode } from '../../config/errors.ts';
import { defaultPreset, experimentOf } from '../../config/presets.ts';
import type { Key } from '../../i18n/i18n.ts';
import type { DuelState } from '../../state/state.ts';

/** A button under a failure. */
export interface WayOut {
  readonly key: Extract<Key, `wayOut.${string}`>;
  readonly go: (state: DuelState) => void;
}

const retry: WayOut = { key: 'wayOut.retry', go: (state) => state.open(state.backend?.chosen) };
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

/** The best way first. */
const ways: Readonly<Record<ErrorCode, readonly WayOut[]>> = {
  'backend-unknown': [auto],
  'backend-unavailable': [auto, wasm, cpu],
  'backend-self-test': [auto, wasm, cpu],
  'backend-none': [retry, reload],
  'device-lost': [again, wasm],
  'data-missing': [load, toDefault],
  'data-network': [load, toDefault],
  'data-truncated': [load, toDefault],
  'data-damaged': [load, toDefault],
  'data-manifest': [load, reload],
  'experiment-invalid': [toPreset, toDefault],
  'link-invalid': [toDefault],
  'link-version': [toDefault],
  'preset-unknown': [toDefault],
  'out-of-memory': [halveBatch, toDefault],
  'not-finite': [halveRates, again, toPreset],
  'worker-start': [retry, reload],
  'worker-crash': [again, wasm, toDefault],
  internal: [again, toDefault, reload],
};

/** The ways on after a failure; not to the backend that failed. */
export function waysOut(code: ErrorCode, backend: BackendName | undefined): readonly WayOut[] {
  return ways[code].filter((way) => !(way === wasm && backend === 'wasm') && !(way === cpu && backend === 'cpu'));
}
