/** Where `cargo xtask test` put the built parts: absolute paths in `MARS_CONSOLE_*`. */

export type Part = 'DIST' | 'GATEWAY' | 'WAREHOUSE' | 'PYTHON' | 'CHROMIUM'

/** The path of a built part; an error that says what to run when it is missing. */
export function built(part: Part): string {
  const path = process.env[`MARS_CONSOLE_${part}`]
  if (!path) throw new Error(`MARS_CONSOLE_${part} is not set: run the browser tests by "cargo xtask test"`)
  return path
}
