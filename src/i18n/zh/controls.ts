import type { controls as en } from '../en/controls.ts';

export const controls = {} as const satisfies Record<keyof typeof en, unknown>;
