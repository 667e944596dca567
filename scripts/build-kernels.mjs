/**
 * Compiles the AssemblyScript kernels four times ({plain, relaxed} SIMD x {own, shared} memory) and writes each as base64
 * into a module of its own, so that Node, the dev server and the built worker load them the same way and a page fetches
 * only the one it runs. Does nothing when the sources have not changed. Run: node scripts/build-kernels.mjs
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/engine/ops/wasm');
const sources = join(folder, 'assembly');
const output = join(folder, 'generated');

const options = [
  ['--runtime', 'stub'],
  // tfjs' heap: the module must own no memory, or it would overwrite tfjs' own data.
  ['--importMemory'],
  ['--noExportMemory'],
  ['--use', 'abort='],
  ['--noAssert'],
  // From 2 on Binaryen moves each accumulator's updates together. An unrolled tile then needs more registers than there are,
  // and spills: 44 GFLOP/s of the 52 that V8 otherwise reaches, which optimises anyway.
  ['--optimizeLevel', '1'],
  ['--shrinkLevel', '0'],
].flat();

const kernels = ['index.ts', '--enable', 'simd'];
const relaxed = ['--enable', 'relaxed-simd'];
// Helper threads need the pool as well. The maximum only bounds that of the memory that is given at instantiation.
const shared = ['pool.ts', '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** By the file they are written to, without its ending. */
const builds = {
  simd: kernels,
  relaxed: [...kernels, ...relaxed],
  simdShared: [...kernels, ...shared],
  relaxedShared: [...kernels, ...relaxed, ...shared],
};

const names = readdirSync(sources)
  .filter((name) => name.endsWith('.ts'))
  .sort();
const files = new Map(names.map((name) => [name, readFileSync(join(sources, name), 'utf8')]));
const compiler = JSON.parse(
  readFileSync(join(folder, '../../../../node_modules/assemblyscript/package.json'), 'utf8'),
).version;
const hash = createHash('sha256')
  .update(JSON.stringify([compiler, options, builds, [...files]]))
  .digest('hex');

const pathOf = (build) => join(output, `${build}.ts`);

function isUpToDate(build) {
  try {
    return readFileSync(pathOf(build), 'utf8').includes(hash);
  } catch {
    return false;
  }
}

const DATA_SECTION = 11;

/** Ids of a WebAssembly binary's sections: after 8 bytes of header, each is an id, a LEB128 length and a body. */
function sectionIds(binary) {
  const ids = [];
  for (let at = 8; at < binary.length; ) {
    ids.push(binary[at++]);
    let length = 0;
    for (let shift = 0, byte = 0x80; byte & 0x80; shift += 7) {
      byte = binary[at++];
      length |= (byte & 0x7f) << shift;
    }
    at += length;
  }
  return ids;
}

async function compile(args) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main([...args, '--outFile', 'kernels.wasm', ...options], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm') binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error });
  if (sectionIds(binary).includes(DATA_SECTION)) throw new Error("Static data would overwrite tfjs' heap: remove it.");
  return binary;
}

for (const [build, args] of Object.entries(builds)) {
  if (isUpToDate(build)) continue;
  const binary = await compile(args);
  const base64 = Buffer.from(binary).toString('base64');
  const text = [
    `// Written by scripts/build-kernels.mjs from sources ${hash}.`,
    `/** ${binary.length} bytes of WebAssembly. */`,
    `export const base64 =\n  '${base64}';`,
  ].join('\n\n');
  mkdirSync(output, { recursive: true });
  // Renamed into place, so that a reader never sees half of it.
  writeFileSync(`${pathOf(build)}.tmp`, `${text}\n`);
  renameSync(`${pathOf(build)}.tmp`, pathOf(build));
}
