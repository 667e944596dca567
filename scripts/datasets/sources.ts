/**
 * Fetches what the data sets are made from into `build/datasets/`, which git ignores: two Debian packages through apt
 * and a few npm packages. They are build tools of these files only, so the project does not depend on them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const buildFolder = fileURLToPath(new URL('../../build/datasets/', import.meta.url));

const npmPackages = {
  '@dicebear/core': '9.4.3',
  '@dicebear/pixel-art': '9.4.3',
  '@gfx/zopfli': '1.0.15',
  'emoji-datasource-twitter': '16.0.0',
  sharp: '0.35.5',
};

export const debianPackages = {
  'dataset-fashion-mnist': '0.0~git20200523.55506a9-1',
  'opencv-doc': '4.6.0+dfsg-12',
};

export const npmSource = (name: keyof typeof npmPackages) => `npm package ${name} ${npmPackages[name]}`;
export const debianSource = (name: keyof typeof debianPackages) => `Debian package ${name} ${debianPackages[name]}`;

/** Installs the npm packages at their pins. Their install scripts are not run; sharp brings its library prebuilt. */
export function installNpmPackages(): void {
  mkdirSync(buildFolder, { recursive: true });
  const file = join(buildFolder, 'package.json');
  writeFileSync(file, JSON.stringify({ private: true, dependencies: npmPackages }, null, 2));
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  execFileSync('npm', ['install', '--prefix', buildFolder, ...options], { stdio: 'inherit' });
}

/** A file of an installed npm package. */
export function npmFile(path: string): string {
  return join(buildFolder, 'node_modules', path);
}

/** Loads an installed npm package, seen as `T`: only what the caller uses of it. */
export async function npmImport<T>(name: keyof typeof npmPackages): Promise<T> {
  const { resolve } = createRequire(join(buildFolder, 'package.json'));
  const loaded = (await import(pathToFileURL(resolve(name)).href)) as T & { default?: T };
  return loaded;
}

/** Downloads a Debian package and unpacks some of its files; returns the folder that stands for `/`. */
export function unpackDebian(name: keyof typeof debianPackages, files: readonly string[]): string {
  const downloads = join(buildFolder, 'deb');
  const root = join(buildFolder, 'root');
  mkdirSync(downloads, { recursive: true });
  mkdirSync(root, { recursive: true });
  if (files.every((file) => existsSync(join(root, file)))) return root;
  execFileSync('apt-get', ['download', `${name}=${debianPackages[name]}`], { cwd: downloads, stdio: 'inherit' });
  const archive = readdirSync(downloads).find((file) => file.startsWith(`${name}_`));
  if (!archive) throw new Error(`apt-get left no ${name}_*.deb`);
  const tar = execFileSync('dpkg-deb', ['--fsys-tarfile', join(downloads, archive)], { maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', root, ...files.map((file) => `./${file}`)], { input: tar });
  return root;
}
