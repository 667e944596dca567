import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EngineClient } from '../../client/client.ts';
import { signals } from '../../config/signals.ts';
import { DuelContext } from '../../state/react.ts';
import { createDuel, type Duel } from '../../state/store.ts';
import type { Event } from '../../worker/protocol.ts';
import Signals from './Signals.tsx';

// No GPU here; this is the project that runs in a real browser, which has sizes, keys and pointers.

let root: Root;
let place: HTMLElement;
let duel: Duel;
let tell: (event: Event) => void;
let steps: number;

/** Records steps with these losses of D and G; every other signal is 0.5. */
function record(...losses: readonly (readonly [number, number])[]): void {
  const rows = losses.flatMap(([d, g]) => signals.map((name) => ({ lossD: d, lossG: g })[name as string] ?? 0.5));
  steps += losses.length;
  const figures = { epoch: 0, seconds: 0, stepsPerSecond: 0, imagesPerSecond: 0, tensors: 0, bytes: 0 };
  const { runId } = duel.store.getState();
  tell({ type: 'progress', runId, step: steps, rows: Float32Array.from(rows), count: losses.length, ...figures });
}

const plots = () => [...place.querySelectorAll<HTMLElement>('[role=slider][aria-valuetext]')];
const said = (strip: number) => plots()[strip]?.getAttribute('aria-valuetext');
const figures = (strip: number) =>
  [...(place.querySelectorAll('.strip')[strip]?.querySelectorAll('b') ?? [])].map((figure) => figure.textContent);
const drawn = async (lines = 6) => {
  await vi.waitFor(() => expect(place.querySelectorAll('.chart-line')).toHaveLength(lines));
};

beforeEach(async () => {
  await page.viewport(1000, 760);
  place = document.createElement('div');
  place.style.cssText = 'width: 352px; height: 700px; display: flex';
  document.body.append(place);
  const engine: EngineClient = {
    send: () => {},
    listen: (listener) => {
      tell = listener;
      return () => {};
    },
    close: () => {},
  };
  duel = createDuel(engine);
  steps = 0;
  root = createRoot(place);
  root.render(createElement(DuelContext, { value: duel }, createElement(Signals)));
});

afterEach(() => {
  root.unmount();
  place.remove();
});

test('empty axes stand until the first step, then lines with a mark at the end of each', async () => {
  await vi.waitFor(() => expect(place.querySelectorAll('.strip-empty')).toHaveLength(3));
  expect(figures(0)).toEqual(['–', '–']);
  record([1.5, 0.75], [1.25, 1]);
  await drawn();
  expect(place.querySelectorAll('.strip-empty')).toHaveLength(0);
  expect(place.querySelectorAll('.chart-mark')).toHaveLength(12); // six in the legends, six in the plots
  expect(figures(0)).toEqual(['1.25', '1.00']);
  expect(place.querySelector('.chart-line')?.getAttribute('d')?.split('L')).toHaveLength(2);
});

test('whatever the values, no path has a number that is not one, on both scales', async () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, -3, 0, 1e-30, 3e38, 1, 2] as const;
  record(...odd.map((value, i) => [value, odd[odd.length - 1 - i] as number] as const));
  await drawn();
  const log = place.querySelector<HTMLElement>('.strip-log');
  for (let toggles = 0; toggles < 2; toggles++) {
    const paths = [...place.querySelectorAll('.strip-plot path')].map((path) => path.getAttribute('d') ?? '');
    expect(paths.length).toBeGreaterThan(12);
    expect(paths.filter((path) => /NaN|Infinity|undefined/.test(path))).toEqual([]);
    await userEvent.click(log as HTMLElement);
  }
  expect(log?.getAttribute('aria-pressed')).toBe('false');
});

test('keys move one cursor through all charts, and Escape goes back to now', async () => {
  record([1, 10], [2, 20], [3, 30]);
  await drawn();
  plots()[0]?.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(figures(0)).toEqual(['2.00', '20.0']);
  expect(said(0)).toBe('step 2: D 2.00, G 20.0');
  expect(said(1)).toMatch(/^step 2: /);
  expect(place.querySelectorAll('.chart-cursor')).toHaveLength(3);
  await userEvent.keyboard('{Home}');
  expect(figures(0)).toEqual(['1.00', '10.0']);
  record([4, 40]);
  await vi.waitFor(() => expect(plots()[0]?.getAttribute('aria-valuemax')).toBe('4'));
  expect(figures(0)).toEqual(['1.00', '10.0']);
  await userEvent.keyboard('{Escape}');
  expect(figures(0)).toEqual(['4.00', '40.0']);
  expect(place.querySelectorAll('.chart-cursor')).toHaveLength(0);
});

test('the mouse shows the step under it without drawing a line anew, and takes the cursor with it', async () => {
  record(...Array.from({ length: 50 }, (_, i) => [i + 1, 1] as const));
  await drawn();
  const changes: MutationRecord[] = [];
  const lines = [...place.querySelectorAll('.chart-line')];
  const observer = new MutationObserver((records) => changes.push(...records));
  for (const line of lines) observer.observe(line, { attributes: true });
  await userEvent.hover(plots()[1] as HTMLElement, { position: { x: 180, y: 20 } });
  await vi.waitFor(() => expect(place.querySelectorAll('.chart-cursor')).toHaveLength(3));
  const at = Number(plots()[0]?.getAttribute('aria-valuenow'));
  expect(at).toBeGreaterThan(20);
  expect(at).toBeLessThan(32);
  expect(figures(0)[0]).toBe(at.toPrecision(3));
  await userEvent.hover(place.querySelector('h2') as HTMLElement);
  await vi.waitFor(() => expect(place.querySelectorAll('.chart-cursor')).toHaveLength(0));
  observer.disconnect();
  expect(changes).toEqual([]);
});

test('full screen holds the same charts; Escape gives up the cursor first, then the screen', async () => {
  record([1, 2], [3, 4]);
  await drawn();
  await userEvent.click(place.querySelector('button.signals-full') as HTMLElement);
  await drawn();
  const dialog = () => place.querySelector('dialog');
  expect(dialog()?.open).toBe(true);
  await vi.waitFor(() => expect(document.activeElement).toBe(plots()[0]));
  await userEvent.keyboard('{ArrowLeft}');
  expect(figures(3)).toEqual(['1.00', '2.00']); // the column behind shows empty axes
  await userEvent.keyboard('{Escape}');
  expect(dialog()?.open).toBe(true);
  await userEvent.keyboard('{Escape}');
  await vi.waitFor(() => expect(dialog()).toBeNull());
  await drawn();
});

test('a new run begins with empty axes and no cursor', async () => {
  record([1, 2], [3, 4]);
  await drawn();
  plots()[0]?.focus();
  await userEvent.keyboard('{ArrowLeft}');
  duel.store.getState().reset();
  steps = 0;
  await vi.waitFor(() => expect(place.querySelectorAll('.strip-empty')).toHaveLength(3));
  record([5, 6], [7, 8]);
  await drawn();
  expect(figures(0)).toEqual(['7.00', '8.00']);
});
