import type { CloudView, Field, PlaneFacts } from '../../worker/protocol.ts';
import { type Line, levelLines } from './contours.ts';
import type { Coverage } from './coverage.ts';
import type { Layers } from './layers.ts';
import { type Level, type Scale, scaleOf } from './opinion.ts';
import type { Palette } from './palette.ts';
import { type Projection, ticksOf } from './projection.ts';

/** The plane to canvas, layer by layer. Lengths are CSS pixels; the context is scaled to device pixels. */

export interface Scene {
  readonly view: CloudView;
  readonly layers: Layers;
  /** Where the clusters are and which of them are covered; only of worlds made of clusters. */
  readonly modes?: PlaneFacts['modes'] | undefined;
  readonly coverage?: Coverage | undefined;
  /** Earlier places of the generated points, oldest first, each [n, 2]. */
  readonly trail: readonly Float32Array[];
  /** Levels to draw beside the present ones, pale: what D said before its update. */
  readonly before?: Field | undefined;
  readonly figure: (x: number) => string;
}

type Context = CanvasRenderingContext2D;

/** A canvas for the field at one pixel a cell, used again and again. */
let scratch: Context | undefined;

function scratchOf(k: number): Context | undefined {
  if (!scratch) {
    const canvas = document.createElement('canvas');
    scratch = canvas.getContext('2d', { willReadFrequently: true }) ?? undefined;
  }
  if (scratch && scratch.canvas.width !== k) {
    scratch.canvas.width = k;
    scratch.canvas.height = k;
  }
  return scratch;
}

/** D's opinion as a smooth picture: one pixel a cell, enlarged. */
function drawField(
  context: Context,
  { values, k, extent }: Field,
  scale: Scale,
  at: Projection,
  palette: Palette,
): void {
  const small = scratchOf(k);
  if (!small) return;
  const image = new ImageData(k, k);
  const out = new Uint32Array(image.data.buffer);
  for (let row = 0; row < k; row++) {
    // The plane's first row lies lowest, the picture's highest.
    const target = (k - 1 - row) * k;
    for (let column = 0; column < k; column++) {
      const shade = scale.shade(values[row * k + column] as number);
      if (!Number.isNaN(shade)) out[target + column] = palette.field[Math.round(shade * 255)] as number;
    }
  }
  small.putImageData(image, 0, 0);
  const [left, top] = [at.x(extent.xMin), at.y(extent.yMax)];
  context.imageSmoothingEnabled = true;
  context.drawImage(small.canvas, left, top, at.x(extent.xMax) - left, at.y(extent.yMin) - top);
}

