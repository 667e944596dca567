/**
 * `npm run bench -- flat [--first 100] [--last 2000] [--preset tiny] [--backend webgpu]`: tensors and bytes early and
 * late in a run, in the built page and, on WASM, in Node too. WebGPU and WebGL run in software. Exits with 1 where they differ.
 */
import { parseArgs } from 'node:util';
import { InlineEngine } from '../src/client/InlineEngine.ts';
import { experimentOf, presetOf } from '../src/config/presets.ts';
import { nodeStarters } from '../src/engine/backend/node.ts';
import { fileSource } from '../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../src/engine/data/load.ts';
import { resizeDataset } from '../src/engine/data/resize.ts';
import { oneOf } from './engine/options.ts';
import { machine, openRun, stepOf, withPage } from './page.ts';

const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '100' },
    last: { type: 'string', default: '2000' },
    preset: { type: 'string', default: 'tiny' },
    backend: { type: 'string', default: 'wasm' },
  },
});
const backend = oneOf('--backend', values.backend, ['wasm', 'webgpu', 'webgl'] as const);
const first = Number(values.first);
const last = Number(values.last);

interface Point {
  readonly step: number;
  readonly tensors: number;
  readonly bytes: number;
}

/** The first report from each of the two steps on. */
function compare(points: readonly Point[]) {
  const early = points.find(({ step }) => step >= first);
  const late = points.find(({ step }) => step >= last);
  if (!early || !late) throw new Error('the run did not get that far');
  return { early, late, equal: early.tensors === late.tensors && early.bytes === late.bytes };
}

async function inNode() {
  const engine = new InlineEngine(
    async (id, size, onProgress, signal) =>
      resizeDataset(await loadDataset(id, fileSource(), onProgress, signal), size),
    nodeStarters,
  );
  const points: Point[] = [];
  await new Promise<void>((resolve, reject) => {
    engine.listen((event) => {
      if (event.type === 'failed') reject(new Error(JSON.stringify(event.failure)));
      if (event.type === 'prepared') {
        const experiment = { ...experimentOf(presetOf(values.preset)), 'train.limit': 0 };
        engine.send({ type: 'create', runId: 1, experiment, view: { weights: 'ema', split: 'heldOut', slow: false } });
      }
      if (event.type === 'state' && event.state === 'idle') engine.send({ type: 'train', runId: 1 });
      if (event.type === 'progress') {
        const { step, tensors, bytes } = event;
        points.push({ step, tensors, bytes });
        if (step >= last) resolve();
      }
    });
    engine.send({ type: 'prepare', wanted: 'wasm' });
  });
  engine.close();
  return compare(points);
}

const inPage = () =>
  withPage(
    async ({ page, address }) => {
      await page.addInitScript(() => {
        const points: Point[] = [];
        (globalThis as unknown as { points: Point[] }).points = points;
        const NativeWorker = globalThis.Worker;
        globalThis.Worker = class extends NativeWorker {
          constructor(url: string | URL, options?: WorkerOptions) {
            super(url, options);
            this.addEventListener('message', ({ data }) => {
              if (data.type === 'progress') points.push({ step: data.step, tensors: data.tensors, bytes: data.bytes });
            });
          }
        };
      });
      const running = await openRun(page, `${address}?backend=${backend}#v=1&preset=${values.preset}&train.limit=0`);
      const heap = async () => {
        const session = await page.context().newCDPSession(page);
        await session.send('HeapProfiler.collectGarbage');
        const { usedSize } = await session.send('Runtime.getHeapUsage');
        return usedSize;
      };
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      const until = async (step: number) => {
        while ((await stepOf(page)) < step) await page.waitForTimeout(200);
      };
      await until(first);
      const heapEarly = await heap();
      await until(last);
      const heapLate = await heap();
      const points = await page.evaluate(() => (globalThis as unknown as { points: Point[] }).points);
      return { backend: running, ...compare(points), pageHeap: { early: heapEarly, late: heapLate } };
    },
    { gpu: backend === 'wasm' ? 'none' : 'software' },
  );

const node = backend === 'wasm' ? await inNode() : undefined;
const page = await inPage();
console.log(JSON.stringify({ bench: 'flat', preset: values.preset, ...machine, node, page }, null, 2));
process.exit(node?.equal !== false && page.equal ? 0 : 1);
