import { expect, test } from 'vitest';
import { arrows, check, importsOf, loadsTfjs, sourcesUnder } from './check-arrows.ts';

const one = (file: string, source: string) => check(new Map([[file, source]]));

test.each([
  ['src/config/fields.ts', `import { step } from '../engine/step.ts';`, 'config must not know engine'],
  ['src/config/fields.ts', `import type { Step } from '../engine/step.ts';`, 'config must not know engine'],
  ['src/config/fields.ts', `import type { Tensor } from '@tensorflow/tfjs-core';`, 'src/config knows nothing of tfjs'],
  ['src/engine/step.ts', `import type { Command } from '../worker/protocol.ts';`, 'engine must not know worker'],
  ['src/engine/nn/conv.ts', `export { useStore } from '../../state/store.ts';`, 'engine must not know state'],
  ['src/worker/trainer.worker.ts', `import '../client/engine-client.ts';`, 'worker must not know client'],
  ['src/ui/Slider.tsx', `import { useStore } from '../state/store.ts';`, 'ui must not know state'],
  ['src/client/worker-engine.ts', `const s = await import('../engine/session.ts');`, 'may name the types of engine'],
  ['src/features/stage/Stage.tsx', `import { type Grid } from '../../engine/grid.ts';`, 'may name the types of engine'],
  ['src/features/stage/Stage.tsx', `import * as tf from '@tensorflow/tfjs-core';`, 'the page must not load tfjs'],
  ['src/main.tsx', `import { step } from './engine/step.ts';`, 'root must not know engine'],
  ['src/state/store.ts', `import { axe } from '../../e2e/support/axe.ts';`, 'src must not import outside src'],
  ['src/elsewhere/a.ts', `import './b.ts';`, 'src/elsewhere/ has no row'],
])('%s: %s', (file, source, reason) => {
  const wrong = one(file, source);
  expect(wrong).toHaveLength(1);
  expect(wrong[0]).toContain(file);
  expect(wrong[0]).toContain(reason);
});

test.each([
  ['src/engine/step.ts', `import * as tf from '@tensorflow/tfjs-core'; import { seed } from '../config/seed.ts';`],
  ['src/client/worker-engine.ts', `import type { Session } from '../engine/session.ts';`],
  ['src/client/worker-engine.ts', `import { columns } from '../worker/protocol.ts';`],
  ['src/client/inline-engine.ts', `import { Session } from '../engine/session.ts';`],
  ['src/client/client.test.ts', `import { Session } from '../engine/session.ts';`],
  ['src/state/store.ts', `import type { Tensor } from '@tensorflow/tfjs-core';`],
  ['src/features/stage/Stage.tsx', `import { Button } from '../../ui/Button.tsx'; import { Grid } from './Grid.tsx';`],
  ['src/ui/Slider.tsx', `// import { useStore } from '../state/store.ts';\nconst text = "import '../state/store.ts'";`],
])('allowed, %s: %s', (file, source) => {
  expect(one(file, source)).toEqual([]);
});

test('a chain of allowed arrows that ends in tfjs is named from end to end', () => {
  const files = new Map([
    ['src/main.tsx', `import { connect } from './client/connect.ts';`],
    ['src/client/connect.ts', `import { columns } from '../worker/protocol.ts';`],
    ['src/worker/protocol.ts', `import { losses } from '../engine/losses.ts';`],
    ['src/engine/losses.ts', `import * as tf from '@tensorflow/tfjs-core';`],
  ]);
  expect(check(files)).toEqual([
    'the page loads tfjs: src/main.tsx -> src/client/connect.ts -> src/worker/protocol.ts -> src/engine/losses.ts -> @tensorflow/tfjs-core',
  ]);
  files.set('src/worker/protocol.ts', `import type { Losses } from '../engine/losses.ts';`);
  expect(check(files)).toEqual([]);
});

test('reads static, dynamic, re-exporting and type-only imports', () => {
  const source = `import type A from './a.ts'; import b, { type C } from './b.ts'; import './d.css?inline';
    export * from './e.ts'; export type { F } from './f.ts'; const g = () => import('./g.ts');`;
  const found = importsOf('src/ui/x.tsx', source).map(({ to, typeOnly }) => `${to} ${typeOnly}`);
  expect(found).toEqual([
    'src/ui/a.ts true',
    'src/ui/b.ts false',
    'src/ui/d.css false',
    'src/ui/e.ts false',
    'src/ui/f.ts true',
    'src/ui/g.ts false',
  ]);
});

test('the chain search survives a cycle', () => {
  const cycle = [
    { from: 'src/main.tsx', to: 'src/ui/a.ts', typeOnly: false },
    { from: 'src/ui/a.ts', to: 'src/main.tsx', typeOnly: false },
  ];
  expect(loadsTfjs('src/main.tsx', cycle)).toBeUndefined();
});

test('no arrow of the table points up', () => {
  const order = ['config', 'engine', 'worker', 'client', 'state', 'features', 'root'];
  for (const [layer, reach] of Object.entries(arrows)) {
    for (const below of [...reach.run, ...(reach.types ?? [])]) {
      if (order.includes(layer) && order.includes(below)) {
        expect(order.indexOf(below), `${layer} -> ${below}`).toBeLessThan(order.indexOf(layer));
      }
    }
  }
});

test('this repository reads as more than nothing', () => {
  expect(sourcesUnder(process.cwd(), 'src').has('src/config/errors.ts')).toBe(true);
});