/** A line in grid units as a path on the canvas. */
function pathOf({ points, closed }: Line, { k, extent }: Field, at: Projection): Path2D {
  const path = new Path2D();
  const [width, height] = [(extent.xMax - extent.xMin) / k, (extent.yMax - extent.yMin) / k];
  for (let i = 0; i < points.length; i += 2) {
    const x = at.x(extent.xMin + ((points[i] as number) + 0.5) * width);
    const y = at.y(extent.yMin + ((points[i + 1] as number) + 0.5) * height);
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  if (closed) path.closePath();
  return path;
}

function drawText(context: Context, palette: Palette, colour: string, text: string, x: number, y: number): void {
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = palette.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** Lines shorter than this many grid points carry no figure. */
const leastLabelled = 14;
const labelsOfALevel = 2;

/** Where the figure of a line stands: its highest point. */
function summitOf({ points }: Line): readonly [number, number] {
  let best = 1;
  for (let i = 3; i < points.length; i += 2) if ((points[i] as number) > (points[best] as number)) best = i;
  return [points[best - 1] as number, points[best] as number];
}

function drawLevels(
  context: Context,
  field: Field,
  levels: readonly Level[],
  scene: Scene,
  at: Projection,
  palette: Palette,
) {
  const { k, extent } = field;
  const labels: (() => void)[] = [];
  context.lineJoin = 'round';
  for (const { value, shown, even } of levels) {
    const lines = levelLines(field.values, k, value).sort((a, b) => b.points.length - a.points.length);
    context.strokeStyle = even ? palette.judge : palette.line;
    context.globalAlpha = even ? 0.9 : 0.55;
    context.lineWidth = even ? 1.75 : 1;
    for (const line of lines) context.stroke(pathOf(line, field, at));
    for (const line of lines.slice(0, labelsOfALevel)) {
      if (line.points.length < 2 * leastLabelled) continue;
      const [column, row] = summitOf(line);
      const x = at.x(extent.xMin + ((column + 0.5) * (extent.xMax - extent.xMin)) / k);
      const y = at.y(extent.yMin + ((row + 0.5) * (extent.yMax - extent.yMin)) / k);
      const inside = [x, y].map((place) => Math.min(at.side - 16, Math.max(16, place))) as [number, number];
      labels.push(() => drawText(context, palette, palette.line, scene.figure(shown), ...inside));
    }
  }
  context.globalAlpha = 1;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const label of labels) label();
}

/** D's even line before its update, dashed: how far it has moved. */
function drawBefore(context: Context, field: Field, at: Projection, palette: Palette): void {
  const { levels } = scaleOf(field);
  const level = levels.find(({ even }) => even) ?? levels[Math.floor(levels.length / 2)];
  if (!level) return;
  context.strokeStyle = palette.judge;
  context.globalAlpha = 0.6;
  context.lineWidth = 1.25;
  context.setLineDash([4, 4]);
  for (const line of levelLines(field.values, field.k, level.value)) context.stroke(pathOf(line, field, at));
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawLattice(context: Context, { lattice, latticeSide }: CloudView, at: Projection, palette: Palette): void {
  context.lineJoin = 'round';
  context.strokeStyle = palette.fake;
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  const line = (from: number, step: number) => {
    context.beginPath();
    for (let i = 0; i < latticeSide; i++) {
      const place = 2 * (from + i * step);
      context.lineTo(at.x(lattice[place] as number), at.y(lattice[place + 1] as number));
    }
    context.stroke();
  };
  for (let i = 0; i < latticeSide; i++) {
    line(i * latticeSide, 1);
    line(i, latticeSide);
  }
  context.globalAlpha = 1;
}

/** Room for a point and its halo, in CSS pixels. */
const spriteSide = 12;
const sprites = new Map<string, HTMLCanvasElement>();

/** A point drawn once and then copied: thousands of shapes in one path take a processor a tenth of a second. */
function spriteOf(kind: 'real' | 'fake', palette: Palette, ratio: number): HTMLCanvasElement {
  const key = `${kind} ${palette[kind]} ${palette.halo} ${ratio}`;
  const known = sprites.get(key);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(spriteSide * ratio);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (context) {
    context.scale(canvas.width / spriteSide, canvas.width / spriteSide);
    const middle = spriteSide / 2;
    context.beginPath();
    if (kind === 'real') context.arc(middle, middle, 3, 0, 2 * Math.PI);
    else {
      const half = 3.75;
      context.moveTo(middle, middle - half);
      context.lineTo(middle + half, middle);
      context.lineTo(middle, middle + half);
      context.lineTo(middle - half, middle);
      context.closePath();
    }
    context.lineWidth = 1.25;
    context.strokeStyle = palette.halo;
    context.stroke();
    context.fillStyle = palette[kind];
    context.fill();
  }
  // Another theme or screen: those of the last are not kept for ever.
  if (sprites.size > 8) sprites.clear();
  sprites.set(key, canvas);
  return canvas;
}

/** Circles: real. Diamonds: generated. */
function drawPoints(
  context: Context,
  kind: 'real' | 'fake',
  points: Float32Array,
  at: Projection,
  palette: Palette,
): void {
  const sprite = spriteOf(kind, palette, context.getTransform().a);
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [at.x(points[i] as number), at.y(points[i + 1] as number)];
    // Outside: nothing of it would be seen.
    if (!(x > -6 && y > -6 && x < at.side + 6 && y < at.side + 6)) continue;
    context.drawImage(sprite, x - spriteSide / 2, y - spriteSide / 2, spriteSide, spriteSide);
  }
}

/** An arrow never grows longer than this share of the plane's half; a pull of 1 makes half of it. */
const longestArrow = 0.16;

/** Length of an arrow on the plane. It saturates, so that a vanishing pull is seen to vanish and a strong one fits. */
export function arrowLength(pull: number, extent: number): number {
  return (longestArrow * extent * pull) / (1 + pull);
}

function drawArrows(context: Context, { fake, arrows }: CloudView, at: Projection, palette: Palette): void {
  const scale = at.side / (2 * at.extent);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = 1;
  context.strokeStyle = palette.judge;
  context.globalAlpha = 0.7;
  for (let i = 0; i < fake.length; i += 2) {
    const [ax, ay] = [arrows[i] as number, -(arrows[i + 1] as number)];
    const pull = Math.hypot(ax, ay);
    const length = arrowLength(pull, at.extent) * scale;
    // Shorter than its own point: nothing to see.
    if (!(length > 2)) continue;
    const [dx, dy] = [ax / pull, ay / pull];
    const [x, y] = [at.x(fake[i] as number), at.y(fake[i + 1] as number)];
    const [tipX, tipY] = [x + dx * length, y + dy * length];
    const head = Math.min(4, length * 0.35);
    // One by one: a path of a thousand crossing lines takes much longer to fill than its lines.
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(tipX, tipY);
    context.moveTo(tipX - head * (dx * 0.87 - dy * 0.5), tipY - head * (dy * 0.87 + dx * 0.5));
    context.lineTo(tipX, tipY);
    context.lineTo(tipX - head * (dx * 0.87 + dy * 0.5), tipY - head * (dy * 0.87 - dx * 0.5));
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawTrails(
  context: Context,
  trail: readonly Float32Array[],
  now: Float32Array,
  at: Projection,
  palette: Palette,
) {
  const frames = [...trail, now];
  context.strokeStyle = palette.fake;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  for (let frame = 1; frame < frames.length; frame++) {
    const [from, to] = [frames[frame - 1] as Float32Array, frames[frame] as Float32Array];
    context.globalAlpha = 0.2 + (0.6 * frame) / frames.length;
    context.beginPath();
    for (let i = 0; i < to.length; i += 2) {
      context.moveTo(at.x(from[i] as number), at.y(from[i + 1] as number));
      context.lineTo(at.x(to[i] as number), at.y(to[i + 1] as number));
    }
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** A ring around each cluster; a missed one has a dashed amber square instead. */
function drawModes(context: Context, { modes, coverage }: Scene, at: Projection, palette: Palette): void {
  if (!modes) return;
  const { centres, sigma } = modes;
  const radius = Math.max(9, (3 * sigma * at.side) / (2 * at.extent));
  context.lineWidth = 1.25;
  for (let mode = 0; mode < centres.length / 2; mode++) {
    const [x, y] = [at.x(centres[2 * mode] as number), at.y(centres[2 * mode + 1] as number)];
    const missed = coverage?.found[mode] === false;
    context.beginPath();
    if (missed) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.setLineDash(missed ? [3, 3] : []);
    context.globalAlpha = missed ? 1 : 0.7;
    context.strokeStyle = missed ? palette.warning : palette.real;
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawAxes(context: Context, at: Projection, palette: Palette, figure: Scene['figure']): void {
  const ticks = ticksOf(at.extent).filter((tick) => Math.abs(tick) < at.extent * 0.98);
  context.strokeStyle = palette.quiet;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of ticks) {
    const [x, y] = [Math.round(at.x(tick)) + 0.5, Math.round(at.y(tick)) + 0.5];
    context.moveTo(x, at.side);
    context.lineTo(x, at.side - 5);
    context.moveTo(0, y);
    context.lineTo(5, y);
  }
  context.stroke();
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  for (const tick of ticks) drawText(context, palette, palette.quiet, figure(tick), at.x(tick), at.side - 8);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const tick of ticks) drawText(context, palette, palette.quiet, figure(tick), 8, at.y(tick));
}

/** The whole plane; the context's canvas is square, and scaled so that its side is the projection's. */
export function drawPlane(context: Context, scene: Scene, at: Projection, palette: Palette, font: string): void {
  const { view, layers } = scene;
  const scale = scaleOf(view.field);
  context.fillStyle = palette.halo;
  context.fillRect(0, 0, at.side, at.side);
  context.font = font;
  if (layers.opinion) drawField(context, view.field, scale, at, palette);
  if (layers.lattice) drawLattice(context, view, at, palette);
  if (layers.levels) {
    if (scene.before) drawBefore(context, scene.before, at, palette);
    drawLevels(context, view.field, scale.levels, scene, at, palette);
  }
  if (layers.modes) drawModes(context, scene, at, palette);
  if (layers.arrows) drawArrows(context, view, at, palette);
  if (layers.real) drawPoints(context, 'real', view.real, at, palette);
  if (scene.trail.length > 0) drawTrails(context, scene.trail, view.fake, at, palette);
  if (layers.fake) drawPoints(context, 'fake', view.fake, at, palette);
  drawAxes(context, at, palette, scene.figure);
}
