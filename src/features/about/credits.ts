import type { ShippedId } from '../../config/datasets.ts';

/** Who made the images, under which licence. The same in every language, as a licence is. */
export interface Credit {
  readonly work: string;
  readonly by: string;
  readonly licence: string;
  readonly source: string;
  readonly url: string;
}

export const credits: Readonly<Record<ShippedId, Credit>> = {
  fashion: {
    work: 'Fashion-MNIST',
    by: 'Zalando SE, 2017',
    licence: 'MIT',
    source: 'github.com/zalandoresearch/fashion-mnist',
    url: 'https://github.com/zalandoresearch/fashion-mnist',
  },
  digits: {
    work: 'OpenCV sample digits (MNIST-style)',
    by: 'OpenCV team',
    licence: 'Apache-2.0, BSD-3-Clause',
    source: 'opencv.org, samples/data/digits.png',
    url: 'https://github.com/opencv/opencv/tree/4.x/samples/data',
  },
  avatars: {
    work: 'Pixel Art avatars, generated',
    by: 'DiceBear',
    licence: 'CC0 1.0 (design), MIT (code)',
    source: 'dicebear.com/styles/pixel-art',
    url: 'https://www.dicebear.com/styles/pixel-art/',
  },
  emoji: {
    work: 'Twemoji, resized to 32 px on white',
    by: 'Twitter, Inc and other contributors',
    licence: 'CC BY 4.0',
    source: 'emoji-datasource-twitter',
    url: 'https://github.com/jdecked/twemoji',
  },
};
