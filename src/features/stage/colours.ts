/** Colours of the tokens for canvases, which know no `light-dark()`. */

export type Rgb = readonly [number, number, number];

const stops = ['--opinion-0', '--opinion-25', '--opinion-50', '--opinion-75', '--opinion-100'];

/** What a token is now, read from a probe: `getPropertyValue` would give the unresolved `light-dark(...)`. */
function resolve(probe: HTMLElement, token: string): Rgb {
  probe.style.color = `var(${token})`;
  const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b];
}

/** What tokens are in the theme that is shown. */
export function coloursOf<Name extends string>(tokens: Readonly<Record<Name, string>>): Record<Name, Rgb> {
  const probe = document.createElement('i');
  document.body.append(probe);
  const colours = Object.entries<string>(tokens).map(([name, token]) => [name, resolve(probe, token)]);
  probe.remove();
  return Object.fromEntries(colours);
}

/** D's opinion, 0 to 1, to a colour of its scale in the theme that is shown. */
export function opinionScale(): (opinion: number) => string {
  const probe = document.createElement('i');
  document.body.append(probe);
  const colours = stops.map((token) => resolve(probe, token));
  probe.remove();
  const table = Array.from({ length: 101 }, (_, percent) => {
    const at = (percent / 100) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    const [from, to] = [colours[low] as Rgb, colours[low + 1] as Rgb];
    const mix = from.map((part, i) => Math.round(part + ((to[i] as number) - part) * (at - low)));
    return `rgb(${mix.join(' ')})`;
  });
  return (opinion) => table[Math.round(Math.min(1, Math.max(0, opinion || 0)) * 100)] as string;
}
