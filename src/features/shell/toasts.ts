import { create } from 'zustand';

/** Short good news. Failures are notices of the store and stay; these go by themselves. */
export interface Toast {
  readonly id: number;
  readonly text: string;
}

interface Toasts {
  readonly toasts: readonly Toast[];
  readonly say: (text: string) => void;
  readonly drop: (id: number) => void;
}

let last = 0;

export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  say: (text) => set(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id: ++last, text }] })),
  drop: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}));
