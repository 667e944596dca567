/**
 * tfjs ships no build that keeps its one thread but lets others see its heap. This makes one out of the SIMD build as it
 * loads: the memory that the binary defines becomes one that it imports, shared, and nothing else changes. Its code does
 * not care: without threads of its own it needs no atomics, and its glue fetches the memory from the exports as before.
 *
 * Format: https://webassembly.github.io/spec/core/binary/modules.html, and the shared limits of the threads proposal.
 */
import { DuelError } from '../../../config/errors.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Section {
  readonly id: number;
  readonly body: Uint8Array;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const IMPORTS = 2;
const MEMORIES = 5;
/** Bytes of an unsigned 32-bit LEB128 number at most. */
const MAX_LEB = 5;
/** Pages of 64 kB in 4 GB. */
const MAX_PAGES = 65536;

function refuse(message: string): never {
  throw new DuelError('internal', { message: `cannot share tfjs' heap: ${message}` });
}

/** An unsigned 32-bit LEB128 number, and where it ends. */
export function readUnsigned(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let i = 0; i < MAX_LEB; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) refuse('a number is cut off');
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) {
      if (value > 0xffff_ffff) break;
      return { value, end: at + i + 1 };
    }
  }
  return refuse('a number has more than 32 bits');
}

export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** The sections of a binary, in order. Bodies are views of it. */
export function readSections(binary: Uint8Array): Section[] {
  if (HEADER.some((byte, i) => binary[i] !== byte)) refuse('no WebAssembly header');
  const sections: Section[] = [];
  for (let at = HEADER.length; at < binary.length; ) {
    const { value: length, end } = readUnsigned(binary, at + 1);
    if (end + length > binary.length) refuse('a section is cut off');
    sections.push({ id: binary[at] as number, body: binary.subarray(end, end + length) });
    at = end + length;
  }
  return sections;
}

function only(sections: readonly Section[], id: number): Section {
  const [section, ...others] = sections.filter((one) => one.id === id);
  if (!section || others.length > 0) refuse(`${others.length + (section ? 1 : 0)} sections of kind ${id}`);
  return section;
}

/** Pages that the binary's own memory starts with. */
function initialPages({ body }: Section): number {
  const { value: count, end } = readUnsigned(body, 0);
  if (count !== 1) refuse(`${count} memories`);
  const limits = body[end];
  if (limits !== 0 && limits !== 1) refuse('a memory that is shared already, or of 64 bits');
  const { value: initial } = readUnsigned(body, end + 1);
  if (initial > MAX_PAGES) refuse('a memory above 4 GB');
  return initial;
}

/** @throws DuelError 'internal' for anything but a module with one memory of its own */
export function readInitialPages(binary: Uint8Array): number {
  return initialPages(only(readSections(binary), MEMORIES));
}

const ENV = [3, ...new TextEncoder().encode('env')];
const MEMORY = [6, ...new TextEncoder().encode('memory')];
const KIND_MEMORY = 2;
const SHARED_WITH_MAXIMUM = 3;

/**
 * The same module with its memory imported as env.memory, shared. Its only memory, so that it keeps index 0: exports, data
 * and code need no change.
 *
 * @param maximum pages that the memory may grow to, which the memory given at instantiation must have as its maximum
 * @throws DuelError 'internal' for anything but a module with imports and one memory of its own
 */
export function importSharedMemory(binary: Uint8Array, maximum: number): Bytes {
  const sections = readSections(binary);
  const initial = initialPages(only(sections, MEMORIES));
  const imports = only(sections, IMPORTS);
  const { value: count, end } = readUnsigned(imports.body, 0);
  const limits = [SHARED_WITH_MAXIMUM, ...unsigned(initial), ...unsigned(maximum)];
  const body = [
    Uint8Array.from(unsigned(count + 1)),
    imports.body.subarray(end),
    Uint8Array.from([...ENV, ...MEMORY, KIND_MEMORY, ...limits]),
  ];
  const parts: Uint8Array[] = [Uint8Array.from(HEADER)];
  for (const section of sections) {
    if (section.id === MEMORIES) continue;
    const chunks = section === imports ? body : [section.body];
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    parts.push(Uint8Array.from([section.id, ...unsigned(length)]), ...chunks);
  }
  return join(parts);
}

function join(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
