/** Ways to compute a product; see registers.ts and tiles.ts. */
export const variants = ['registers', 'tiles'] as const;
export type Variant = (typeof variants)[number];

/** Kernels that choose between them, each for itself. */
export const families = ['conv', 'convInput', 'convFilter', 'matMul'] as const;
export type Family = (typeof families)[number];

export type Choice = Readonly<Record<Family, Variant>>;

/** Where nothing is known of the device. */
export const startingChoice: Choice = all('registers');

export function all(variant: Variant): Choice {
  return { conv: variant, convInput: variant, convFilter: variant, matMul: variant };
}

/** @param value whatever was stored */
export function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  const known: readonly string[] = families;
  const named: readonly unknown[] = variants;
  return (
    entries.length === known.length && entries.every(([key, variant]) => known.includes(key) && named.includes(variant))
  );
}
