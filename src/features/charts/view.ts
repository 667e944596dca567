import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { allStrips } from './strips.ts';

/** How a person wants the charts drawn. Outside the components, so that it outlives their loading and full screen. */
interface View {
  /** Weight of the moving average, 0 to 0.99. */
  readonly smoothing: number;
  /** The charts on a log scale, by id. */
  readonly log: ReadonlySet<string>;
}

/** TensorBoard's default weight is 0.6. */
const view = createStore<View>(() => ({
  smoothing: 0.6,
  log: new Set(allStrips.filter((strip) => strip.log).map((strip) => strip.id)),
}));

export const useView = <Slice>(select: (state: View) => Slice): Slice => useStore(view, select);

export const setSmoothing = (smoothing: number) => view.setState({ smoothing });

export function toggleLog(id: string): void {
  const log = new Set(view.getState().log);
  if (!log.delete(id)) log.add(id);
  view.setState({ log });
}
