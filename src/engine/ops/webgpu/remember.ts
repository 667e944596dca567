import { type Choice, isChoice } from './variants.ts';

/** To be raised when a kernel changes so that another variant may have become the faster one. */
const kernelsVersion = 1;
const cacheName = 'duel-webgpu-variants';
/** Bytes that a stored choice has at most; it is some eighty. */
const mostBytes = 500;

/** What tells one device from another: no more of it is to be had. */
export function adapterKey({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [kernelsVersion, vendor, architecture, device, description].join('|');
}

/** An address for a key in the cache, which nothing is ever fetched from. */
const addressOf = (key: string) => `https://duel.invalid/${cacheName}?${encodeURIComponent(key)}`;

/** The choice once measured on this device; undefined where there is none, it makes no sense or storage is denied. */
export async function recall(key: string): Promise<Choice | undefined> {
  try {
    const cache = await caches.open(cacheName);
    const blob = await (await cache.match(addressOf(key)))?.blob();
    if (!blob || blob.size > mostBytes) return undefined;
    const stored: unknown = JSON.parse(await blob.text());
    return isChoice(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a choice. Where storage is denied it is measured again the next time. */
export async function remember(key: string, choice: Choice): Promise<void> {
  try {
    const cache = await caches.open(cacheName);
    await cache.put(addressOf(key), new Response(JSON.stringify(choice)));
  } catch {
    // Nothing depends on it.
  }
}
