import { usePixelRatio } from '../../ui/usePixelRatio.ts';
import type { Sheet } from '../../worker/protocol.ts';
import { wholeCell } from './layout.ts';
import { SampleCanvas } from './SampleCanvas.tsx';

/** The room for small images. */
export interface Shape {
  readonly columns: number;
  readonly rows: number;
  /** The most a side may be. */
  readonly most: number;
}

interface Props extends Shape {
  readonly title: string;
  readonly items: readonly {
    readonly key: number;
    readonly sheet: Sheet;
    readonly index: number;
    readonly word: string;
  }[];
}

/** Small images with a word under each. */
export function Strip({ title, items, columns, most }: Props) {
  const pixelRatio = usePixelRatio();
  const cell = wholeCell(most, items[0]?.sheet.size ?? most, pixelRatio);
  return (
    <figure className="strip-of-samples">
      <figcaption className="caption">{title}</figcaption>
      <ol style={{ gridTemplateColumns: `repeat(${columns}, ${cell}px)` }}>
        {items.map(({ key, sheet, index, word }) => (
          <li key={key} className="caption">
            <SampleCanvas sheet={sheet} index={index} side={cell} />
            {word}
          </li>
        ))}
      </ol>
    </figure>
  );
}
