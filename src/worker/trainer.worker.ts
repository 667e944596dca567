import { type ErrorCode, toFailure } from '../config/errors.ts';
import { browserStarters } from '../engine/backend/browser.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { watchDevice } from '../engine/backend/loss.ts';
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

const load: TrainerHost['load'] = async (id, size, onProgress, signal) => {
  const stored = await loadDataset(id, source, onProgress, signal).catch((thrown: unknown) => {
    if (!damage.includes(toFailure(thrown).code)) throw thrown;
    return loadDataset(id, freshSource, onProgress, signal);
  });
  return resizeDataset(stored, size);
};

const emit = (event: Event) => self.postMessage(event, { transfer: transferables(event) });

const trainer = new Trainer({ emit, breathe, load });

const dispatch = dispatcher(trainer, emit, async (wanted) => {
  const report = await chooseBackend(browserStarters, wanted);
  watchDevice((error) => trainer.fail(error));
  return report;
});

self.onmessage = (message: MessageEvent<Command>) => dispatch(message.data);
