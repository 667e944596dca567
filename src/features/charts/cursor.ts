import { createContext } from 'react';

/** The one cursor that goes through all charts. */
export interface Cursor {
  readonly step: number;
  /** Set by finger or key: it stays until sent away. A mouse's goes when the mouse does. */
  readonly pinned: boolean;
}

/** Read inside the charts, so that moving the cursor draws the cursor and not the lines. */
export const CursorContext = createContext<Cursor | undefined>(undefined);
