import type { BackendCandidate } from '../../config/backends.ts';
import type { Translate } from '../../i18n/i18n.ts';

/** What a backend runs on, in a few words: the device's name, or how our WASM kernels run. Empty where nothing is known. */
export function runsOn(t: Translate, { adapter, wasm }: Pick<BackendCandidate, 'adapter' | 'wasm'>): string {
  if (!wasm) return adapter ?? '';
  return t('wasm.runs', { kernels: t(wasm.relaxed ? 'wasm.fma' : 'wasm.simd'), n: wasm.threads });
}
