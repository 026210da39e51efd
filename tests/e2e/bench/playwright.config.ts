/** How `cargo xtask bench` runs the measurements: as the browser tests, one after the other, nothing recorded. */
import { defineConfig } from '@playwright/test'
import tests from '../playwright.config.ts'

export default defineConfig({
  ...tests,
  testDir: '.',
  testMatch: ['times.ts', 'frames.ts', 'rows.ts'],
  retries: 0,
  timeout: 1_200_000,
  reporter: [['list']],
  use: { ...tests.use, trace: 'off', screenshot: 'off' },
})
