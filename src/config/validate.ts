import * as z from 'zod/mini';
import { DuelError } from './errors.ts';
import { type Change, type Experiment, initialExperiment, type Value } from './experiment.ts';
import type { Field } from './field.ts';
import { fieldOf, isPath, type Path, paths } from './fields.ts';

function schemaOf(field: Field): z.ZodMiniType {
  switch (field.kind) {
    case 'slider': {
      const within = z.number().check(z.gte(field.min), z.lte(field.max), ...(field.integer ? [z.int()] : []));
      return field.zeroIsOff ? z.union([z.literal(0), within]) : within;
    }
    case 'choice':
      return z.literal([...field.options]);
    case 'switch':
      return z.boolean();
  }
}

const schemas = new Map<Path, z.ZodMiniType>(paths.map((path) => [path, schemaOf(fieldOf(path))]));

/** Whether a value is one that the setting allows. NaN and infinities never are. */
export function isValid(path: Path, value: unknown): boolean {
  return schemas.get(path)?.safeParse(value).success ?? false;
}

/** What a setting allows: "16, 28, 32, 64" or "0.00001 to 0.1". English, for the command line; the page words it from the table. */
export function allowed(path: Path): string {
  const field = fieldOf(path);
  switch (field.kind) {
    case 'slider':
      return `${field.zeroIsOff ? '0, ' : ''}${field.min} to ${field.max}${field.integer ? ', whole' : ''}`;
    case 'choice':
      return field.options.join(', ');
    case 'switch':
      return 'true, false';
  }
}

/**
 * Checks one setting that came from outside.
 * @throws DuelError `experiment-invalid` with the setting, the value and what is allowed.
 */
export function checkValue(path: string, value: unknown): { path: Path; value: Value } {
  if (!isPath(path)) {
    throw new DuelError('experiment-invalid', { setting: path.slice(0, 60), value: '', allowed: 'a known setting' });
  }
  if (!isValid(path, value)) {
    const shown = String(value).slice(0, 60);
    throw new DuelError('experiment-invalid', { setting: path, value: shown, allowed: allowed(path) });
  }
  return { path, value: value as Value };
}

/** Reads a setting's value from text (a link, the command line) and checks it. */
export function parseValue(path: string, text: string): { path: Path; value: Value } {
  const field = isPath(path) ? fieldOf(path) : undefined;
  if (field?.kind === 'switch') return checkValue(path, text === 'true' ? true : text === 'false' ? false : text);
  const numeric = field?.kind === 'slider' || (field?.kind === 'choice' && typeof field.initial === 'number');
  const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  return checkValue(path, numeric && plain ? Number(text) : text);
}

/**
 * Checks a whole experiment that came from outside; unknown keys and missing ones are refused.
 * @throws DuelError `experiment-invalid`
 */
export function checkExperiment(input: unknown): Experiment {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new DuelError('experiment-invalid', { setting: '', value: typeof input, allowed: 'an experiment' });
  }
  for (const key of Object.keys(input)) checkValue(key, (input as Record<string, unknown>)[key]);
  for (const path of paths) checkValue(path, (input as Record<string, unknown>)[path]);
  return { ...initialExperiment, ...(input as Change) };
}
