import type { Family } from '../../config/families.ts';
import { adversarial } from './adversarial.ts';
import type { Game } from './game.ts';

export type { Game, Row, Table } from './game.ts';

/** The game that a family's networks play. */
export function gameOf(_family: Family): Game {
  return adversarial;
}
