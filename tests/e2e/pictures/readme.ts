/** The pictures of the README, of a real cluster and a real table; no test. */
import { fileURLToPath } from 'node:url'
import { test } from '../cluster.ts'
import { expect } from '../world.ts'

const picture = (name: string): string => fileURLToPath(new URL(`../../../assets/readme/${name}.png`, import.meta.url))

test('cluster', async ({ page, running }) => {
  await page.goto(running.world.at(`clusters/${running.id}?tab=jobs&theme=light`))
  await page.getByRole('textbox', { name: 'Expression' }).fill('mt.random.rand(100, 100)')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('grid').getByRole('gridcell').nth(20)).toHaveText(/^0\./)
  await page.screenshot({ path: picture('cluster') })
})

test('table', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all&theme=dark&lang=zh'))
  await expect(page.getByRole('grid').getByRole('gridcell').first()).toHaveText(/\d/)
  await expect(page.getByRole('grid').getByRole('gridcell').nth(20)).toHaveText(/./)
  await page.screenshot({ path: picture('table') })
})
