import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { significant } from './statistics.ts';

/** What the figures were measured on. */
export function machineFacts() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    /** Processes that wanted a core during the last minute: what else the machine did, if taken before measuring. */
    load: significant(loadavg()[0] ?? 0, 2),
    date: new Date().toISOString().slice(0, 16),
  };
}

/** Whether other work would have had its share of the cores: threads that wait for one another then wait for it too. */
export function isBusy({ load }: { readonly load: number }): boolean {
  return load > availableParallelism() / 2;
}
