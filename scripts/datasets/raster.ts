import { npmImport } from './sources.ts';

/** The part of sharp's interface that the build uses. */
interface Pipeline {
  resize(width: number, height: number, options: { kernel: 'cubic' | 'lanczos3' | 'nearest' }): Pipeline;
  extract(box: { left: number; top: number; width: number; height: number }): Pipeline;
  flatten(options: { background: string }): Pipeline;
  toColourspace(space: 'srgb' | 'b-w'): Pipeline;
  removeAlpha(): Pipeline;
  raw(): Pipeline;
  png(options: { compressionLevel: number; palette: boolean }): Pipeline;
  toBuffer(): Promise<Buffer>;
}

type Input = string | Uint8Array;
export type Raw = { readonly width: number; readonly height: number; readonly channels: number };

/** Opens an encoded image (PNG, SVG), or raw values when `raw` gives their shape. */
export async function open(input: Input, raw?: Raw): Promise<Pipeline> {
  const { default: sharp } = await npmImport<{ default: (input: Input, options?: { raw: Raw }) => Pipeline }>('sharp');
  return sharp(input, ...(raw ? [{ raw }] : []));
}

/** The values of a finished pipeline, [height, width, channels]; alpha is laid on white. */
export async function values(pipeline: Pipeline, channels: 1 | 3): Promise<Uint8Array> {
  const space = channels === 1 ? 'b-w' : 'srgb';
  return new Uint8Array(
    await pipeline.flatten({ background: '#fff' }).removeAlpha().toColourspace(space).raw().toBuffer(),
  );
}
