/** How the browser tests run: one Chromium, one world after the other, reduced motion. A test that fails is
 * played once more by itself; one that passes only then is named at the end of the whole run. */
import { defineConfig } from '@playwright/test'
import { built } from './built.ts'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: process.env.MARS_CONSOLE_E2E_OUT ?? 'test-results',
  snapshotPathTemplate: '{testDir}/golden/{arg}{ext}',
  workers: 1,
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.MARS_CONSOLE_E2E_REPORT ?? 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    headless: true,
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: built('CHROMIUM'),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
})
