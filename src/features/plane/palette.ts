import { coloursOf, type Rgb } from '../stage/colours.ts';

/** Colours for the canvas, in the theme that is shown. */
export interface Palette {
  readonly real: string;
  readonly fake: string;
  readonly judge: string;
  readonly line: string;
  readonly quiet: string;
  readonly hairline: string;
  readonly halo: string;
  readonly warning: string;
  /** D's opinion in 256 shades, as RGBA for a canvas: violet below the middle, the bare surface at it, teal above. */
  readonly field: Uint32Array;
}

/** Of the side's colour in the field at its strongest: points must stand out of it. */
const strongest = 0.4;

const css = ([r, g, b]: Rgb) => `rgb(${r} ${g} ${b})`;

function fieldOf(surface: Rgb, fake: Rgb, real: Rgb): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, shade) => {
    // Slow at first: where D is unsure the surface stays bare.
    const away = Math.abs(shade / 127.5 - 1) ** 1.4;
    const side = shade < 127.5 ? fake : real;
    const mix = surface.map((part, i) => Math.round(part + ((side[i] as number) - part) * away * strongest));
    return 0xff000000 | ((mix[2] as number) << 16) | ((mix[1] as number) << 8) | (mix[0] as number);
  });
}

export function paletteOf(): Palette {
  const colours = coloursOf({
    surface: '--surface-panel',
    real: '--real',
    fake: '--fake',
    judge: '--ink-strong',
    line: '--ink-normal',
    quiet: '--ink-quiet',
    hairline: '--line-hairline',
    warning: '--state-warning',
  });
  return {
    real: css(colours.real),
    fake: css(colours.fake),
    judge: css(colours.judge),
    line: css(colours.line),
    quiet: css(colours.quiet),
    hairline: css(colours.hairline),
    halo: css(colours.surface),
    warning: css(colours.warning),
    field: fieldOf(colours.surface, colours.fake, colours.real),
  };
}
