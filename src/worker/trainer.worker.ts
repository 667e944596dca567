import { browserStarters } from '../engine/backend/browser.ts';
import { chooseBackend } from '../engine/backend/choose.ts';
import { watchDevice } from '../engine/backend/loss.ts';
import { loadDataset } from '../engine/data/load.ts';
import { resizeDataset } from '../engine/data/resize.ts';
import { fetchSource } from '../engine/data/source.ts';
import { breathe } from './breathe.ts';
import { dispatcher } from './dispatch.ts';
import { type Command, type Event, transferables } from './protocol.ts';
import { Trainer } from './trainer.ts';

/** A worker knows its script's address only; the page hands its own over as the worker's name. */
const source = fetchSource(self.name);

const emit = (event: Event) => self.postMessage(event, { transfer: transferables(event) });

const trainer = new Trainer({
  emit,
  breathe,
  load: async (id, size, onProgress, signal) => resizeDataset(await loadDataset(id, source, onProgress, signal), size),
});

const dispatch = dispatcher(trainer, emit, async (wanted) => {
  const report = await chooseBackend(browserStarters, wanted);
  watchDevice((error) => trainer.fail(error));
  return report;
});

self.onmessage = (message: MessageEvent<Command>) => dispatch(message.data);
