/** Jobs on a real engine: run, wait or not, come back, cancel, fail; and expressions that cannot be read. */
import type { Locator, Page } from '@playwright/test'
import { audit, expect } from './world.ts'
import { type Running, test } from './cluster.ts'

/** How long a small job may take on a busy machine. */
const JOB = 45_000

/** The result of the job that the address names. */
function result(page: Page): Locator {
  return page.getByRole('region', { name: 'Result' })
}

/** Opens the jobs of the shared cluster and waits until they can be run. */
async function open(page: Page, { world, id }: Running, query = ''): Promise<void> {
  await page.goto(world.at(`clusters/${id}?tab=jobs${query}`))
  await expect(page.getByRole('button', { name: /^(Run|运行)$/ })).not.toHaveAttribute('aria-disabled')
}

async function run(page: Page, expression: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Expression' }).fill(expression)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}

/** A value by row and column, both counted from one; the cell before the first is the row's label. */
function cell(page: Page, row: number, column: number): Locator {
  const cells = result(page).getByRole('grid').getByRole('row').nth(row).getByRole('gridcell')
  return cells.nth(column)
}

test('rows of mt.random.rand(100, 100)', async ({ page, running }) => {
  await open(page, running)
  await expect(page.getByRole('textbox', { name: 'Expression' })).toHaveValue('mt.random.rand(100, 100)')
  await page.getByRole('textbox', { name: 'Expression' }).press('Control+Enter')
  await expect(page).toHaveURL(/session=.+graph=.+target=/)
  const grid = result(page).getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '101', { timeout: JOB })
  await expect(grid).toHaveAttribute('aria-colcount', /^10[12]$/)
  await expect(result(page)).toContainText('(100, 100)')
  await expect(result(page)).toContainText('float64')
  await expect(cell(page, 1, 1)).toHaveText(/^0\.\d+$|^\d\.\d+e-\d+$/)
  await expect(result(page)).toContainText('Done')
  await audit(page)

  const first = await cell(page, 1, 1).textContent()
  await page.reload()
  await expect(cell(page, 1, 1)).toHaveText(first ?? '', { timeout: JOB })
})

test('values of mt.ones((3, 4)) + 1', async ({ page, running }) => {
  await open(page, running)
  await page.getByRole('group', { name: 'Examples' }).getByRole('button', { name: 'mt.ones((3, 4)) + 1' }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const cells = result(page).getByRole('gridcell')
  await expect(cells.filter({ hasText: /^2\.0$/ })).toHaveCount(12, { timeout: JOB })
  await expect(result(page)).toContainText('(3, 4)')
  await expect(result(page)).toContainText('float64')
})

test('the single value of mt.arange(10).sum()', async ({ page, running }) => {
  await open(page, running)
  await run(page, 'mt.arange(10).sum()')
  await expect(result(page).getByRole('gridcell').filter({ hasText: /^45$/ })).toHaveCount(1, { timeout: JOB })
  await expect(result(page)).toContainText('a single value')
  await expect(result(page).getByRole('definition').filter({ hasText: /^int$/ })).toBeVisible()
  await audit(page)
})

test('without waiting, and coming back', async ({ page, running }) => {
  await open(page, running)
  await page.getByLabel('Wait for the result').uncheck()
  await run(page, 'mt.arange(6).reshape(2, 3) * 10')
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Submitted and left running')
  await expect(result(page)).toBeHidden()
  const row = page.getByRole('row').filter({ hasText: 'mt.arange(6).reshape(2, 3) * 10' })
  await expect(row).toContainText('Done', { timeout: JOB })
  await audit(page)
  await page.reload()
  await row.getByRole('link').click()
  await expect(cell(page, 2, 3)).toHaveText('50', { timeout: JOB })
  await expect(result(page)).toContainText('(2, 3)')
  await result(page).getByRole('button', { name: 'Close' }).click()
  await expect(result(page)).toBeHidden()
  await expect(row).toBeVisible()
})

test('a long job is cancelled', async ({ page, running }) => {
  await open(page, running)
  await run(page, 'mt.random.rand(40000, 40000).sum()')
  await expect(result(page)).toContainText(/Running|Preparing/)
  await result(page).getByRole('button', { name: 'Cancel job' }).click()
  await expect(result(page)).toContainText('Cancelled', { timeout: JOB })
  await expect(result(page).getByRole('button', { name: 'Cancel job' })).toBeHidden()
  await expect(page.getByRole('row').filter({ hasText: 'rand(40000, 40000)' })).toContainText('Cancelled', { timeout: JOB })
  await audit(page)
  await run(page, 'mt.arange(3) + 1')
  await expect(cell(page, 3, 1)).toHaveText('3', { timeout: JOB })
})

test('a job that fails shows the engine’s words', async ({ page, running }) => {
  await open(page, running)
  await run(page, 'mt.arange(10) ** -1')
  await expect(result(page)).toContainText('Failed', { timeout: JOB })
  const alert = result(page).getByRole('alert')
  await expect(result(page)).toContainText('Integers to negative integer powers are not allowed')
  await expect(alert).toContainText('The engine reports that the job failed.')
  await alert.getByText('What the service said').click()
  await expect(alert).toContainText('ValueError')
  await audit(page)
  await expect(page.getByRole('textbox', { name: 'Expression' })).toHaveValue('mt.arange(10) ** -1')
  await page.getByRole('button', { name: '中文' }).click()
  const chinese = page.getByRole('region', { name: '结果' })
  await expect(chinese.getByRole('alert')).toContainText('引擎报告作业失败。')
  await expect(chinese).toContainText('Integers to negative integer powers are not allowed')
})

test('an expression that cannot be read is marked at its place, in both languages', async ({ page, running }) => {
  await open(page, running)
  const field = page.getByRole('textbox', { name: 'Expression' })
  await running.world.forget()
  await run(page, 'mt.ones((3, 4)')
  await expect(field).toHaveAccessibleDescription(/Line 1, column 8: \( is never closed\./)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByText('第 1 行第 8 列: ( 没有闭合。')).toBeVisible()
  await page.getByRole('button', { name: 'English' }).click()

  await run(page, 'a = mt.ones(3)\na + mt.onse(3)')
  await expect(field).toHaveAccessibleDescription(/Line 2, column \d+: Mt has no onse|Line 2, column \d+: .*onse.*ones/)
  await run(page, 'mt.ones((2, 3)) + mt.ones((4, 5))')
  await expect(field).toHaveAccessibleDescription(/Line 1, column \d+: .*\(2, 3\).*\(4, 5\)/)
  await run(page, '   ')
  await expect(field).toHaveAccessibleDescription(/There is nothing to run\./)
  await run(page, '1 + 1')
  await expect(field).toHaveAccessibleDescription(/a plain value needs no cluster/)
  const graphs = (await running.world.exchanges()).filter((one) => one.method === 'POST' && one.path.endsWith('/graph'))
  expect(graphs).toEqual([])

  await page.goto(running.world.at(`clusters/${running.id}?tab=jobs&lang=zh`))
  await page.getByRole('textbox', { name: '表达式' }).fill('mt.ones(3')
  await expect(page.getByRole('button', { name: '运行', exact: true })).not.toHaveAttribute('aria-disabled')
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await expect(page.getByText('第 1 行第 8 列: ( 没有闭合。')).toBeVisible()
  await audit(page)
})
