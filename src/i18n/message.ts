/** One text of the page. The second form is for languages that tell one from many; which is used goes by `n`. */
export type Message = string | { readonly one: string; readonly other: string };

type TextOf<M> = M extends { readonly one: infer One; readonly other: infer Other } ? One | Other : M;

/** The names in braces of a text: `'step {n} of {limit}'` gives `'n' | 'limit'`. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** What a message wants filled in. */
export type NamesOf<M> = NamesIn<TextOf<M>>;

const slot = /\{(\w+)\}/g;

/** The names in braces, in order. */
export function slotsOf(text: string): string[] {
  return [...text.matchAll(slot)].map((match) => match[1] as string);
}

/** Cuts a text at its slots: texts and slot names alternate, a text first and last. */
export function cut(text: string): string[] {
  return text.split(slot);
}

/** Fills the slots; a slot that nothing fills stays as it is, so that it is seen. */
export function fill(text: string, fillings: Readonly<Record<string, string>>): string {
  return text.replace(slot, (whole, name: string) => fillings[name] ?? whole);
}
