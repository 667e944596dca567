/** Ways to compute a product; see registers.ts and tiles.ts. */
export const variants = ['registers', 'tiles'] as const;
export type Variant = (typeof variants)[number];

/** Kernels that choose between them, each for itself. */
export const families = ['conv', 'convInput', 'convFilter', 'matMul'] as const;
export type Family = (typeof families)[number];

export type Choice = Readonly<Record<Family, Variant>>;

export function all(variant: Variant): Choice {
  return { conv: variant, convInput: variant, convFilter: variant, matMul: variant };
}
