/** What kinds of setting there are. `fields.ts` is the table of them; nothing here knows a particular one. */

/** The groups of the controls column, in their order on the page. */
export const groups = [
  'data',
  'generator',
  'discriminator',
  'objective',
  'regularisers',
  'optimisers',
  'training',
] as const;
export type Group = (typeof groups)[number];

/** Units shown in a number box; `i18n` words them. */
export type Unit = 'images' | 'pixels' | 'channels' | 'units' | 'layers' | 'steps';

interface FieldBase {
  readonly group: Group;
  /** true: may change while a run goes on and applies at the next step. false: needs a new run. */
  readonly live: boolean;
  /**
   * Shown (and compared, exported, sent) only while each named choice holds one of the listed values, and is itself
   * shown.
   */
  readonly when?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** A stabiliser, which is off at 0, `none` or false. The value that turning it on gives it. */
  readonly suggested?: string | number | boolean;
  /** Belongs to this stabiliser: shown, and of any effect, only while that is on. */
  readonly of?: string;
}

export interface SliderField extends FieldBase {
  readonly kind: 'slider';
  readonly min: number;
  readonly max: number;
  /** Steps of the number box and, on a linear scale, of the slider. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly integer: boolean;
  readonly initial: number;
  readonly unit?: Unit;
  /** Zero is allowed below `min` and means "off" (a log scale has no zero of its own). */
  readonly zeroIsOff?: boolean;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly (string | number)[];
  readonly initial: string | number;
  readonly unit?: Unit;
}

export interface SwitchField extends FieldBase {
  readonly kind: 'switch';
  readonly initial: boolean;
}

export type Field = SliderField | ChoiceField | SwitchField;

/** The type of a field's value: a choice is one of its options, a slider a number, a switch a boolean. */
export type FieldValue<F extends Field> = F extends ChoiceField
  ? F['options'][number]
  : F extends SliderField
    ? number
    : boolean;
