import { describe, expect, it } from 'vitest';
import type { Failure } from '../../config/errors.ts';
import { openLink } from '../../config/link.ts';
import { currentLocale, setLanguage } from '../../i18n/i18n.ts';
import { sentencesOf } from './sentences.ts';

const happened = (failure: Failure) => sentencesOf(currentLocale().t, failure).happened;
const ofLink = (hash: string) => happened(openLink(hash).failure as Failure);
const invalid = (setting: string, value: string): Failure => ({
  code: 'experiment-invalid',
  detail: { setting, value, allowed: 'said in English' },
});

describe('a failure in words', () => {
  it.each([
    ['unknown', '#v=1&g.momentum=1', 'The part “g.momentum” of the link is not a setting.'],
    ['twice', '#v=1&g.lr=1e-3&g.lr=1e-2', 'The link gives “g.lr” twice.'],
    ['too long', `#${'x'.repeat(5000)}`, 'The link is 5000 characters long; no link of Duel is.'],
    ['a range', '#v=1&g.lr=NaN', 'G learning rate cannot be “NaN”. Allowed: 1e-5 to 0.1.'],
    ['a whole range', '#v=1&train.batch=1', 'Batch size cannot be “1”. Allowed: whole numbers from 2 to 256.'],
    ['a choice', '#v=1&data.size=29', 'Image size cannot be “29”. Allowed: 16, 28, 32, 64.'],
  ])('%s', (_what, hash, text) => expect(ofLink(hash)).toBe(text));

  it('says that a good value came too late, and that a setting is not known', () => {
    expect(happened(invalid('data.size', '32'))).toBe('Image size cannot change while a run goes on.');
    expect(happened(invalid('nope', ''))).toBe('There is no setting “nope”.');
  });

  it('leaves no slot open and no English in Chinese', async () => {
    const { document, localStorage } = globalThis;
    Object.assign(globalThis, { document: { documentElement: {} }, localStorage: undefined });
    try {
      await setLanguage('zh');
      for (const failure of [invalid('ema.halfLife', 'x'), invalid('nope', ''), invalid('g.lr', '9')]) {
        expect(happened(failure)).not.toMatch(/[{}]|English|whole| to /);
      }
    } finally {
      await setLanguage('en');
      Object.assign(globalThis, { document, localStorage });
    }
  });
});
