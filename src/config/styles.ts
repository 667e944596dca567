/** What the page shows of a generator with styles: a table of mixes, and the way from the mean image to a few others. */
export const coarseCount = 4;
export const fineCount = 5;
export const sweepRows = 3;
export const psis = [0, 0.25, 0.5, 0.75, 1] as const;
