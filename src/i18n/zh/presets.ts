import type { presets as en } from '../en/presets.ts';

export const presets = {} as const satisfies Record<keyof typeof en, unknown>;
