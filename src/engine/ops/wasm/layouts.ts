import type { KernelHeap } from './heap.ts';

const rows = 'rows channels repeat blockRows';

/** Parameter blocks: the fields of the classes of these names in assembly/, in their order, four bytes each. */
export const LAYOUTS = {
  BiasActJob: `${rows} x y bias slope`,
  BiasTanhJob: `${rows} x y bias`,
  ActGradJob: `${rows} y dy dx partials blocks dbias slope`,
  MomentsJob: `${rows} x blockMeans blockSquares blocks gamma beta mean variance epsilon centre scale shift`,
  AffineActJob: `${rows} x y centre scale shift slope`,
  NormGradJob: `${rows} x y dy dx gamma mean variance dgamma dbeta epsilon slope sums centredSums blocks centre slopeOfD slopeOfX offset`,
  AdamJob:
    'tensors count squares units norm averaged stepSize beta1 oneMinusBeta1 beta2 oneMinusBeta2 scaledEpsilon keep oneMinusKeep',
  Moved: 'firstUnit size param grad m v average newParam newM newV newAverage',
  BlendJob: 'a b target size keep oneMinusKeep',
  DotJob: 'matrix vector target depth width bias slope',
  PackJob: 'source target parts depth columns rowStride columnStride',
  Part: 'from to panelBytes',
  ConvJob:
    'source target panels bias slope lines lineCount depth zeros batch height width channels gridHeight gridWidth strideY strideX targetHeight targetWidth filters targetStrideY targetStrideX targetY targetX windows groupTiles tileBytes tiles more',
  Line: 'dy dx pixels panel',
  ColumnsJob:
    'product source target height width channels outHeight outWidth filters kernelHeight kernelWidth strideY strideX top left images columnBytes',
  FilterJob:
    'source gradient rowStride columnStride target previous panels boxes boxCount allBoxes height width channels filters outHeight outWidth strideY strideX top left kernelHeight kernelWidth groupTiles boxPositions',
  Box: 'y lines x cells image images before',
  FoldJob: 'slabs slabCount size target',
} as const;

/** Fields that are floats, in whichever block they are; all others are whole numbers. */
export const FLOATS: ReadonlySet<string> = new Set([
  'slope',
  'epsilon',
  'stepSize',
  'beta1',
  'oneMinusBeta1',
  'beta2',
  'oneMinusBeta2',
  'scaledEpsilon',
  'keep',
  'oneMinusKeep',
]);

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;
export type JobName = keyof typeof LAYOUTS;
export type JobFields<Name extends JobName> = Readonly<Record<Words<(typeof LAYOUTS)[Name]>, number>>;

const fieldsOf = new Map(
  Object.entries(LAYOUTS).map(([name, fields]) => [
    name,
    fields.split(' ').map((field) => ({ field, float: FLOATS.has(field) })),
  ]),
);

/** Bytes of a block, and from one to the next in an array of them. */
export function jobBytes(name: JobName): number {
  return 4 * (fieldsOf.get(name)?.length ?? 0);
}

type Loose = Readonly<Record<string, number | undefined>>;

let memory: ArrayBufferLike | undefined;
let ints = new Int32Array(0);
let floats = new Float32Array(0);

/**
 * Writes a block.
 *
 * @param rest where the fields are that `fields` has not: merging two objects of some thirty fields costs more than this
 */
export function writeJob<Name extends JobName, Given extends keyof JobFields<Name>>(
  heap: KernelHeap,
  pointer: number,
  name: Name,
  fields: Pick<JobFields<Name>, Given>,
  rest?: Omit<JobFields<Name>, Given>,
): void {
  // Memory that grows has a new buffer; views of the old one are detached or too short.
  if (memory !== heap.memory.buffer) {
    memory = heap.memory.buffer;
    ints = new Int32Array(memory);
    floats = new Float32Array(memory);
  }
  let word = pointer >>> 2;
  for (const { field, float } of fieldsOf.get(name) ?? []) {
    const value = ((fields as Loose)[field] ?? (rest as Loose)[field]) as number;
    if (float) floats[word++] = value;
    else ints[word++] = value;
  }
}

/** Writes an array of blocks. */
export function writeJobs<Name extends JobName>(
  heap: KernelHeap,
  pointer: number,
  name: Name,
  blocks: readonly JobFields<Name>[],
): void {
  const step = jobBytes(name);
  blocks.forEach((fields, i) => {
    writeJob(heap, pointer + i * step, name, fields);
  });
}
