/** Tables: the list, one table, its rows through the tunnel and the frame worker, and what may go wrong on the way. */
import type { Page } from '@playwright/test'
import { type World, audit, expect, test } from './world.ts'

const ledger = (page: Page) => page.locator('.frame-ledger')
const cells = (page: Page, row: number) => page.getByRole('grid').getByRole('row').nth(row).getByRole('gridcell')

/** The texts of one row of the grid; row 1 is the first one. */
async function row(page: Page, number: number): Promise<string[]> {
  return (await cells(page, number).allTextContents()).map((text) => text.trim())
}

test('the tree leads to the table of the guide, and the same line stands below', async ({ page, shared }) => {
  await page.goto(shared.at('tables'))
  await expect(page.getByRole('treeitem', { name: /lineitem_1m/ })).toContainText('1\u2009000\u2009000')
  await audit(page)
  await page.getByRole('searchbox', { name: 'Search tables' }).fill('test_m')
  await expect(page).toHaveURL(/tables\?q=test_m$/)
  await expect(page.getByRole('link', { name: 'sales' })).toHaveCount(0)
  await page.getByRole('link', { name: 'test_mars' }).click()
  await expect(page).toHaveURL(shared.at('tables/test_mars'))
  await expect(ledger(page)).toContainText('All 9 rows are here.')
  await expect(page.getByRole('grid', { name: 'Rows of test_mars' })).toHaveAttribute('aria-rowcount', '10')
  await expect(page.getByText("o.get_table('test_mars').head(100)")).toBeVisible()
  await page.getByRole('button', { name: 'First 6' }).click()
  await expect(page).toHaveURL(/limit=6/)
  await expect(ledger(page)).toContainText('6 of 9 rows are here.')
  await expect(page.getByText("o.get_table('test_mars').head(6)")).toBeVisible()
  await page.getByRole('button', { name: 'All rows' }).click()
  await expect(ledger(page)).toContainText('All 9 rows are here.')
  await expect(page).toHaveURL(/limit=all/)
  await audit(page)
})

test('values are exact, and absent is not empty', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all'))
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  const first = await row(page, 1)
  expect(first[0]).toBe('9223372036854775807')
  const customers = await Promise.all([3, 4, 5, 6].map(async (number) => (await row(page, number))[1]))
  expect(customers).toEqual(["Zoë O'Hara", "''", 'NULL', 'NULL'])
  const kinds = await Promise.all([4, 5, 6].map((number) => cells(page, number).nth(1).getAttribute('data-kind')))
  expect(kinds).toEqual(['empty', 'text', 'null'])
  await audit(page)
})

/** What the seed wrote, digit by digit: beyond 2^53, decimal(38,18), NaN and infinities, nanoseconds, nested values. */
const LEFT = [
  ['9223372036854775807', '王小明', '杭州', '-3', '0.000000000000000001', '-100.00'],
  ['-9223372036854775807', '李雷', '北京', '-2', '-123456789012345678.901234567890123456', '-80.01'],
  ['9007199254740995', "Zoë O'Hara", 'NULL', '-1', '99999999999999999999.999999999999999999', '-60.02'],
]
const RIGHT = [
  ['1969-12-31 23:59:59.999', '1969-12-31 23:59:59.999999999', 'NULL', 'NULL', 'NULL'],
  ['2026-01-01 01:00:00.006', '2026-01-01 00:00:00.123456796', '["新品"]', '{"重量": 1}', '{"street": "文一西路 1 号", "zip": 310001}'],
]

test('no digit is lost in any column', async ({ page, shared }) => {
  await page.setViewportSize({ width: 1920, height: 900 })
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all&tz=utc'))
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  for (const [at, wanted] of LEFT.entries()) {
    expect((await row(page, at + 1)).slice(0, wanted.length)).toEqual(wanted)
  }
  const rates = page.getByRole('gridcell', { name: /^(NaN|Infinity|-Infinity|-0\.0|0\.1)$/ })
  for (const text of ['NaN', 'Infinity', '-Infinity', '-0.0']) await expect(rates.filter({ hasText: new RegExp(`^${text}$`) }).first()).toBeAttached()
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('columnheader', { name: /paid_at/ })).toBeVisible()
  for (const [at, wanted] of RIGHT.entries()) expect((await row(page, at + 1)).slice(-wanted.length)).toEqual(wanted)
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all&tz=browser'))
  await expect(ledger(page)).toContainText('Times in Asia/Shanghai')
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  const shanghai = ['1970-01-01 07:59:59.999', '1970-01-01 07:59:59.999999999']
  expect((await row(page, 1)).slice(-5, -3)).toEqual(shanghai)
  await page.goto(shared.at('tables/test_mars?limit=6'))
  await expect(ledger(page)).toContainText('6 of 9 rows are here.')
  const six = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => row(page, number)))
  expect(six).toEqual([['0', '0'], ['0', '1'], ['0', '2'], ['1', '0'], ['1', '1'], ['1', '2']])
})

test('the keyboard selects, and a copy keeps full precision', async ({ page, context, shared }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&limit=all'))
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  await page.getByRole('grid').focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown']) {
    await page.keyboard.press(key)
  }
  await page.keyboard.press('Control+Shift+C')
  await expect(page.getByText('Copied 4 × 1 cells, tab-separated')).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text.split('\n')).toEqual(['customer', "Zoë O'Hara", '', '"NULL"', 'NULL'])
})

