/** Words of the fields. */
export const fields = {} as const;
