export const costs: Readonly<Record<string, number>> = {};