test('a view says that SQL reads it, and counts nothing', async ({ page, world }) => {
  const project = world.warehouse.ready.project
  const job = `<?xml version="1.0" encoding="utf-8"?>
<Instance><Job><Priority>9</Priority><Tasks>
<SQL><Name>AnonymousSQLTask</Name><Query><![CDATA[create view seen as select * from test_mars;]]></Query></SQL>
</Tasks></Job></Instance>`
  const answer = await page.request.post(world.at(`odps/projects/${project}/instances`), {
    data: job,
    headers: { 'content-type': 'application/xml' },
  })
  expect(answer.status()).toBe(201)
  await expect(async () => {
    await page.goto(world.at('tables'))
    await expect(page.getByRole('link', { name: 'seen' })).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await page.getByRole('link', { name: 'seen' }).click()
  await expect(page.getByRole('main')).toContainText('A view keeps no rows of its own. SQL reads it:')
  await expect(page.getByText("o.execute_sql('SELECT * FROM `seen` LIMIT 100').open_reader()")).toBeVisible()
  await expect(page.getByRole('grid')).toHaveCount(0)
  await expect(page.getByRole('definition').first()).toHaveText('–')
  const sql = page.getByRole('link', { name: 'Read it by SQL' })
  await expect(sql).toHaveAttribute('href', 'jobs/new/sql?query=SELECT%20%2A%20FROM%20%60seen%60%20LIMIT%20100')
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('main')).toContainText('视图自身不存数据，请用 SQL 读取：')
})

test.describe('what does not exist', () => {
  test.use({ tolerated: [/status of 404/] })

  test('no such table', async ({ page, shared }) => {
    await page.goto(shared.at('tables/nothing'))
    await expect(page.getByRole('alert')).toContainText('There is no table of this name')
    await expect(page.getByRole('alert')).toContainText('NoSuchObject')
    await page.goto(shared.at('tables/nothing?lang=zh'))
    await expect(page.getByRole('alert')).toContainText('表')
    await audit(page)
  })

  test('no such partition', async ({ page, shared }) => {
    await page.goto(shared.at('tables/sales?partition=dt%3D1999'))
    await expect(page.getByRole('alert')).toContainText('NoSuchPartition')
    await expect(page.getByRole('region', { name: 'Partition' })).toContainText('dt=1999')
    // What is no partition at all is said in its place, too.
    await page.goto(shared.at('tables/sales?partition=nonsense'))
    await expect(page.getByRole('alert')).toContainText('nonsense')
    await page.getByRole('button', { name: 'Latest' }).click()
    await expect(ledger(page)).toContainText('All 12 rows are here.')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
})

test('a million rows: first rows before the end, every corner reached, nothing blank', async ({ page, shared }) => {
  await page.goto(shared.at('tables/lineitem_1m?limit=all'))
  await expect(cells(page, 1).first()).toBeVisible()
  await expect(ledger(page)).toContainText('All 1\u2009000\u2009000 rows are here.', { timeout: 60_000 })
  await page.getByRole('grid').focus()
  await page.keyboard.press('Control+End')
  await expect(page.getByRole('rowheader', { name: '1\u2009000\u2009000' })).toBeVisible()
  const blank = await page.getByRole('grid').evaluate(async (grid) => {
    let blank = 0
    for (let step = 0; step < 60; step++) {
      grid.scrollTop = (grid.scrollHeight * ((step * 37) % 60)) / 60
      await new Promise(requestAnimationFrame)
      const drawn = Array.from(grid.querySelectorAll('[role=gridcell]'))
      if (drawn.length < 20 || drawn.some((cell) => !cell.textContent)) blank++
    }
    return blank
  })
  expect(blank).toBe(0)
})

test('reading is stopped and goes on', async ({ page, shared }) => {
  await page.goto(shared.at('tables/lineitem_1m?limit=all'))
  await page.getByRole('button', { name: 'Stop reading' }).click()
  await expect(ledger(page)).toContainText('Reading was stopped.')
  await page.getByRole('button', { name: 'Read the rest' }).click()
  await expect(ledger(page)).toContainText('All 1\u2009000\u2009000 rows are here.', { timeout: 60_000 })
})

async function broken(page: Page, world: World, fault: string, says: string): Promise<void> {
  await world.fault(fault)
  await page.goto(world.at('tables/lineitem_1m?limit=100000'))
  await expect(page.getByRole('alert')).toContainText(says)
  await world.heal()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(ledger(page)).toContainText('100\u2009000 of 1\u2009000\u2009000 rows are here.')
  await expect(page.getByRole('alert')).toHaveCount(0)
}

test('a truncated stream keeps its rows and goes on behind them', async ({ page, world }) => {
  await broken(page, world, 'tunnel-truncated', 'broke off before its end')
  const ranges = (await world.exchanges())
    .map((exchange) => new URLSearchParams(exchange.query).get('rowrange'))
    .filter((range): range is string => range !== null)
  expect(ranges).toHaveLength(2)
  expect(ranges[0]).toBe('(0,100000)')
  expect(ranges[1]).not.toBe('(0,100000)')
})

test('a damaged stream shows nothing unproven', async ({ page, world }) => {
  await broken(page, world, 'tunnel-corrupt', 'A checksum does not match')
})

test('the worker that decodes is started again when it ends', async ({ page, context, shared }) => {
  let starts = 0
  await context.route('**/frame_worker_loader.js', async (route) => {
    starts += 1
    if (starts > 1) return route.continue()
    await route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("no memory")' })
  })
  await page.goto(shared.at('tables/test_mars'))
  await expect(page.getByRole('alert')).toContainText('ended unexpectedly')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(ledger(page)).toContainText('All 9 rows are here.')
})

test('Chinese, dark and narrow', async ({ page, shared }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(shared.at('tables/sales?partition=dt%3D20260101&lang=zh'))
  await expect(page.getByRole('grid', { name: 'sales 的数据' })).toBeVisible()
  await expect(ledger(page)).toContainText('全部 12 行已读取。')
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
  await audit(page)
})
