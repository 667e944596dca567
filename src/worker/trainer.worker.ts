import { type ErrorCode, toFailure } from '../config/errors.ts';
import { browserStarters } from '../engine/backend/browser.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { watchDevice } from '../engine/backend/loss.ts';
import type { Dataset } from '../engine/data/dataset.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
import { fetchSource } from '../engine/data/source.ts';
import { breathe } from './breathe.ts';
import { dispatcher } from './dispatch.ts';
import { type Command, type Event, transferables } from './protocol.ts';
import { Trainer, type TrainerHost } from './trainer.ts';

/** A worker knows its script's address only; the page hands its own over as the worker's name. */
const source = fetchSource(self.name);
/** Passes over the browser's cache: a damaged file may sit there. */
const freshSource = fetchSource(self.name, { cache: 'reload' });
const damage: readonly ErrorCode[] = ['data-damaged', 'data-truncated', 'data-manifest'];

/** The set in use, so that a reset neither loads nor resizes it again. */
let kept: { readonly key: string; readonly dataset: Dataset } | undefined;

const load: TrainerHost['load'] = async (id, size, onProgress, signal) => {
  const key = `${id} at ${size}`;
  if (kept?.key === key) return kept.dataset;
  const stored = await loadDataset(id, source, onProgress, signal).catch((thrown: unknown) => {
    if (!damage.includes(toFailure(thrown).code)) throw thrown;
    return loadDataset(id, freshSource, onProgress, signal);
  });
  const dataset = resizeDataset(stored, size);
  kept = { key, dataset };
  return dataset;
};

const emit = (event: Event) => self.postMessage(event, { transfer: transferables(event) });

const trainer = new Trainer({ emit, breathe, load });

const dispatch = dispatcher(trainer, emit, async (wanted) => {
  const report = await chooseBackend(browserStarters, wanted, { onThreads: (wasm) => emit({ type: 'threads', wasm }) });
  watchDevice((error) => trainer.fail(error));
  return report;
});

self.onmessage = (message: MessageEvent<Command>) => dispatch(message.data);
