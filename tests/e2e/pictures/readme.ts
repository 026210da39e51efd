/** The pictures of the README, of a real cluster and a real table; no test. */
import { fileURLToPath } from 'node:url'
import { test } from '../cluster.ts'
import { expect } from '../world.ts'
import { write } from '../notebook.ts'

const picture = (name: string): string => fileURLToPath(new URL(`../../../assets/readme/${name}.png`, import.meta.url))

test('cluster', async ({ page, running }) => {
  await page.goto(running.world.at(`clusters/${running.id}?tab=jobs&theme=light`))
  await page.setViewportSize({ width: 1280, height: 1000 })
  await write(page, 1, "df = o.to_mars_dataframe('test_mars')\ndf.groupby('col1').agg({'col2': 'sum'})")
  await page.getByRole('textbox', { name: 'Cell 1' }).press('Shift+Enter')
  await write(page, 2, 't = mt.random.rand(100, 100)\nsession.run(t)')
  await page.getByRole('textbox', { name: 'Cell 2' }).press('Control+Enter')
  await expect(page.getByRole('grid').last().getByRole('gridcell').nth(20)).toHaveText(/^0\./)
  await page.screenshot({ path: picture('cluster') })
})

test('table', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all&theme=dark&lang=zh'))
  await expect(page.getByRole('grid').getByRole('gridcell').first()).toHaveText(/\d/)
  await expect(page.getByRole('grid').getByRole('gridcell').nth(20)).toHaveText(/./)
  await page.screenshot({ path: picture('table') })
})
