import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../client/client.ts';
import type { BackendName } from '../config/backends.ts';
import { toFailure } from '../config/errors.ts';
import { type Change, differingPaths, type Experiment, isShown, type Value } from '../config/experiment.ts';
import { fieldOf, type Path } from '../config/fields.ts';
import { defaultPreset, experimentOf, type Preset, presetOf } from '../config/presets.ts';
import { isValid } from '../config/validate.ts';
import type { Command, Event, View } from '../worker/protocol.ts';
import { reduceEvent } from './reduce.ts';
import { SeriesStore } from './series.ts';
import type { DuelState, Run } from './state.ts';

export interface Duel {
  readonly store: StoreApi<DuelState>;
  /** What the charts draw; outside the store, since it grows with every step. */
  readonly series: SeriesStore;
  /** Stops listening to the engine. */
  readonly end: () => void;
}

/** Settings that differ from what runs and need a rebuild, in the table's order; those not shown do not count. */
export function waiting(state: Pick<DuelState, 'draft' | 'applied'>): Path[] {
  return differingPaths(state.applied, state.draft).filter(
    (path) => !fieldOf(path).live && (isShown(path, state.draft) || isShown(path, state.applied)),
  );
}

const blankRun: Omit<Run, 'runId' | 'backend'> = {
  runState: 'preparing',
  step: 0,
  epoch: 0,
  seconds: 0,
  stepsPerSecond: 0,
  imagesPerSecond: 0,
  tensors: 0,
  bytes: 0,
  latest: {},
  seriesVersion: 0,
  facts: undefined,
  loading: undefined,
  generated: undefined,
  real: undefined,
  phase: undefined,
  failure: undefined,
};

/**
 * Binds a store to an engine.
 * @param start the experiment to open with (from the link), or the default
 */
export function createDuel(engine: EngineClient, start: { presetId?: string; experiment?: Experiment } = {}): Duel {
  const series = new SeriesStore();
  let notices = 0;
  /** Train or Step was pressed before the run was built: sent as soon as it is. */
  let queued: 'train' | 'step' | undefined;
  let rebuild: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};

  const store = createStore<DuelState>()((set, get) => {
    const send = (command: Command) => engine.send(command);

    const view = (): View => {
      const { weights, split, slow } = get();
      return { weights, split, slow };
    };
    const watch = (how: Partial<View>) => {
      set(how);
      send({ type: 'view', runId: get().runId, view: view() });
    };

    const forgetRebuild = () => {
      clearTimeout(rebuild);
      rebuild = undefined;
    };

    const create = (experiment: Experiment) => {
      forgetRebuild();
      const runId = get().runId + 1;
      series.clear();
      set({ ...blankRun, runId, applied: experiment });
      send({ type: 'create', runId, experiment, view: view() });
    };

    /** Asks the run to go on, or remembers to once it is built. A fresh run first takes in what waits. */
    const go = (what: 'train' | 'step') => {
      const state = get();
      if (state.runState === 'failed') return;
      if (rebuild !== undefined || (state.step === 0 && waiting(state).length > 0)) create(state.draft);
      if (get().runState === 'preparing') {
        queued = what;
        return;
      }
      const { runId, which } = get();
      send(what === 'train' ? { type: 'train', runId } : { type: 'step', runId, which });
    };

    /** Takes a whole new draft: live settings at once, the others now if nothing is lost by it, else at a restart. */
    const adopt = (draft: Experiment) => {
      const { applied, runId, facts } = get();
      const live = differingPaths(applied, draft).filter((path) => fieldOf(path).live);
      const change = Object.fromEntries(live.map((path) => [path, draft[path]])) as Change;
      set({ draft, applied: { ...applied, ...change } });
      if (live.length > 0 && facts) send({ type: 'apply', runId, change });
      const state = get();
      forgetRebuild();
      if (state.step === 0 && (state.runState === 'idle' || state.runState === 'preparing') && state.backend) {
        // A slider being dragged must not build a run for every value it passes.
        if (waiting(state).length > 0 || (live.length > 0 && !facts))
          rebuild = setTimeout(() => create(get().draft), 300);
      }
    };

    const preset = start.presetId ? presetOf(start.presetId) : defaultPreset;
    const experiment = start.experiment ?? experimentOf(preset);

    const onEvent = (event: Event) => {
      const before = get();
      if ('runId' in event && event.runId !== undefined && event.runId !== before.runId) return;
      if (event.type === 'failed' && !event.fatal) {
        get().notify(event.failure);
        return;
      }
      if (event.type === 'progress') series.append(event.step, event.rows, event.count);
      set(reduceEvent(before, event));
      if (event.type === 'prepared') create(get().draft);
      if (event.type === 'state' && event.state === 'idle' && queued) {
        const what = queued;
        queued = undefined;
        go(what);
      }
      if (event.type === 'failed') queued = undefined;
    };
    stopListening = engine.listen(onEvent);

    return {
      ...blankRun,
      runId: 0,
      backend: undefined,
      preset,
      draft: experiment,
      applied: experiment,
      which: 'both',
      slow: false,
      weights: experiment['ema.halfLife'] > 0 ? 'ema' : 'raw',
      split: 'heldOut',
      notices: [],

      open: (wanted?: BackendName) => {
        series.clear();
        // A new number, so that what the old worker still says is not taken for the new run.
        set({ ...blankRun, runId: get().runId + 1, backend: undefined });
        send({ type: 'prepare', wanted });
      },
      train: () => go('train'),
      pause: () => {
        queued = undefined;
        send({ type: 'pause', runId: get().runId });
      },
      stepOnce: () => go('step'),
      reset: () => {
        queued = undefined;
        create(get().applied);
      },
      restart: () => {
        const { runState, draft } = get();
        queued = runState === 'training' || queued === 'train' ? 'train' : undefined;
        create(draft);
      },
      discard: () => {
        const { applied, draft } = get();
        const back = Object.fromEntries(waiting(get()).map((path) => [path, applied[path]])) as Change;
        set({ draft: { ...draft, ...back } });
      },
      choosePreset: (id: string) => {
        try {
          const next = presetOf(id);
          get().load(next, experimentOf(next));
        } catch (thrown) {
          get().notify(toFailure(thrown));
        }
      },
      load: (preset: Preset, experiment: Experiment) => {
        set({ preset });
        watch({ weights: experiment['ema.halfLife'] > 0 ? 'ema' : 'raw' });
        adopt(experiment);
      },
      change: (path: Path, value: Value) => {
        if (!isValid(path, value) || get().draft[path] === value) return;
        adopt({ ...get().draft, [path]: value });
      },
      setWhich: (which) => set({ which }),
      setSlow: (slow) => watch({ slow }),
      setWeights: (weights) => watch({ weights }),
      setSplit: (split) => watch({ split }),
      notify: (failure) => set({ notices: [...get().notices.slice(-4), { id: ++notices, failure }] }),
      dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
    };
  });

  return { store, series, end: () => stopListening() };
}
