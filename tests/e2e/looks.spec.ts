/**
 * What each page says to a reader who does not see it: its accessibility tree as text, in both languages. Written anew
 * by `playwright test looks --update-snapshots`; read in review.
 */
import { audit, expect, test } from './world.ts'

const pages: [string, string][] = [
  ['overview', ''],
  ['create', 'clusters/new?worker_num=5&worker_cpu=4&worker_mem=16&min_worker_num=3'],
  ['tables', 'tables'],
  ['settings', 'settings'],
  ['missing', 'no/such/page'],
]

for (const language of ['en', 'zh']) {
  for (const [name, path] of pages) {
    test(`${name} in ${language}`, async ({ page, shared }) => {
      const address = new URL(shared.at(path))
      address.searchParams.set('lang', language)
      await page.goto(address.href)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByText(/Reading…|读取中…/)).toHaveCount(0)
      await audit(page)
      await expect(page.getByRole('main')).toMatchAriaSnapshot({ name: `${name}-${language}.yml` })
    })
  }
}
