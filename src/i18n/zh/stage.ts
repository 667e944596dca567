import type { stage as en } from '../en/stage.ts';

export const stage = {} as const satisfies Record<keyof typeof en, unknown>;
