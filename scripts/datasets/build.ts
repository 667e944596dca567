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
import { type DatasetId, datasetFacts, datasetIds } from '../../src/config/datasets.ts';
import { type ManifestEntry, parseManifest } from '../../src/engine/data/manifest.ts';
import { avatars } from './avatars.ts';
import { digits } from './digits.ts';
import { emoji } from './emoji.ts';
import { fashion } from './fashion.ts';
import { pack } from './pack.ts';
import type { Pictures } from './pictures.ts';
import { open } from './raster.ts';
import { installNpmPackages } from './sources.ts';

const makers: Record<DatasetId, () => Promise<Pictures>> = { fashion, digits, avatars, emoji };
const folder = fileURLToPath(new URL('../../public/datasets/', import.meta.url));
const manifestFile = `${folder}manifest.json`;

async function build(id: DatasetId): Promise<ManifestEntry> {
  const pictures = await makers[id]();
  const { bytes, entry } = await pack(id, pictures);
  for (const name of readdirSync(folder)) if (name.startsWith(`${id}-`)) rmSync(folder + name);
  writeFileSync(folder + entry.file, bytes);
  const thumbnail = await open(pictures.thumbnail, { width: 28, height: 28, channels: datasetFacts(id).channels });
  writeFileSync(`${folder}${id}.png`, await thumbnail.png({ compressionLevel: 9, palette: false }).toBuffer());
  console.log(`${entry.file}: ${entry.train} + ${entry.heldOut} images, ${entry.bytes} bytes`);
  return entry;
}

const names = process.argv.slice(2);
const unknown = names.find((name) => !datasetIds.includes(name as DatasetId));
if (unknown) throw new Error(`no data set ${unknown}; there are ${datasetIds.join(', ')}`);
mkdirSync(folder, { recursive: true });
installNpmPackages();
const kept = existsSync(manifestFile) ? parseManifest(readFileSync(manifestFile)).sets : [];
const sets: ManifestEntry[] = [];
for (const id of datasetIds) {
  const old = kept.find((entry) => entry.id === id);
  sets.push(old && names.length > 0 && !names.includes(id) ? old : await build(id));
}
writeFileSync(manifestFile, `${JSON.stringify({ version: 1, sets }, null, 2)}\n`);
console.log(`in all: ${sets.reduce((sum, entry) => sum + entry.bytes, 0)} bytes`);
