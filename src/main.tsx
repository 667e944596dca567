import { WorkerEngine } from './client/WorkerEngine.ts';
import { start } from './features/shell/start.tsx';

const root = document.getElementById('root');
if (root) {
  // The page's own address goes along as the worker's name: a worker knows only its script's.
  const engine = new WorkerEngine(
    () =>
      new Worker(new URL('./worker/trainer.worker.ts', import.meta.url), { type: 'module', name: document.baseURI }),
  );
  void start(engine, root);
}
