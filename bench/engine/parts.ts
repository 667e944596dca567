import type { Wanted } from './crew.ts';
import type { Engine } from './engines.ts';
import { productFlops, stepFlops } from './flops.ts';
import { aboutWork, addRows, each, hold, type Run, raceAtStep, type Times } from './measure.ts';
import type { Part } from './options.ts';
import { computedRow } from './report.ts';
import { median } from './statistics.ts';
import { dcganWork, penalisedWork, presetWork, productName, square, stepProducts, type Work } from './works.ts';

/** Matrix products: what bounds everything else. */
async function gemm(run: Run): Promise<void> {
  const { options, crew, limits } = run;
  const native = each('numpy', options.threads);
  // jax-js compiles each product anew, for ten seconds.
  const jax: Wanted[] = options.quick ? [] : [['jax', 1]];
  const engines = await crew.take('wasm', [...each('ours', options.threads), ['stock', 1], ...jax, ...native]);
  for (const product of options.quick ? [square] : [square, ...stepProducts]) {
    const name = productName(product);
    const entrants = engines.map((engine) => ({ who: engine.who, run: (n: number) => engine.matmul(product, n) }));
    const times = await hold(run, name, entrants);
    addRows(run, { work: name, backend: 'wasm', batch: 1 }, engines, times);
    const flops = productFlops(product.rows, product.inner, product.columns);
    for (const { name: kind, who, threads } of engines) {
      const mine = times.get(who);
      const rate = mine ? flops / median(mine) : 0;
      if (kind === 'ours' && threads === 1) limits.wasmThread = Math.max(limits.wasmThread ?? 0, rate);
      if (kind === 'numpy') limits.sgemm.set(threads, Math.max(limits.sgemm.get(threads) ?? 0, rate));
    }
  }
}

/** The DCGAN step on WASM, against everybody. */
async function wasm(run: Run): Promise<void> {
  const { options, crew } = run;
  const { quick, threads } = options;
  const wanted: Wanted[] = [...each('ours', threads), ['stock', 1], ...each('torch', threads)];
  const engines = await crew.take('wasm', wanted);
  const sizes = quick ? ([28] as const) : ([28, 32, 64] as const);
  for (const size of sizes) {
    for (const batch of quick ? [64, 4] : [64, 16, 4]) {
      const work = dcganWork({ size, batch });
      const jax = batch === 4 && size === 28 ? await crew.take('wasm', [['jax', 1]]) : [];
      const there = [...engines, ...jax];
      const times = await raceAtStep(run, work, 'wasm', there, batch === 64);
      addRows(run, aboutWork(work, 'wasm'), there, times);
      addLimits(run, work, there, times);
    }
  }
}

/** What share of the two ceilings the step reaches: that of WASM's fastest product, and that of the machine's BLAS. */
function addLimits({ report, limits }: Run, work: Work, engines: readonly Engine[], times: Times) {
  const flops = stepFlops(work.experiment, work.channels);
  for (const { name, who, threads } of engines) {
    const mine = times.get(who);
    if (name !== 'ours' || !mine) continue;
    const add = (peer: string, rate: number | undefined) => {
      if (rate) report.rows.push(computedRow({ ...aboutWork(work, 'wasm'), threads }, mine, peer, flops / rate));
    };
    add('WASM GEMM ceiling', limits.wasmThread && limits.wasmThread * threads);
    add('SGEMM limit', limits.sgemm.get(threads));
  }
}

/** Ours on the most threads there are. */
async function oursAtMost({ crew, options }: Run): Promise<Engine | undefined> {
  const found = await crew.take('wasm', each('ours', options.threads));
  return found.toSorted((a, b) => b.threads - a.threads)[0];
}

