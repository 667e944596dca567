import type { fields as en } from '../en/fields.ts';

export const fields = {} as const satisfies Record<keyof typeof en, unknown>;
