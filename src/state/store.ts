import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineClient } from '../client/client.ts';
import type { BackendName } from '../config/backends.ts';
import { type Failure, toFailure } from '../config/errors.ts';
import { type Change, differingPaths, type Experiment, isShown, type Value } from '../config/experiment.ts';
import { fieldOf, type Path } from '../config/fields.ts';
import { defaultPreset, experimentOf, type Preset, presetOf } from '../config/presets.ts';
import { isValid } from '../config/validate.ts';
import type { Command, Event, View, Weights } from '../worker/protocol.ts';
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

/**
 * What waits for a restart, in the table's order; settings not shown do not count. A live setting is among them only
 * where a preset or a link brought it: those come whole or not at all.
 */
export function waiting(state: Pick<DuelState, 'draft' | 'applied'>): Path[] {
  return differingPaths(state.applied, state.draft).filter(
    (path) => isShown(path, state.draft) || isShown(path, state.applied),
  );
}

/** Failures after which the engine is as good as before; after any other it is begun anew. */
function leavesEngineSound({ code }: Failure): boolean {
  return code.startsWith('data-') || code === 'not-finite' || code === 'experiment-invalid';
}

/** Averaged samples where an average is kept. */
function usualWeights(experiment: Experiment): Weights {
  return experiment['ema.halfLife'] > 0 ? 'ema' : 'raw';
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
  styles: undefined,
  plane: undefined,
  measured: undefined,
  phase: undefined,
  queued: undefined,
  failure: undefined,
};

/**
 * Binds a store to an engine.
 * @param start the experiment to open with (from the link), or the default; a person's own points from before
 */
export function createDuel(
  engine: EngineClient,
  start: { presetId?: string; experiment?: Experiment; points?: Float32Array | undefined } = {},
): Duel {
  const series = new SeriesStore();
  let notices = 0;
  /** What to build once a backend has been chosen, where that is not the draft. */
  let next: Experiment | undefined;
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

    const create = (experiment: Experiment, queued?: Run['queued']) => {
      forgetRebuild();
      const { failure, backend, preset, weights, applied } = get();
      if (failure && !leavesEngineSound(failure)) {
        next = experiment;
        get().open(backend?.chosen);
        set({ queued });
        return;
      }
      const runId = get().runId + 1;
      series.clear();
      const averagingBegins = applied['ema.halfLife'] === 0;
      const shown = usualWeights(experiment) === 'raw' || averagingBegins ? usualWeights(experiment) : weights;
      set({ ...blankRun, runId, applied: experiment, appliedPreset: preset, weights: shown, queued });
      const { points } = get();
      const own = experiment['data.set'] === 'points' && points !== undefined;
      send({ type: 'create', runId, experiment, view: view(), ...(own && { points }) });
    };

    /** Asks the run to go on, or remembers to once it is built. A fresh run first takes in what waits. */
    const go = (what: 'train' | 'step') => {
      const state = get();
      if (state.runState === 'failed') return;
      if (rebuild !== undefined || (state.step === 0 && waiting(state).length > 0)) create(state.draft);
      if (get().runState === 'preparing') {
        set({ queued: what });
        return;
      }
      const { runId, which } = get();
      send(what === 'train' ? { type: 'train', runId } : { type: 'step', runId, which });
    };

    /** A fresh run takes in what waits, since nothing is lost by it; `stale`: what it is built with has changed. */
    const rebuildIfFresh = (stale: boolean) => {
      const state = get();
      forgetRebuild();
      const fresh = state.step === 0 && (state.runState === 'idle' || state.runState === 'preparing');
      // A slider being dragged must not build a run for every value it passes.
      if (fresh && state.backend && (stale || waiting(state).length > 0)) {
        rebuild = setTimeout(() => create(get().draft, get().queued), 300);
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
      if (event.type === 'prepared') {
        const experiment = next ?? get().draft;
        next = undefined;
        create(experiment, get().queued);
      }
      const { queued } = get();
      if (event.type === 'state' && event.state === 'idle' && queued) {
        set({ queued: undefined });
        go(queued);
      }
      if (event.type === 'failed') set({ queued: undefined });
    };
    stopListening = engine.listen(onEvent);

    return {
      ...blankRun,
      runId: 0,
      backend: undefined,
      preset,
      appliedPreset: preset,
      draft: experiment,
      applied: experiment,
      points: start.points,
      which: 'both',
      slow: false,
      weights: usualWeights(experiment),
      split: 'heldOut',
      notices: [],

      open: (wanted?: BackendName) => {
        forgetRebuild();
        series.clear();
        // A new number, so that what the old worker still says is not taken for the new run.
        set({ ...blankRun, runId: get().runId + 1, backend: undefined });
        send({ type: 'prepare', wanted });
      },
      train: () => go('train'),
      pause: () => {
        set({ queued: undefined });
        send({ type: 'pause', runId: get().runId });
      },
      stepOnce: () => go('step'),
      reset: () => create(get().applied),
      restart: () => {
        const { runState, draft, queued } = get();
        create(draft, runState === 'training' || queued === 'train' ? 'train' : undefined);
      },
      discard: () => set({ draft: get().applied, preset: get().appliedPreset }),
      choosePreset: (id: string) => {
        try {
          const next = presetOf(id);
          get().load(next, experimentOf(next));
        } catch (thrown) {
          get().notify(toFailure(thrown));
        }
      },
      load: (preset: Preset, experiment: Experiment) => {
        set({ preset, draft: experiment });
        rebuildIfFresh(false);
      },
      change: (path: Path, value: Value) => {
        const { draft, applied, runId, facts } = get();
        if (!isValid(path, value) || draft[path] === value) return;
        set({ draft: { ...draft, [path]: value } });
        const { live } = fieldOf(path);
        if (live) {
          set({ applied: { ...applied, [path]: value } });
          if (facts) send({ type: 'apply', runId, change: { [path]: value } as Change });
        }
        rebuildIfFresh(live && !facts);
      },
      setPoints: (points) => {
        set({ points });
        const { draft, applied, step } = get();
        if (draft['data.set'] !== 'points') return;
        if (step > 0 && applied['data.set'] === 'points') get().restart();
        else rebuildIfFresh(true);
      },
      setWhich: (which) => set({ which }),
      setSlow: (slow) => watch({ slow }),
      setWeights: (weights) => watch({ weights }),
      setSplit: (split) => watch({ split }),
      askStyles: (crossover) => send({ type: 'styles', runId: get().runId, crossover }),
      notify: (failure) => set({ notices: [...get().notices.slice(-4), { id: ++notices, failure }] }),
      dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
    };
  });

  return { store, series, end: () => stopListening() };
}