/** Races different works on one engine. */
async function raceWorks(run: Run, what: string, engine: Engine, list: readonly Work[]) {
  const who = ({ name, experiment }: Work) => `${name}, batch ${experiment['train.batch']}`;
  // The engine tells works apart by name.
  const named = list.map((work) => ({ ...work, name: who(work) }));
  for (const work of named) await engine.build(work);
  const entrants = named.map((work) => ({ who: work.name, run: (steps: number) => engine.run(work, steps) }));
  const rules = { ...run.rules, budgetMs: run.rules.budgetMs / (run.options.quick ? 2 : 1) };
  const times = await hold({ ...run, rules }, what, entrants);
  for (const work of named) await engine.drop(work).catch(() => {});
  return (work: Work) => times.get(who(work));
}

/** Whether time follows the operations, whichever of batch, width and image size makes them more. */
async function growth(run: Run): Promise<void> {
  const engine = await oursAtMost(run);
  if (!engine) return;
  const standard = dcganWork({ batch: 64 });
  const others = [
    dcganWork({ batch: 16 }),
    dcganWork({ batch: 256 }),
    dcganWork({ batch: 64, width: 32 }),
    dcganWork({ batch: 64, width: 128 }),
    dcganWork({ batch: 16, size: 32 }),
    dcganWork({ batch: 16, size: 64 }),
  ];
  const timesOf = await raceWorks(run, `growth, ${engine.who}`, engine, [standard, ...others]);
  const base = timesOf(standard);
  if (!base) return;
  const pace = median(base) / stepFlops(standard.experiment, standard.channels);
  for (const work of others) {
    const times = timesOf(work);
    const about = { ...aboutWork(work, 'wasm'), threads: engine.threads };
    const expected = pace * stepFlops(work.experiment, work.channels);
    if (times) run.report.rows.push(computedRow(about, times, 'its FLOPs at the pace of batch 64', expected));
  }
}

/** What a gradient penalty costs beside the plain step. */
async function penalty(run: Run): Promise<void> {
  const engine = await oursAtMost(run);
  if (!engine) return;
  const [plain, penalised] = [dcganWork({ batch: 64 }), penalisedWork(64)];
  const timesOf = await raceWorks(run, `WGAN-GP, ${engine.who}`, engine, [plain, penalised]);
  const [before, after] = [timesOf(plain), timesOf(penalised)];
  if (!before || !after) return;
  const about = { ...aboutWork(penalised, 'wasm'), threads: engine.threads };
  run.report.rows.push(computedRow(about, after, 'our plain step', median(before)));
}

/** What people see first: the presets at the head of the menu, as they ship. */
async function presets(run: Run): Promise<void> {
  const { crew, options } = run;
  const wanted: Wanted[] = [...each('ours', options.threads), ['stock', 1], ...each('torch', options.threads)];
  const engines = await crew.take('wasm', wanted);
  for (const id of options.quick ? ['fashion'] : ['fashion', 'digits', 'avatars']) {
    const work = presetWork(id);
    const times = await raceAtStep(run, work, 'wasm', engines);
    addRows(run, aboutWork(work, 'wasm'), engines, times);
    addLimits(run, work, engines, times);
  }
}

/** The DCGAN step on a GPU, or on what stands in for one. */
const onGpu = (backend: 'webgpu' | 'webgl') => async (run: Run) => {
  const { crew, options } = run;
  const ours = await crew.take(backend, [['ours', 1]]);
  // Without a device for ours there is nothing to compare, and its failure has been noted.
  if (ours.length === 0) return;
  const engines = [...ours, ...(await crew.take(backend, [['stock', 1]]))];
  // In software larger batches take minutes a step.
  for (const batch of options.gpu === 'software' ? [4] : [4, 16, 64]) {
    const work = dcganWork({ batch });
    const times = await raceAtStep(run, work, backend, engines, true);
    addRows(run, aboutWork(work, backend), engines, times);
  }
};

export const partRuns: Readonly<Record<Part, (run: Run) => Promise<void>>> = {
  gemm,
  wasm,
  growth,
  penalty,
  presets,
  webgpu: onGpu('webgpu'),
  webgl: onGpu('webgl'),
};

/** Parts for a browser that has a GPU, or software in its place. */
export const onGpuParts: readonly Part[] = ['webgpu', 'webgl'];
