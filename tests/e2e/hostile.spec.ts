/** Data that wants to break the page: markup, marks of direction, control characters, huge cells, thousands of columns, nothing. */
import type { Page } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { run } from './statements.ts'
import { type World, audit, expect, openWorld, test as base } from './world.ts'

const LONG = 'n'.repeat(128)
const WIDE = 1200
const SCRIPT = '<script>window.hacked = 1</script>'
const IMAGE = '<img src=x onerror="window.hacked = 2">'

const test = base.extend<object, { hostile: World }>({
  hostile: [
    async ({ seed }, use) => {
      const world = await openWorld(seed)
      const columns = Array.from({ length: WIDE }, (_, at) => `c${at} bigint`).join(', ')
      const values = Array.from({ length: WIDE }, (_, at) => at).join(', ')
      await run(
        world,
        `create table texts (id bigint, t string comment '${SCRIPT}', \`名称\` string) comment '${IMAGE}';`,
        `insert into texts values (1, '${SCRIPT}', '王小明'), (2, '${IMAGE}', '👩‍👩‍👧‍👦🇨🇳é'),
          (3, '\u202Egnp.exe', '\u2067right\u2069 \u200F'), (4, concat('a', chr(1), chr(7), chr(27), '[31mb', chr(9), 'c', chr(10), 'd'), '"quoted" \\'single\\' & &amp;');`,
        `create table huge (id bigint, t string);`,
        `insert into huge select 1, concat(repeat('长x', 524288), 'END');`,
        `create table wide (${columns});`,
        `insert into wide values (${values});`,
        'create table nothing (a bigint, b string);',
        `create table apart (id bigint, t string, d double);`,
        `insert into apart values (1, null, null), (2, '', cast('NaN' as double)), (3, 'NULL', 1.5), (4, 'NaN', cast('Infinity' as double));`,
        `create table ${LONG} (${LONG.toUpperCase().slice(0, 127)}a string comment '长');`,
        `insert into ${LONG} values ('x');`,
      )
      await use(world)
      await world.stop()
      await rm(world.folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const ledger = (page: Page) => page.locator('.frame-ledger')
const cell = (page: Page, row: number, column: number) =>
  page.getByRole('grid').getByRole('row').nth(row).getByRole('gridcell').nth(column)
const side = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** Nothing ran, and nothing pushes the page wider than its window. */
async function holds(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined()
  const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
  expect(wide).toBeLessThanOrEqual(view ?? 0)
  await audit(page)
}

test('markup, quotes, directions and control characters are text', async ({ page, context, hostile }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(hostile.at('tables/texts?limit=all'))
  await expect(ledger(page)).toContainText('All 4 rows are here.')
  await expect(cell(page, 1, 1)).toHaveText(SCRIPT)
  await expect(cell(page, 2, 1)).toHaveText(IMAGE)
  await expect(cell(page, 2, 2)).toHaveText('👩‍👩‍👧‍👦🇨🇳é')
  await holds(page)
  // A mark of direction stays inside of its cell: the number beside it reads as it is.
  await expect(cell(page, 3, 0)).toHaveText('3')
  const isolated = await cell(page, 3, 1).evaluate((one) => getComputedStyle(one).unicodeBidi)
  expect(isolated).toMatch(/isolate|plaintext/)
  for (const row of [1, 2, 3, 4]) {
    await cell(page, row, 1).click()
    await page.keyboard.press('Enter')
    await expect(side(page, 'Cell')).toBeVisible()
    await holds(page)
  }
  await cell(page, 4, 1).click()
  await page.keyboard.press('Control+C')
  await expect(page.getByText('Copied 1 × 1 cells, tab-separated')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a\u0001\u0007\u001b[31mb\tc\nd')
  await page.getByRole('button', { name: 'Record' }).click()
  await holds(page)
  await page.getByRole('button', { name: '中文' }).click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await holds(page)
})

test('hostile words in the list, the columns and the definition are text', async ({ page, hostile }) => {
  await page.goto(hostile.at('tables'))
  await expect(page.getByRole('link', { name: LONG })).toBeVisible()
  await holds(page)
  await page.goto(hostile.at(`tables/${LONG}?limit=all`))
  await expect(ledger(page)).toContainText('All 1 rows are here.')
  await holds(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await holds(page)
})

test('a cell of a mebibyte is cut in the grid, shown in the inspector and copied whole', async ({ page, context, hostile }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(hostile.at('tables/huge?limit=all'))
  await expect(ledger(page)).toContainText('All 1 rows are here.')
  await cell(page, 1, 1).click()
  await expect(page.getByText('first 240 of 1\u2009048\u2009579 characters; copy takes all')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(side(page, 'Cell')).toContainText('1\u2009048\u2009579 characters')
  await expect(side(page, 'Cell')).toContainText('The first 16\u2009384 of 1\u2009048\u2009579 characters are shown')
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(side(page, 'Cell')).toContainText('The first 32\u2009768 of')
  await holds(page)
  await cell(page, 1, 1).click()
  await page.keyboard.press('Control+C')
  await expect(page.getByText('Copied 1 × 1 cells, tab-separated')).toBeVisible()
  const [length, tail] = await page.evaluate(async () => {
    const text = await navigator.clipboard.readText()
    return [text.length, text.slice(-5)] as const
  })
  expect([length, tail]).toEqual([1_048_579, '长xEND'])
})

test(`${WIDE} columns: the last one by keyboard, any one by name`, async ({ page, hostile }) => {
  await page.goto(hostile.at('tables/wide?limit=all'))
  await expect(ledger(page)).toContainText('All 1 rows are here.')
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('columnheader', { name: `c${WIDE - 1}`, exact: false })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: String(WIDE - 1), exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('c777')
  await expect(page.getByRole('checkbox', { name: /c777/ })).toBeChecked()
  await holds(page)
})

test('no rows are said, with their columns', async ({ page, hostile }) => {
  await page.goto(hostile.at('tables/nothing'))
  await expect(ledger(page)).toContainText('There are no rows.')
  await expect(page.getByRole('columnheader', { name: /^b/ })).toBeVisible()
  await page.getByRole('grid').focus()
  for (const key of ['ArrowDown', 'End', 'Control+End', 'Enter', 'Control+C']) await page.keyboard.press(key)
  await holds(page)
})

test('NULL, nothing, the word NULL and NaN stay apart', async ({ page, context, hostile }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(hostile.at('tables/apart?limit=all'))
  await expect(ledger(page)).toContainText('All 4 rows are here.')
  const kinds = await Promise.all([1, 2, 3, 4].map((row) => cell(page, row, 1).getAttribute('data-kind')))
  expect(kinds).toEqual(['null', 'empty', 'text', 'text'])
  const numbers = await Promise.all([1, 2, 3, 4].map((row) => cell(page, row, 2).textContent()))
  expect(numbers).toEqual(['NULL', 'NaN', '1.5', 'Infinity'])
  expect(await cell(page, 1, 2).getAttribute('data-kind')).toBe('null')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+C')
  await expect(page.getByText('Copied 4 × 3 cells, tab-separated')).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text.split('\n')).toEqual(['1\tNULL\tNULL', '2\t\tNaN', '3\t"NULL"\t1.5', '4\tNaN\tInfinity'])
  await holds(page)
})

test('text that is no UTF-8 costs no row, and its bytes can be seen', async ({ page, world }) => {
  await world.fault('tunnel-bad-text', { row: 1 })
  await page.goto(world.at('tables/sales?partition=dt%3D20260101&limit=all'))
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(cell(page, 2, 1)).toHaveText('李\ufffd\ufffd')
  await expect(cell(page, 1, 1)).toHaveText('王小明')
  await cell(page, 2, 1).click()
  await page.keyboard.press('Enter')
  await expect(side(page, 'Cell').getByLabel('hex')).toHaveText('e6 9d 8e e9 9b ff')
  await expect(side(page, 'Cell')).toContainText('breaks at byte')
  await holds(page)
})

test('an address with a partition that is none says so plainly', async ({ page, hostile }) => {
  for (const spec of ['nonsense', 'dt', '=', 'dt=', "dt='", 'dt=1/other', 'a=1,b=2,c=3', '<b>=1']) {
    await page.goto(hostile.at(`tables/sales?partition=${encodeURIComponent(spec)}`))
    await expect(page.getByRole('alert'), spec).toBeVisible()
    await holds(page)
  }
})
