// How threads share a kernel's work: only in the builds with shared memory. The thread that trains leads; helper threads
// follow until the pool closes. Each claims the ranges of its own part of the items one by one, then those that others have
// left. So a slow thread does fewer of them, and as long as none is slow, each finds in its cache what it wrote a job ago.
import { run } from './index';

// The control block, 64 bytes a line so that no two threads write to the same one without need. As in pool.ts of the host.
/** Ranges of the job that are done. */
const DONE: usize = 64;
/** Number of the newest job, not negative; helpers wait for it to change. */
const POSTED: usize = 128;
/** Helpers that wait, at least. */
const SLEEPERS: usize = 132;
const CLOSING: usize = 136;
/** The job: kernel, parameters, items, items in a range, ranges, the threads' scratch, the bytes that each has, parts. */
const KERNEL: usize = 192;
const JOB: usize = 196;
const TOTAL: usize = 200;
const STEP: usize = 204;
const RANGES: usize = 208;
const SCRATCH: usize = 212;
const SCRATCH_BYTES: usize = 216;
const PARTS: usize = 220;
/** A line for each thread, the leader's first: whether it has joined (2: too late), a pulse, ranges it has done. */
const THREADS: usize = 256;
const LINE: usize = 64;
const JOINED: usize = 0;
const TOO_LATE: i32 = 2;
const PULSE: usize = 4;
const TAKEN: usize = 8;

/**
 * u64: the job's number in the upper half, in the lower the next range of this thread's part that is not claimed. Lower half
 * CLOSED: none to be had.
 */
const CLAIM: usize = 16;
const CLOSED: u64 = 0x7fff_ffff;

/**
 * Looks before a thread sleeps, of a nanosecond or so each: longer than nearly every pause between two jobs of a training
 * step. Waking costs tens of microseconds: a quarter of as many looks made the default preset's step a fifth slower.
 */
const SPINS: i32 = 1 << 18;

// @ts-ignore: decorator
@inline
function get(control: usize, field: usize): i32 {
  return atomic.load<i32>(control + field);
}

// @ts-ignore: decorator
@inline
function set(control: usize, field: usize, value: i32): void {
  atomic.store<i32>(control + field, value);
}

/**
 * Runs items [0, total) of a kernel in ranges of `step`, together with the helpers.
 *
 * @param scratch scratchBytes for each thread, this one's first
 * @param parts the highest thread's number and one: every thread has a part, one that is lost leaves its own to the others
 * @returns 1 when all are done; 0 when some were still being worked on after a short wait: DONE tells when they are
 */
