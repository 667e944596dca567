/** Room round the lines of a plot, in CSS pixels: figures of the axis to the left, half an end mark to the right. */
export const margin = { top: 6, right: 7, bottom: 5, left: 39 } as const;

/** The share of the plot's width at which a step stands. */
export function shareOf(step: number, from: number, to: number): number {
  return (step - from) / (to - from);
}
