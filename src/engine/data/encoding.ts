/**
 * How a packed file holds pixels. A pixel value v in 0…255 is stored as the level round(v (levels - 1) / 255) and read
 * back as round(level 255 / (levels - 1)), so 0 and 255 are exact. The error is at most 8 of 255 with 16 levels and 2 with 64.
 */
export interface Encoding {
  readonly levels: number;
  /** Levels in one byte; of two, the first lies in the high nibble. */
  readonly perByte: 1 | 2;
}

export const encodings = {
  u8: { levels: 256, perByte: 1 },
  u6: { levels: 64, perByte: 1 },
  u4: { levels: 16, perByte: 2 },
} as const satisfies Record<string, Encoding>;

export type EncodingId = keyof typeof encodings;

export const encodingIds = Object.keys(encodings) as EncodingId[];

/** Bytes that `pixels` values take; the build packs an even number of values an image. */
export function packedLength(encoding: Encoding, pixels: number): number {
  return Math.ceil(pixels / encoding.perByte);
}

/** The 0…255 values of `pixels` packed levels, or undefined where a byte is not a level. */
export function unpack(encoding: Encoding, packed: Uint8Array, pixels: number): Uint8Array<ArrayBuffer> | undefined {
  if (packed.length !== packedLength(encoding, pixels)) return undefined;
  const { levels, perByte } = encoding;
  const values = Uint8Array.from({ length: levels }, (_, level) => Math.round((level * 255) / (levels - 1)));
  const out = new Uint8Array(pixels);
  if (perByte === 2) {
    for (let i = 0; i < pixels; i++) {
      const byte = packed[i >> 1] as number;
      out[i] = values[i & 1 ? byte & 15 : byte >> 4] as number;
    }
    return out;
  }
  for (let i = 0; i < pixels; i++) {
    const level = packed[i] as number;
    if (level >= levels) return undefined;
    out[i] = values[level] as number;
  }
  return out;
}
