import './plot.css';
import { memo } from 'react';
import { ComposedChart, XAxis, YAxis } from 'recharts';
import { CursorMark } from './CursorMark.tsx';
import { Grid } from './Grid.tsx';
import { margin } from './geometry.ts';
import { Lines } from './Lines.tsx';
import { type Plotted, PlottedContext } from './plotted.ts';
import { type Axis, sameAxis } from './scale.ts';
import type { StripSpec } from './strips.ts';

interface FrameProps {
  readonly spec: StripSpec;
  readonly axis: Axis;
  readonly width: number;
  readonly height: number;
}

/**
 * The picture of a strip: recharts' chart, axes and scales, with layers of our own on them.
 *
 * recharts' `Line`, `Area`, axes and tooltip go through its store and measure themselves at every change: three strips
 * cost the main thread 36 ms a redraw that way, too much several times a second. So the chart is told only of its size and
 * its scales, which seldom change; what does change reaches the layers by a context, past the chart. For the same reason its
 * horizontal scale is the share of the run, 0 to 1, and not the step.
 */
export const Plot = memo(function Plot({ rows, from, to, ...frame }: FrameProps & Plotted) {
  return (
    <PlottedContext value={{ rows, from, to }}>
      <Frame {...frame} />
    </PlottedContext>
  );
});

/** recharts gives no scales to a chart without data. */
const ends = [{ share: 0 }, { share: 1 }];

const Frame = memo(
  function Frame({ spec, axis, width, height }: FrameProps) {
    return (
      <ComposedChart
        data={ends}
        width={width}
        height={height}
        margin={margin}
        accessibilityLayer={false}
        className="chart-plot"
      >
        <XAxis dataKey="share" type="number" domain={[0, 1]} niceTicks="none" allowDataOverflow hide />
        <YAxis
          type="number"
          domain={axis.domain as [number, number]}
          scale={axis.log ? 'log' : 'linear'}
          niceTicks="none"
          allowDataOverflow
          hide
        />
        <Grid axis={axis} guide={spec.guide?.value} />
        <Lines spec={spec} />
        <CursorMark spec={spec} />
      </ComposedChart>
    );
  },
  (a, b) => a.spec === b.spec && a.width === b.width && a.height === b.height && sameAxis(a.axis, b.axis),
);
