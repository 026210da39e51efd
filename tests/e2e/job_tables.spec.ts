/** Tables inside the engine: read as frames and written from frames, by expressions of the page. */
import type { Locator, Page } from '@playwright/test'
import { audit, expect } from './world.ts'
import { type Running, test } from './cluster.ts'
import { write } from './notebook.ts'

/** How long a small job may take on a busy machine. */
const JOB = 45_000

const result = (page: Page): Locator => page.getByRole('region', { name: 'Result of cell' }).last()

async function open(page: Page, { world, id }: Running): Promise<void> {
  await page.goto(world.at(`clusters/${id}?tab=jobs`))
  await expect(page.getByRole('button', { name: 'Run', exact: true })).not.toHaveAttribute('aria-disabled')
}

async function run(page: Page, expression: string): Promise<void> {
  await write(page, 1, expression)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}

/** The rows of a grid without their labels, as texts. */
async function rows(grid: Locator, labels: boolean): Promise<string[][]> {
  const all: string[][] = []
  for (const row of (await grid.getByRole('row').all()).slice(1)) {
    const cells = (await row.getByRole('gridcell').allTextContents()).map((text) => text.trim())
    all.push(labels ? cells.slice(1) : cells)
  }
  return all
}

/** All rows of a table in the order of its values, read by the page itself. */
async function stored(page: Page, { world }: Running, table: string, count: number, partition = ''): Promise<string[][]> {
  await page.goto(world.at(`tables/${table}?limit=all${partition}`))
  const grid = page.getByRole('grid', { name: `Rows of ${table}` })
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  await expect(grid.getByRole('row')).toHaveCount(count + 1)
  return (await rows(grid, false)).sort()
}

const GRID = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => [a, b]))
const texts = (values: number[][]): string[][] => values.map((row) => row.map(String)).sort()

test('the first six rows of a table, and a group-by of it', async ({ page, running }) => {
  await open(page, running)
  await page.getByRole('group', { name: 'Examples' }).getByRole('button', { name: /to_mars_dataframe/ }).click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const grid = result(page).getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '7', { timeout: JOB })
  await expect.poll(() => rows(grid, true)).toEqual(GRID.slice(0, 6).map((row) => row.map(String)))
  await audit(page)
  await run(page, "df = o.to_mars_dataframe('test_mars')\ndf.groupby('col1').agg({'col2': 'sum'})")
  await expect(grid).toHaveAttribute('aria-rowcount', '4', { timeout: JOB })
  await expect.poll(() => rows(grid, true)).toEqual([['3'], ['3'], ['3']])
})

test('a frame becomes a table, and one partition of another', async ({ page, running }) => {
  await open(page, running)
  const script = "df = o.to_mars_dataframe('test_mars')\no.persist_mars_dataframe(df + 1, 'kept_by_page', overwrite=True)"
  await run(page, script)
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(result(page)).toContainText('Done', { timeout: JOB })
  await audit(page)
  expect(await stored(page, running, 'kept_by_page', 9)).toEqual(texts(GRID.map(([a, b]) => [a! + 1, b! + 1])))

  await open(page, running)
  const parted = "df = o.to_mars_dataframe('kept_by_page')\no.persist_mars_dataframe(df * 2, 'parted_by_page', partition='pt=a')"
  await run(page, parted)
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(result(page)).toContainText('Written: parted_by_page', { timeout: JOB })
  const doubled = texts(GRID.map(([a, b]) => [(a! + 1) * 2, (b! + 1) * 2]))
  expect(await stored(page, running, 'parted_by_page', 9, '&partition=pt%3Da')).toEqual(doubled)
})

test('a date has no place in a frame of this generation', async ({ page, running }) => {
  await open(page, running)
  const field = page.getByRole('textbox', { name: 'Cell 1' })
  await run(page, "o.to_mars_dataframe('sales')")
  await expect(field).toHaveAccessibleDescription(/Line 1, column 21: Column \w+ of type \w+.* is not carried between tables and frames\./)
  await audit(page)
})

test('a table that is not there is marked at its place, in both languages', async ({ page, running }) => {
  await open(page, running)
  const field = page.getByRole('textbox', { name: 'Cell 1' })
  await run(page, "a = mt.ones(3)\no.to_mars_dataframe('no_such_table')")
  await expect(field).toHaveAccessibleDescription(/Line 2, column 21: No table no_such_table in this project\./)
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByText('第 2 行第 21 列: 本项目中没有表 no_such_table。')).toBeVisible()
})

test('a write is rehearsed, and a table is named before it is overwritten', async ({ page, running }) => {
  await open(page, running)
  const graphs = async (): Promise<number> =>
    (await running.world.exchanges()).filter((one) => one.method === 'POST' && one.path.endsWith('/graph')).length
  await running.world.forget()
  const asked = page.getByRole('region', { name: 'What will be written' })
  await run(page, "df = o.to_mars_dataframe('test_mars')\no.persist_mars_dataframe(df, 'rehearsed')")
  await expect(asked).toContainText('rehearsed is not there yet: it is made with these columns.')
  await expect(asked.getByRole('row').nth(1)).toHaveText(/col1.*int64 → bigint.*is made/)
  await audit(page)
  await asked.getByRole('button', { name: 'Do not write' }).click()
  await expect(asked).toBeHidden()
  expect(await graphs()).toBe(0)

  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await asked.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(result(page)).toContainText('Written: rehearsed', { timeout: JOB })
  // The counts of both sides, in a cell of their own.
  await page.getByRole('button', { name: 'Compare with the frame' }).click()
  const counts = page.getByRole('region', { name: 'Result of cell 2' }).getByRole('grid')
  await expect(counts).toHaveCount(2, { timeout: JOB })
  for (const side of [0, 1]) await expect.poll(() => rows(counts.nth(side), true)).toEqual([['9'], ['9']])
  await page.getByRole('listitem', { name: 'Cell 2' }).getByRole('button', { name: 'Remove' }).click()
  await run(page, "df = md.DataFrame({'col1': [7], 'more': ['x']})\no.persist_mars_dataframe(df, 'rehearsed', overwrite=True)")
  await expect(asked).toContainText('What rehearsed holds now is overwritten.')
  await expect(asked.getByRole('row')).toHaveText([/Column/, /col1.*bigint/, /more.*not in the table/, /col2.*not in the frame: NULL/])
  const write = asked.getByRole('button', { name: 'Write', exact: true })
  await expect(write).toHaveAttribute('aria-disabled', 'true')
  await asked.getByRole('textbox').fill('rehearse')
  await expect(write).toHaveAttribute('aria-disabled', 'true')
  await asked.getByRole('textbox').fill('rehearsed')
  await expect(write).not.toHaveAttribute('aria-disabled')
  await audit(page)
})
