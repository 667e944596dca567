/** Images of one size and their labels. */
export interface Split {
  readonly count: number;
  /** [count, size, size, channels], row-major, channels last, 0 to 255. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [count], each an index into the data set's classes; all 0 in a data set without classes. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** A labelled set of square images, held in memory, in an order whose every prefix is a fair sample. */
export interface Dataset {
  readonly id: string;
  /** Edge of an image in pixels. */
  readonly size: number;
  /** 1 for grey, 3 for sRGB. */
  readonly channels: number;
  /** Drawn on a pixel grid: enlarge by repeating pixels where the factor is whole. */
  readonly pixelArt?: boolean;
  readonly train: Split;
  /** Images that training never sees. */
  readonly heldOut: Split;
  /** Class ids, empty where the images are unlabelled; their names are `i18n`'s. */
  readonly classes: readonly string[];
}

/** Points. */
export interface Cloud {
  readonly count: number;
  /** [count, dims] */
  readonly points: Float32Array;
}

/** Where a world's clusters lie. */
export interface Modes {
  /** [modes, 2] */
  readonly centres: Float32Array;
  /** Standard deviation of each cluster along x and along y. */
  readonly sigma: number;
}

/** A distribution of points in the plane, drawn once and held in memory. */
export interface PlaneSet {
  readonly id: string;
  /** 2, x and y; 1 only for DiracGAN, whose points lie on a line. */
  readonly dims: 1 | 2;
  readonly train: Cloud;
  /** Points that training never sees. */
  readonly heldOut: Cloud;
  /** Only of worlds made of clusters. */
  readonly modes?: Modes;
}

/** What a run learns from. */
export type AnySet = Dataset | PlaneSet;

export function isPlane(set: AnySet): set is PlaneSet {
  return 'points' in set.train;
}
