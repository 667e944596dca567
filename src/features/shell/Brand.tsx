/** Two sides and where they meet. */
export function Brand({ word = true }: { readonly word?: boolean }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 26 18" width="26" height="18" aria-hidden="true">
        <circle cx="9" cy="9" r="7.6" fill="var(--real)" />
        <circle cx="17" cy="9" r="7.6" fill="var(--fake)" />
        <path d="M13 2.54a7.6 7.6 0 0 1 0 12.92a7.6 7.6 0 0 1 0-12.92z" fill="var(--ink-strong)" />
      </svg>
      {word && 'Duel'}
    </span>
  );
}
