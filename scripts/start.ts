/**
 * `npm start`: builds the page, serves it with the headers it wants, prints its address. `--no-build` serves what is
 * there; `--port N` begins the search for a free port at N; `--host` also answers other machines.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4173' },
    host: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`--port wants a whole number from 1 to 65535, not ${values.port}`);
  process.exit(2);
}

if (!values['no-build']) {
  const kernels = spawnSync(process.execPath, ['scripts/build-kernels.mjs'], { stdio: 'inherit' });
  if (kernels.status !== 0) process.exit(kernels.status ?? 1);
  await build({ logLevel: 'warn' });
} else if (!existsSync('dist/index.html')) {
  console.error('Nothing is built yet: run without --no-build');
  process.exit(2);
}

// Vite walks on to the next port when this one is taken.
const server = await preview({ preview: { port, host: values.host } });
const { local = [], network = [] } = server.resolvedUrls ?? {};
console.log(`Duel is at ${[...local, ...network].join(' and ')} (Ctrl+C stops it)`);
