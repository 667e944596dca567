import { advice } from './advice.ts';
import { backend } from './backend.ts';
import { charts } from './charts.ts';
import { controls } from './controls.ts';
import { errors } from './errors.ts';
import { fields } from './fields.ts';
import { plane } from './plane.ts';
import { presets } from './presets.ts';
import { shell } from './shell.ts';
import { stage } from './stage.ts';

export const en = {
  ...shell,
  ...backend,
  ...controls,
  ...fields,
  ...presets,
  ...plane,
  ...stage,
  ...charts,
  ...errors,
  ...advice,
} as const;
