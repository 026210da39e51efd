// Builds the editor into the folder that Trunk fills: `node editor/build.js`, as Trunk.toml's hook calls it.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const out = process.env.TRUNK_STAGING_DIR
if (out === undefined) throw new Error('TRUNK_STAGING_DIR names no folder: Trunk calls this')
if (!existsSync(join(here, 'node_modules/esbuild'))) {
  throw new Error('the packages of the editor are missing: run `npm ci` in editor/, or `cargo xtask run`')
}
const { build } = await import('esbuild')
await build({
  entryPoints: [join(here, 'src/editor.ts')],
  outfile: join(out, 'editor.js'),
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
})
