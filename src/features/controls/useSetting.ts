import type { Value } from '../../config/experiment.ts';
import type { Path } from '../../config/fields.ts';
import { useDuel } from '../../state/react.ts';
import { homeOf } from './home.ts';

/** `restart`: waits for one. `changed`: differs from the preset and is in force. */
export type SettingState = 'rest' | 'changed' | 'restart';

export interface Setting {
  readonly value: Value;
  readonly state: SettingState;
  /** The preset's value. */
  readonly home: Value;
  /** What the reset goes back to: what runs, where a restart waits; else the preset's value. */
  readonly was: Value;
  readonly set: (value: Value) => void;
}

export function useSetting(path: Path): Setting {
  const value = useDuel((state) => state.draft[path]);
  const applied = useDuel((state) => state.applied[path]);
  const home = useDuel((state) => homeOf(state.preset)[path]);
  const change = useDuel((state) => state.change);
  // Before the first step a change is taken in at once, so nothing waits.
  const fresh = useDuel((state) => state.step === 0 && state.runState !== 'failed');
  const waits = !fresh && value !== applied;
  return {
    value,
    home,
    was: waits ? applied : home,
    state: waits ? 'restart' : value === home ? 'rest' : 'changed',
    set: (next) => change(path, next),
  };
}
