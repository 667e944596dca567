/** A classifier that ships. */
export interface ClassifierFacts {
  /** Under `public/classifiers/`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Share of the held-out images whose class it tells. */
  readonly accuracy: number;
}

/** By the set whose classes they tell. Written by `npx tsx scripts/classifiers.ts`. */
export const classifiers = {
  digits: {
    file: 'digits-58589ad5.bin',
    bytes: 95572,
    sha256: '58589ad5c10554a1cfd6ba93ce70aeef3257efa85dbcaef87949743195ae3b58',
    accuracy: 0.974,
  },
  fashion: {
    file: 'fashion-4874be9a.bin',
    bytes: 95572,
    sha256: '4874be9a489d9211a84770216eb764c9e025493b027bcddc67318bfa99a1e29a',
    accuracy: 0.8815,
  },
} as const satisfies Record<string, ClassifierFacts>;

export type ClassifiedId = keyof typeof classifiers;
