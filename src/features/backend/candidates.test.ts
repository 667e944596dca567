import { describe, expect, it } from 'vitest';
import { candidatesAfter } from './candidates.ts';

const of = (name: string, ...[failure]: Parameters<typeof candidatesAfter>) =>
  candidatesAfter(failure).find((candidate) => candidate.name === name);

describe('the backends after a failed choice', () => {
  const crashed = {
    code: 'backend-unavailable',
    detail: { backend: 'webgl', reason: 'crashed', message: 'no context' },
  } as const;

  it('tells of the one that failed what the failure says of it', () => {
    expect(of('webgl', crashed)).toEqual({ name: 'webgl', verdict: 'crashed', message: 'no context' });
    const wrong = { code: 'backend-self-test', detail: { backend: 'webgpu', error: 0.5 } } as const;
    expect(of('webgpu', wrong)).toEqual({ name: 'webgpu', verdict: 'self-test', selfTestError: 0.5 });
  });

  it('claims nothing of the others, nor after any other failure', () => {
    expect(of('wasm', crashed)).toEqual({ name: 'wasm', verdict: 'not-tried' });
    const lost = { code: 'device-lost', detail: { backend: 'webgpu', message: '' } } as const;
    expect(of('webgpu', lost)).toEqual({ name: 'webgpu', verdict: 'not-tried' });
    expect(candidatesAfter(undefined)).toHaveLength(4);
  });
});
