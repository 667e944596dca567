/**
 * Every failure a person can meet has a code. `src/i18n` turns the code into three sentences:
 * what happened, what was kept, what to do. `detail` carries figures or names for those sentences.
 */
export const errorCodes = [
  'backend-unknown',
  'backend-unavailable',
  'backend-self-test',
  'backend-none',
  'device-lost',
  'device-refused',
  'data-missing',
  'data-network',
  'data-truncated',
  'data-damaged',
  'data-manifest',
  'points-none',
  'points-too-large',
  'points-unreadable',
  'experiment-invalid',
  'link-invalid',
  'link-version',
  'preset-unknown',
  'out-of-memory',
  'not-finite',
  'worker-start',
  'worker-crash',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export type ErrorDetail = Readonly<Record<string, string | number>>;

/** A named error. Survives structured clone through {@link toFailure}. */
export class DuelError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    const facts = Object.entries(detail)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ');
    super(facts ? `${code} (${facts})` : code, options);
    this.name = 'DuelError';
    this.code = code;
    this.detail = detail;
  }
}

/** What crosses the worker boundary for an error. */
export interface Failure {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
}

/** Names any thrown value; what we did not foresee becomes `internal` with its message. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof DuelError) return { code: thrown.code, detail: thrown.detail };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', detail: { message } };
}
