import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../config/experiment.ts';
import { signalIndex, signals } from '../config/signals.ts';
import { nodeStarters } from './backend/node.ts';
import { Session } from './session.ts';
import { use } from './testing/backends.ts';
import { type Act, apply, run, step, steps } from './testing/runs.ts';
import { squares, tinyExperiment } from './testing/tiny.ts';
import { expectClose } from './testing/values.ts';

beforeAll(() => use(nodeStarters, 'wasm'));

describe('live settings', () => {
  test('a change before the first step is as if the run had begun with it', async () => {
    const change = {
      'd.lr': 5e-3,
      'g.beta1': 0.2,
      'objective.realLabel': 0.8,
      'train.batch': 6,
      'model.dropoutD': 0.2,
    };
    expect(await run({}, [apply(change), ...steps(2)])).toEqual(await run(change, steps(2)));
  });

  test('a change taken back before a step is none', async () => {
    const there = apply({ 'd.lr': 0.05, 'objective.loss': 'minimax' });
    const back = apply({ 'd.lr': 2e-3, 'objective.loss': 'nonSaturating' });
    expect(await run({}, [step, there, back, step])).toEqual(await run({}, steps(2)));
  });

  test('a change applies from the next step on, not before', async () => {
    const [plain, changed] = [await run({}, steps(3)), await run({}, [step, step, apply({ 'd.lr': 0.02 }), step])];
    const width = signals.length;
    expect(changed.rows.slice(0, 2 * width)).toEqual(plain.rows.slice(0, 2 * width));
    // D's signals of the third step come before its move, G's after it.
    expect(changed.rows[2 * width + signalIndex('gradD')]).toBe(plain.rows[2 * width + signalIndex('gradD')]);
    expect(changed.rows[2 * width + signalIndex('lossG')]).not.toBe(plain.rows[2 * width + signalIndex('lossG')]);
  });

  test('half the learning rate of plain gradient descent, half the way', async () => {
    const sgd = { 'd.optimiser': 'sgd', 'd.lr': 0.02 } as const;
    const onlyD: Act = (session) => session.advance('D');
    const before = await run(sgd, [onlyD]);
    const whole = await run(sgd, [onlyD, onlyD]);
    const half = await run(sgd, [onlyD, apply({ 'd.lr': 0.01 }), onlyD]);
    const last = before.weights.length - 2;
    const way = (to: typeof before) =>
      (to.weights[last] as number[]).map((value, i) => value - (before.weights[last]?.[i] as number));
    expect(Math.max(...way(whole).map(Math.abs))).toBeGreaterThan(1e-4);
    expectClose(
      way(half),
      way(whole).map((value) => value / 2),
      1e-7,
    );
  });

  test('the decay reaches the optimisers: from the horizon on, a twentieth', async () => {
    const sgd = { 'd.optimiser': 'sgd', 'd.lr': 0.02, 'optim.horizon': 100 } as const;
    const onlyG: Act = (session) => session.advance('G');
    const past = new Array<Act>(100).fill(onlyG);
    const still = { 'g.optimiser': 'sgd', 'g.lr': 1e-5 } as const;
    const runs = [];
    for (const decay of ['none', 'linear'] as const) {
      // G's rate decays too, so the two runs get their G from one without decay and switch for D's one step.
      const acts = [...past, apply({ 'optim.decay': decay }), (session: Session) => session.advance('D')];
      runs.push(await run({ ...sgd, ...still, 'optim.decay': 'none' }, acts));
    }
    const start = await run({ ...sgd, ...still }, past);
    const [none, linear] = runs.map(({ weights }) =>
      (weights.at(-2) as number[]).map((value, i) => value - (start.weights.at(-2)?.[i] as number)),
    ) as [number[], number[]];
    expect(Math.max(...none.map(Math.abs))).toBeGreaterThan(1e-4);
    expectClose(
      linear,
      none.map((value) => value / 20),
      1e-7,
    );
  });

  test.each<[string, Change]>([
    ['a setting that needs a restart', { 'model.latent': 16 }],
    ['a value out of range', { 'd.lr': 5 }],
    ['NaN', { 'd.lr': Number.NaN }],
    ['an unknown setting', { 'd.speed': 1 } as Change],
  ])('%s is refused with its name, and nothing of the change is taken', (_, bad) => {
    const session = new Session(tinyExperiment(), squares(1));
    const before = session.experiment;
    expect(() => session.apply({ 'g.lr': 0.01, ...bad })).toThrow(
      expect.objectContaining({
        code: 'experiment-invalid',
        detail: expect.objectContaining({ setting: Object.keys(bad)[0] }),
      }),
    );
    expect(session.experiment).toEqual(before);
    session.dispose();
  });
});
