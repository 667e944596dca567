/**
 * Small choices that outlive the tab (language, theme). Storage may be denied, full or absent: then nothing is
 * remembered and nothing else changes.
 */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`duel.${key}`, value);
  } catch {
    // Denied: the choice holds until the page is left.
  }
}

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`duel.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}
