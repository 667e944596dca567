import { create } from 'zustand';
import type { Sheet } from '../../worker/protocol.ts';

/** What a person looks at on the stage; it outlives the view being left on a phone. */
export interface Chosen {
  readonly side: Sheet['side'];
  readonly index: number;
}

interface View {
  readonly chosen: Chosen;
  readonly enlarged: boolean;
  /** D's opinion under each sample. */
  readonly bars: boolean;
  readonly choose: (side: Sheet['side'], index: number) => void;
  readonly enlarge: (on: boolean) => void;
  readonly showBars: (on: boolean) => void;
}

export const useStageView = create<View>()((set) => ({
  chosen: { side: 'generated', index: 0 },
  enlarged: false,
  bars: true,
  choose: (side, index) => set({ chosen: { side, index } }),
  enlarge: (enlarged) => set({ enlarged }),
  showBars: (bars) => set({ bars }),
}));
