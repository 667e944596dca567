import { useEffect, useRef } from 'react';
import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { drawSample } from './draw.ts';

interface Props {
  readonly sheet: Sheet;
  readonly index: number;
  /** CSS pixels. */
  readonly side: number;
  readonly label?: string;
}

/** One image, enlarged without smoothing. */
export function SampleCanvas({ sheet, index, side, label }: Props) {
  const element = useRef<HTMLCanvasElement>(null);
  const pixelRatio = usePixelRatio();
  const pixels = Math.round(side * pixelRatio);

  useEffect(() => {
    const context = element.current?.getContext('2d');
    if (context) drawSample(context, sheet, index, 0, 0, pixels);
  }, [sheet, index, pixels]);

  const named = label === undefined ? {} : ({ role: 'img', 'aria-label': label } as const);
  return (
    <canvas
      ref={element}
      className="sample-canvas"
      width={pixels}
      height={pixels}
      style={{ width: side, height: side }}
      {...named}
    />
  );
}
