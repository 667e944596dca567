import { DuelError, type Failure, toFailure } from './errors.ts';
import { type Change, difference, type Experiment } from './experiment.ts';
import { isPath } from './fields.ts';
import { defaultPreset, experimentOf, type Preset, presetOf } from './presets.ts';
import { parseValue } from './validate.ts';

/**
 * The experiment as the part of the address after `#`: `v=1&preset=fashion&g.lr=0.001`. It holds the preset and
 * only what differs from it. The whole default is the empty string.
 */
export const linkVersion = 1;

/** Longer than any honest link; a bound on what is parsed. */
const longestLink = 4000;

/** Why a part of a link (`detail.part`) was not read; `long`: nothing was, for its length (`detail.part`, in characters). */
export type LinkProblem = 'unknown' | 'twice' | 'long';

function unreadable(reason: LinkProblem, part: string): DuelError {
  return new DuelError('link-invalid', { reason, part: part.slice(0, 60) });
}

export interface Opened {
  readonly preset: Preset;
  readonly experiment: Experiment;
}

export function toLink(preset: Preset, experiment: Experiment): string {
  const changes = Object.entries(difference(experimentOf(preset), experiment));
  if (preset === defaultPreset && changes.length === 0) return '';
  const parts = new URLSearchParams({ v: String(linkVersion), preset: preset.id });
  for (const [path, value] of changes) parts.set(path, String(value));
  return parts.toString();
}

/**
 * @param hash with or without the leading `#`
 * @throws DuelError `link-version`, `link-invalid`, `preset-unknown` or `experiment-invalid`
 */
export function parseLink(hash: string): Opened {
  const text = hash.replace(/^#/, '');
  if (text === '') return { preset: defaultPreset, experiment: experimentOf(defaultPreset) };
  if (text.length > longestLink) throw unreadable('long', String(text.length));
  const parts = [...new URLSearchParams(text)];
  const names = parts.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw unreadable('twice', twice);
  const given = new Map(parts);

  const version = given.get('v');
  if (version !== String(linkVersion)) throw new DuelError('link-version', { version: (version ?? '').slice(0, 20) });
  const preset = presetOf(given.get('preset') ?? defaultPreset.id);

  const change: Record<string, unknown> = {};
  for (const [name, value] of given) {
    if (name === 'v' || name === 'preset') continue;
    if (!isPath(name)) throw unreadable('unknown', name);
    change[name] = parseValue(name, value).value;
  }
  return { preset, experiment: { ...experimentOf(preset), ...(change as Change) } };
}

/** Opens a link without ever failing: a bad one gives the default and the failure to tell of. */
export function openLink(hash: string): Opened & { readonly failure?: Failure } {
  try {
    return parseLink(hash);
  } catch (thrown) {
    return { ...parseLink(''), failure: toFailure(thrown) };
  }
}
