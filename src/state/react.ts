import { createContext, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { SeriesStore } from './series.ts';
import type { DuelState } from './state.ts';
import type { Duel } from './store.ts';

export const DuelContext = createContext<Duel | undefined>(undefined);

function useContextOfDuel(): Duel {
  const duel = useContext(DuelContext);
  if (!duel) throw new Error('a part of the page stands outside <DuelContext>');
  return duel;
}

/** The slice of the page's state that a part draws; it draws again only when that slice changes. */
export function useDuel<Slice>(select: (state: DuelState) => Slice): Slice {
  return useStore(useContextOfDuel().store, select);
}

/** A slice that is looked at every `ms` only: for what is dear to draw and changes many times a second. */
export function useCalmDuel<Slice>(select: (state: DuelState) => Slice, ms: number): Slice {
  const { store } = useContextOfDuel();
  const [slice, setSlice] = useState(() => select(store.getState()));
  useEffect(() => {
    const timer = setInterval(() => setSlice(() => select(store.getState())), ms);
    return () => clearInterval(timer);
  }, [store, select, ms]);
  return slice;
}

/** The store itself, for handlers that read or act at an event and must not draw again for it. */
export function useDuelStore(): Duel['store'] {
  return useContextOfDuel().store;
}

/** What the charts read. It does not cause a redraw: `seriesVersion` does. */
export function useSeries(): SeriesStore {
  return useContextOfDuel().series;
}
