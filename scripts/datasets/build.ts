/**
 * Makes the packed data sets, thumbnails and manifest of `public/datasets/`. Run on a Debian machine:
 *
 *     npx tsx scripts/datasets/build.ts [fashion] [digits] [avatars] [emoji]
 *
 * without names for all. The results are committed, so nobody needs to run it to use or build the page. Everything is
 * seeded and pinned: a second run gives the same bytes. `contact-sheet.ts` shows the result.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DatasetId, datasetFacts, type ShippedId, shippedIds } from '../../src/config/datasets.ts';
import { fileSource } from '../../src/engine/data/fileSource.node.ts';
import { loadDataset } from '../../src/engine/data/load.ts';
import { type ManifestEntry, parseManifest } from '../../src/engine/data/manifest.ts';
import { avatars } from './avatars.ts';
import { digits } from './digits.ts';
import { emoji } from './emoji.ts';
import { fashion } from './fashion.ts';
import { pack } from './pack.ts';
import type { Pictures } from './pictures.ts';
import { open } from './raster.ts';
import { installNpmPackages } from './sources.ts';

const makers: Record<ShippedId, () => Promise<Pictures>> = { fashion, digits, avatars, emoji };
const folder = fileURLToPath(new URL('../../public/datasets/', import.meta.url));
const manifestFile = `${folder}manifest.json`;

async function build(id: ShippedId): Promise<ManifestEntry> {
  const pictures = await makers[id]();
  const { bytes, entry } = await pack(id, pictures);
  for (const name of readdirSync(folder)) if (name.startsWith(`${id}-`)) rmSync(folder + name);
  writeFileSync(folder + entry.file, bytes);
  await drawThumbnail(id, pictures.thumbnail);
  console.log(`${entry.file}: ${entry.train} + ${entry.heldOut} images, ${entry.bytes} bytes`);
  return entry;
}

async function drawThumbnail(id: DatasetId, pixels: Uint8Array): Promise<void> {
  const thumbnail = await open(pixels, { width: 28, height: 28, channels: datasetFacts(id).channels });
  writeFileSync(`${folder}${id}.png`, await thumbnail.png({ compressionLevel: 9, palette: false }).toBuffer());
}

const names = process.argv.slice(2);
const unknown = names.find((name) => !shippedIds.includes(name as ShippedId));
if (unknown) throw new Error(`no data set ${unknown}; there are ${shippedIds.join(', ')}`);
mkdirSync(folder, { recursive: true });
installNpmPackages();
const kept = existsSync(manifestFile) ? parseManifest(readFileSync(manifestFile)).sets : [];
const sets: ManifestEntry[] = [];
for (const id of shippedIds) {
  const old = kept.find((entry) => entry.id === id);
  sets.push(old && names.length > 0 && !names.includes(id) ? old : await build(id));
}
writeFileSync(manifestFile, `${JSON.stringify({ version: 1, sets }, null, 2)}\n`);
console.log(`in all: ${sets.reduce((sum, entry) => sum + entry.bytes, 0)} bytes`);

const stacked = await loadDataset('stacked', fileSource());
await drawThumbnail('stacked', stacked.train.pixels.slice(0, 28 * 28 * 3));
