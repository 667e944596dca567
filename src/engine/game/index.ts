import type { Family } from '../../config/families.ts';
import { adversarial } from './adversarial.ts';
import type { Game } from './game.ts';
import { vae } from './vae.ts';

export type { Game, Row, Table } from './game.ts';

/** The game that a family's networks play. */
export function gameOf(family: Family): Game {
  return family === 'vae' ? vae : adversarial;
}
