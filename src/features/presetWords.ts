import type { Preset } from '../config/presets.ts';
import { en } from '../i18n/en/index.ts';
import type { Key } from '../i18n/i18n.ts';
import type { useT } from '../i18n/react.tsx';

/** A preset's name in words; its id where none are written. */
export function presetName(t: ReturnType<typeof useT>, { id }: Preset): string {
  const key = `preset.${id}.name`;
  return key in en ? t(key as Extract<Key, `preset.${string}.name`>) : id;
}
