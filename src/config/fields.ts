import type { Field } from './field.ts';
import { data } from './fields/data.ts';
import { discriminator } from './fields/discriminator.ts';
import { generator } from './fields/generator.ts';
import { objective } from './fields/objective.ts';
import { optimisers } from './fields/optimisers.ts';
import { regularisers } from './fields/regularisers.ts';
import { training } from './fields/training.ts';

/**
 * Every setting of an experiment, once. The controls, validation, link, differences in words, command line and
 * docs all come from this table; a new setting is one row here, one line in the engine that reads it, and its
 * words in `i18n` (`field.<path>.label`, `field.<path>.help`).
 */
export const fields = {
  ...data,
  ...generator,
  ...discriminator,
  ...objective,
  ...regularisers,
  ...optimisers,
  ...training,
} as const satisfies Record<string, Field>;

export type Path = keyof typeof fields;
export const paths = Object.keys(fields) as Path[];

export function isPath(text: string): text is Path {
  return Object.hasOwn(fields, text);
}

/** The row of a path, widened to {@link Field} so that a caller can narrow on `kind`. */
export function fieldOf(path: Path): Field {
  return fields[path];
}
