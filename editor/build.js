// Builds the editors into the folder that Trunk fills: `node editor/build.js`, as Trunk.toml's hook calls it.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const out = process.env.TRUNK_STAGING_DIR
if (out === undefined) throw new Error('TRUNK_STAGING_DIR names no folder: Trunk calls this')
if (!existsSync(join(here, 'node_modules/esbuild'))) {
  throw new Error('the packages of the editor are missing: run `npm ci` in editor/, or `cargo xtask run`')
}
const { build } = await import('esbuild')

// style-mod writes a <style> element into a document, which the content security policy forbids, though it knows
// adopted style sheets, which it takes in a shadow root only. Here it takes them everywhere.
const adopted = {
  name: 'adopted style sheets',
  setup: (build) =>
    build.onLoad({ filter: /style-mod\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace('!root.head && root.adoptedStyleSheets', 'root.adoptedStyleSheets')
      if (contents === text) throw new Error('style-mod is not the one that build.js knows')
      return { contents, loader: 'js' }
    }),
}

await build({
  entryPoints: { 'editor-sql': join(here, 'src/sql.ts'), 'editor-python': join(here, 'src/python.ts') },
  outdir: out,
  // What both share, once.
  splitting: true,
  chunkNames: 'editor-core',
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [adopted],
})
