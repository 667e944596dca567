import { readFileSync } from 'node:fs';
import { interleave, type Picture, type Pictures, seeded, shuffledByClass, unique } from './pictures.ts';
import { open, values } from './raster.ts';
import { npmFile, npmSource } from './sources.ts';

interface Emoji {
  readonly image: string;
  readonly category: string;
  readonly has_img_twitter: boolean;
}

/** The raised middle finger: classrooms see the first samples large. */
const leftOut = '1f595.png';

/** In the order of the data set's classes. Flags and symbols are left out: they are signs, not drawings. */
const categories = [
  'Smileys & Emotion',
  'People & Body',
  'Animals & Nature',
  'Food & Drink',
  'Travel & Places',
  'Activities',
  'Objects',
];

/** Twemoji's drawings in their default skin tone, 64 px made 32 on white; a tenth of each category held out. */
export async function emoji(): Promise<Pictures> {
  const all = JSON.parse(readFileSync(npmFile('emoji-datasource-twitter/emoji.json'), 'utf8')) as Emoji[];
  const draw = async (image: string, size: number) => {
    const picture = await open(npmFile(`emoji-datasource-twitter/img/twitter/64/${image}`));
    return values(picture.resize(size, size, { kernel: 'lanczos3' }), 3);
  };
  const pictures: Picture[] = [];
  for (const { image, category, has_img_twitter } of all) {
    const label = categories.indexOf(category);
    if (label >= 0 && has_img_twitter && image !== leftOut) pictures.push({ label, pixels: await draw(image, 32) });
  }
  const random = seeded(4);
  const groups = shuffledByClass(unique(pictures), categories.length, random);
  const heldOutOf = (group: readonly Picture[]) => Math.round(group.length / 10);
  return {
    train: interleave(
      groups.map((group) => group.slice(heldOutOf(group))),
      random,
    ),
    heldOut: interleave(
      groups.map((group) => group.slice(0, heldOutOf(group))),
      random,
    ),
    thumbnail: await draw('1f332.png', 28),
    encoding: 'u6',
    version: 1,
    credit: 'Twemoji, © Twitter, Inc. and other contributors; resized to 32 pixels on white',
    licence: 'CC-BY-4.0',
    source: `https://github.com/jdecked/twemoji (${npmSource('emoji-datasource-twitter')})`,
  };
}
