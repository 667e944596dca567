/** An element of a storage buffer, as a shader sees it. */
export type Element = 'f32' | 'vec4f';

/** Invocations of a workgroup, everywhere: a multiple of every GPU's subgroup, and what software GPUs compile quickly. */
export const groupSize = 64;

/**
 * A compute shader with everything it is bound to. Shapes are parameters, not part of the code: one program serves
 * every size, so that few are compiled.
 */
export interface Program<
  Reads extends string = string,
  Writes extends string = string,
  Params extends string = string,
> {
  /** Names it in profiles and in the GPU's complaints. */
  readonly name: string;
  readonly reads: Readonly<Record<Reads, Element>>;
  readonly writes: Readonly<Record<Writes, Element>>;
  readonly params: Readonly<Record<Params, 'i32' | 'f32'>>;
  /** Functions and workgroup memory. */
  readonly declarations?: string;
  /**
   * WGSL statements. They see the bindings and parameters by their names, `group` (this workgroup), `lane` (this
   * invocation in it, 0 to 63) and `index` (this invocation among all). There may be more groups than asked for.
   */
  readonly body: string;
}

/** The whole shader. */
export function sourceOf({ reads, writes, params, declarations = '', body }: Program): string {
  const buffers = [
    ...Object.entries(reads).map(([name, element]) => `var<storage, read> ${name}: array<${element}>;`),
    ...Object.entries(writes).map(([name, element]) => `var<storage, read_write> ${name}: array<${element}>;`),
    'var<uniform> params: Params;',
  ];
  const fields = Object.entries(params);
  return `
struct Params { ${fields.map(([name, type]) => `${name}: ${type},`).join(' ')} }
${buffers.map((buffer, i) => `@group(0) @binding(${i}) ${buffer}`).join('\n')}
${declarations}
@compute @workgroup_size(${groupSize})
fn main(
  @builtin(workgroup_id) groupId: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) laneId: u32,
) {
  let group = i32(groupId.y * groups.x + groupId.x);
  let lane = i32(laneId);
  let index = group * ${groupSize} + lane;
  ${fields.map(([name]) => `let ${name} = params.${name};`).join(' ')}
  ${body}
}`;
}

/** Makes each thing once: whoever asks with the same arguments gets the same object, and so the same pipeline. */
export function once<Args extends readonly (string | number | boolean)[], T>(
  make: (...args: Args) => T,
): (...args: Args) => T {
  const made = new Map<string, T>();
  return (...args) => {
    const key = args.join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(...args);
    made.set(key, fresh);
    return fresh;
  };
}
