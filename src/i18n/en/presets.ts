/** Words of the presets. */
export const presets = {} as const;
