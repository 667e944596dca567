import { expect, test, vi } from 'vitest';
import { errorCodes } from '../../config/errors.ts';
import { defaultPreset, experimentOf, presetOf } from '../../config/presets.ts';
import type { DuelState } from '../../state/state.ts';
import { waysAside, waysOut } from './waysOut.ts';

const keys = (ways: ReturnType<typeof waysOut>) => ways.map(({ key }) => key);
const harmless = [
  'backend-unknown',
  'link-invalid',
  'link-version',
  'preset-unknown',
  'points-none',
  'points-too-large',
  'points-unreadable',
];

test('every failure that stops a run has a way out, on every backend', () => {
  for (const code of errorCodes.filter((code) => !harmless.includes(code))) {
    for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu', undefined] as const) {
      expect(waysOut(code, backend).length, `${code} on ${backend}`).toBeGreaterThan(0);
    }
  }
  expect(keys(waysOut('worker-crash', 'wasm'))).not.toContain('wayOut.wasm');
});

test('a bad link beside a run offers the default, without beginning a run anew, unless it is open already', () => {
  const draft = experimentOf(presetOf('digits'));
  const state = { draft, load: vi.fn(), restart: vi.fn() } as unknown as DuelState;
  const [way] = waysAside('link-invalid', state);
  way?.go(state);
  expect(state.load).toHaveBeenCalledWith(defaultPreset, experimentOf(defaultPreset));
  expect(state.restart).not.toHaveBeenCalled();
  expect(waysAside('link-invalid', { draft: experimentOf(defaultPreset) })).toEqual([]);
});
