import { type BackendCandidate, backendNames, isBackendName, type Verdict } from '../../config/backends.ts';
import type { Failure } from '../../config/errors.ts';

/** What a refusal's `reason` may be: the verdicts that put a backend out. */
const refusals: readonly string[] = ['absent', 'no-adapter', 'crashed'] satisfies Verdict[];

/** The backends when none was chosen: what the failure tells of one of them, and nothing of the others. */
export function candidatesAfter(failure: Failure | undefined): readonly BackendCandidate[] {
  const { backend, reason, message, error } = failure?.detail ?? {};
  const verdict = failure?.code === 'backend-self-test' ? 'self-test' : String(reason);
  return backendNames.map((name) => {
    const known = failure?.code.startsWith('backend-') && isBackendName(String(backend)) && backend === name;
    if (!known || !(verdict === 'self-test' || refusals.includes(verdict))) return { name, verdict: 'not-tried' };
    return {
      name,
      verdict: verdict as Verdict,
      ...(typeof error === 'number' && { selfTestError: error }),
      ...(message !== undefined && { message: String(message) }),
    };
  });
}
