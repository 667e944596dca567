/**
 * Compiles the AssemblyScript kernels twice (plain SIMD, and relaxed SIMD for fused multiply-add) and writes both as
 * base64 into one module, so that Node, the dev server and the built worker load them the same way.
 * Does nothing when the sources have not changed. Run: node scripts/build-kernels.mjs
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/engine/ops/wasm');
const sources = join(folder, 'assembly');
const output = join(folder, 'generated/kernels.ts');

const options = [
  ['--runtime', 'stub'],
  // tfjs' heap: the module must own no memory, or it would overwrite tfjs' own data.
  ['--importMemory'],
  ['--noExportMemory'],
  ['--use', 'abort='],
  ['--noAssert'],
  ['--optimizeLevel', '3'],
  ['--shrinkLevel', '0'],
].flat();

const builds = {
  SIMD: ['--enable', 'simd'],
  RELAXED_SIMD: ['--enable', 'simd', '--enable', 'relaxed-simd'],
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

function isUpToDate() {
  try {
    return readFileSync(output, 'utf8').includes(hash);
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

async function compile(features) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...options, ...features], {
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

if (!isUpToDate()) {
  const parts = [`// Written by scripts/build-kernels.mjs from sources ${hash}.\n`];
  for (const [name, features] of Object.entries(builds)) {
    const binary = await compile(features);
    const base64 = Buffer.from(binary).toString('base64');
    parts.push(`/** ${binary.length} bytes of WebAssembly. */\nexport const ${name} =\n  '${base64}';\n`);
  }
  mkdirSync(dirname(output), { recursive: true });
  // Renamed into place, so that a reader never sees half of it.
  writeFileSync(`${output}.tmp`, parts.join('\n'));
  renameSync(`${output}.tmp`, output);
}
