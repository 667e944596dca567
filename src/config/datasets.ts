/** What is known of a data set before it is loaded. */
export interface DatasetFacts {
  /** Edge of the stored images in pixels. */
  readonly size: number;
  /** 1 for grey, 3 for sRGB. */
  readonly channels: 1 | 3;
  /** Drawn on a pixel grid: enlarge by repeating pixels. */
  readonly pixelArt: boolean;
  /** Images to train on. */
  readonly train: number;
  /** Images that training never sees. */
  readonly heldOut: number;
  /** Class ids in the order of the labels, empty where the images are unlabelled. */
  readonly classes: readonly string[];
  /** A 28x28 PNG of one image, relative to the page. */
  readonly thumbnail: string;
}

/**
 * The data sets that ship as files. The build script packs to these facts and writes them to
 * `public/datasets/manifest.json`; the loader refuses a manifest that says otherwise.
 */
export const shippedSets = {
  fashion: {
    size: 28,
    channels: 1,
    pixelArt: false,
    train: 10_000,
    heldOut: 2_000,
    classes: ['tshirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'boot'],
    thumbnail: 'datasets/fashion.png',
  },
  digits: {
    size: 28,
    channels: 1,
    pixelArt: false,
    train: 4_500,
    heldOut: 500,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    thumbnail: 'datasets/digits.png',
  },
  avatars: {
    size: 16,
    channels: 3,
    pixelArt: true,
    train: 4_500,
    heldOut: 500,
    classes: [],
    thumbnail: 'datasets/avatars.png',
  },
  emoji: {
    size: 32,
    channels: 3,
    pixelArt: false,
    train: 1_246,
    heldOut: 139,
    classes: ['smileys', 'people', 'animals', 'food', 'travel', 'activities', 'objects'],
    thumbnail: 'datasets/emoji.png',
  },
} as const satisfies Record<string, DatasetFacts>;

/** Every set of images: those shipped, and what is made of them when it is loaded. */
export const datasets = {
  ...shippedSets,
  stacked: {
    size: 28,
    channels: 3,
    pixelArt: false,
    train: 20_000,
    heldOut: 2_000,
    classes: [],
    thumbnail: 'datasets/stacked.png',
  },
} as const satisfies Record<string, DatasetFacts>;

export type ShippedId = keyof typeof shippedSets;
export type DatasetId = keyof typeof datasets;

export const shippedIds = Object.keys(shippedSets) as readonly ShippedId[];

export const datasetIds = Object.keys(datasets) as readonly DatasetId[];

/** One row of the table, with the type of all rows. */
export function datasetFacts(id: DatasetId): DatasetFacts {
  return datasets[id];
}
