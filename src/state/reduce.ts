import type { BackendReport, WasmFacts } from '../config/backends.ts';
import { signals } from '../config/signals.ts';
import type { Event, PlaneView } from '../worker/protocol.ts';
import type { Run } from './state.ts';

/** The part of the run's state that an event changes. Pure. */
export function reduceEvent(run: Run, event: Event): Partial<Run> {
  switch (event.type) {
    case 'prepared':
      return { backend: event.report };
    case 'threads':
      return run.backend ? { backend: withThreads(run.backend, event.wasm) } : {};
    case 'loading':
      return { loading: { loaded: event.loaded, total: event.total } };
    case 'ready':
      return { facts: event.facts, loading: undefined };
    case 'state':
      return { runState: event.state, ...(event.state === 'training' ? {} : { phase: undefined }) };
    case 'progress': {
      const { type: _, runId: __, rows, count, ...figures } = event;
      return { ...figures, latest: latestOf(run.latest, rows, count), seriesVersion: run.seriesVersion + 1 };
    }
    case 'samples':
      return event.sheet.side === 'generated' ? { generated: event.sheet } : { real: event.sheet };
    case 'styles':
      return { styles: event.styles };
    case 'plane':
      return { plane: event.view, ...measuredIn(run, event.view) };
    case 'phase':
      return { phase: event.phase };
    case 'failed':
      return { runState: 'failed', failure: event.failure, loading: undefined };
  }
}

/** Points to measure stay until newer ones come, unless they are of other weights. */
function measuredIn(run: Run, view: PlaneView): Pick<Run, 'measured'> {
  if (view.kind === 'dirac') return { measured: undefined };
  const same = run.plane?.weights === view.weights;
  return { measured: view.measured ?? (same ? run.measured : undefined) };
}

function withThreads(report: BackendReport, wasm: WasmFacts): BackendReport {
  const candidates = report.candidates.map((one) => (one.name === 'wasm' ? { ...one, wasm } : one));
  return report.chosen === 'wasm' ? { ...report, wasm, candidates } : report;
}

/** The newest finite value of each signal, keeping the older one where the new rows have none. */
function latestOf(known: Run['latest'], rows: Float32Array, count: number): Run['latest'] {
  const latest = { ...known };
  const width = signals.length;
  signals.forEach((signal, column) => {
    for (let row = count - 1; row >= 0; row--) {
      const value = rows[row * width + column] as number;
      if (!Number.isNaN(value)) {
        latest[signal] = value;
        return;
      }
    }
  });
  return latest;
}