export function lead(
  control: usize, kernel: i32, job: usize, total: i32, step: i32, scratch: usize, scratchBytes: i32, parts: i32,
): i32 {
  const number = nextNumber(control);
  const ranges = (total + step - 1) / step;
  const claim = (<u64>(<u32>number)) << 32;
  // Closed while it is written: whoever still looks for a range of the last job cannot take one of a job half written.
  for (let part = 0; part < parts; part++) atomic.store<u64>(lineOf(control, part) + CLAIM, claim | CLOSED);
  set(control, KERNEL, kernel);
  set(control, JOB, <i32>job);
  set(control, TOTAL, total);
  set(control, STEP, step);
  set(control, RANGES, ranges);
  set(control, SCRATCH, <i32>scratch);
  set(control, SCRATCH_BYTES, scratchBytes);
  set(control, PARTS, parts);
  set(control, DONE, 0);
  for (let part = 0; part < parts; part++) {
    atomic.store<u64>(lineOf(control, part) + CLAIM, claim | <u64>firstOf(part, parts, ranges));
  }
  set(control, POSTED, number);
  if (get(control, SLEEPERS) > 0) atomic.notify(control + POSTED, ranges - 1);
  work(control, number, 0);
  for (let i = 0; i < SPINS; i++) {
    if (get(control, DONE) == ranges) return 1;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function lineOf(control: usize, thread: i32): usize {
  return control + THREADS + <usize>thread * LINE;
}

/**
 * Takes part in all jobs after number `seen`, for as long as they come thick and fast. The host then waits for POSTED to
 * change from what this returns, and calls again. (Not memory.atomic.wait32: V8 11, of Node 20, loses the caller's locals
 * over it, before it has optimised the function.)
 *
 * @param thread 1 for the first helper
 * @returns the newest job's number, or -1 when there will be no more
 */
export function follow(control: usize, thread: i32, seen: i32): i32 {
  const line = lineOf(control, thread);
  const joined = atomic.cmpxchg<i32>(line + JOINED, 0, 1);
  if (joined == TOO_LATE) return -1;
  if (joined == 1) atomic.sub<i32>(control + SLEEPERS, 1);
  while (get(control, CLOSING) == 0) {
    atomic.add<i32>(line + PULSE, 1);
    const posted = look(control, seen);
    if (posted == seen) {
      // Counted before it waits: the leader posts and then looks for sleepers, so one of the two sees the other.
      atomic.add<i32>(control + SLEEPERS, 1);
      return seen;
    }
    work(control, posted, thread);
    seen = posted;
  }
  return -1;
}

/** The number of the first range of a part. */
// @ts-ignore: decorator
@inline
function firstOf(part: i32, parts: i32, ranges: i32): i32 {
  return part * ranges / parts;
}

/** Ends the pool: helpers leave as soon as they have done the range they are at, and take no other. */
export function close(control: usize, parts: i32): void {
  set(control, CLOSING, 1);
  const number = nextNumber(control);
  const claim = (<u64>(<u32>number)) << 32;
  for (let part = 0; part < parts; part++) atomic.store<u64>(lineOf(control, part) + CLAIM, claim | CLOSED);
  set(control, POSTED, number);
  atomic.notify(control + POSTED, i32.MAX_VALUE);
}

// @ts-ignore: decorator
@inline
function nextNumber(control: usize): i32 {
  return (get(control, POSTED) + 1) & i32.MAX_VALUE;
}

/** Looks for a while for another job than `seen`. @returns its number, or `seen` */
function look(control: usize, seen: i32): i32 {
  for (let i = 0; i < SPINS; i++) {
    const posted = get(control, POSTED);
    if (posted != seen) return posted;
  }
  return seen;
}

/** Claims and runs ranges of one job until none is left: those of this thread's part first, then what others have left. */
function work(control: usize, number: i32, thread: i32): void {
  const parts = get(control, PARTS);
  for (let i = 0; i < parts; i++) {
    const part = thread + i;
    workPart(control, number, thread, part < parts ? part : part - parts, parts);
  }
}

function workPart(control: usize, number: i32, thread: i32, part: i32, parts: i32): void {
  const at = lineOf(control, part) + CLAIM;
  while (true) {
    const claim = atomic.load<u64>(at);
    const kernel = get(control, KERNEL);
    const job = <usize>(<u32>get(control, JOB));
    const total = get(control, TOTAL);
    const step = get(control, STEP);
    const ranges = get(control, RANGES);
    const scratch = <usize>(<u32>get(control, SCRATCH)) + <usize>thread * <usize>(<u32>get(control, SCRATCH_BYTES));
    const range = <i32>claim;
    if (<i32>(claim >> 32) != number || range >= firstOf(part + 1, parts, ranges)) return;
    // What was read above belongs to this job if its claim has not changed since.
    if (atomic.cmpxchg<u64>(at, claim, claim + 1) != claim) continue;
    const from = range * step;
    run(kernel, job, scratch, from, min(from + step, total));
    if (thread > 0) atomic.add<i32>(lineOf(control, thread) + TAKEN, 1);
    if (atomic.add<i32>(control + DONE, 1) + 1 == ranges && thread > 0) atomic.notify(control + DONE, 1);
  }
}
