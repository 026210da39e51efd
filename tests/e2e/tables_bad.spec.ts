/** Windows of rows and columns, refusals of the tunnel, and tables that nobody would make. */
import type { Page } from '@playwright/test'
import { audit, expect, test } from './world.ts'

const ledger = (page: Page) => page.locator('.frame-ledger')
const first = (page: Page) => page.getByRole('grid', { name: /^Rows of/ }).getByRole('row').nth(1).getByRole('gridcell').first()

test('a window of rows: go to a row, fewer columns, and the line that reads the same', async ({ page, shared }) => {
  await page.goto(shared.at('tables/lineitem_1m'))
  await expect(ledger(page)).toContainText('100 of 1\u2009000\u2009000 rows are here.')
  await page.goto(shared.at('tables/lineitem_1m?limit=all'))
  await page.getByLabel('From row').fill('500001')
  await page.getByLabel('Rows', { exact: true }).fill('50')
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(page).toHaveURL(/start=500000/)
  await expect(ledger(page)).toContainText('Rows 500\u2009001 to 500\u2009050 of 1\u2009000\u2009000 are here.')
  await expect(page.getByText("o.get_table('lineitem_1m').open_reader().read(500000, 50)")).toBeVisible()
  const numbers = page.getByRole('grid').getByRole('rowheader')
  await expect(numbers.first()).toHaveText('500\u2009001')
  await page.getByRole('gridcell').first().click()
  await expect(page.getByText('Row 500\u2009001,')).toBeVisible()
  await page.getByText('All 12 columns').click()
  await page.getByRole('checkbox', { name: 'l_linenumber' }).uncheck()
  await page.getByRole('checkbox', { name: 'l_orderkey' }).uncheck()
  await expect(page.getByText('10 of 12 columns')).toBeVisible()
  await expect(page).toHaveURL(/columns=l_partkey/)
  await expect(page.getByRole('columnheader', { name: /l_orderkey/ })).toHaveCount(0)
  await expect(first(page)).not.toBeEmpty()
  await audit(page)
})

test('a large table is read whole only after a word about its size', async ({ page, shared }) => {
  await page.goto(shared.at('tables/lineitem_1m'))
  await page.getByRole('button', { name: 'Whole table' }).click()
  const dialog = page.getByRole('dialog', { name: 'Whole table' })
  await expect(dialog).toContainText('Rows: 1\u2009000\u2009000.')
  await expect(dialog).toContainText('MiB')
  await audit(page)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(page).not.toHaveURL(/limit=all/)
  await page.getByRole('button', { name: 'All rows' }).click()
  await dialog.getByRole('button', { name: 'Read all rows' }).click()
  await expect(page).toHaveURL(/limit=all/)
  // A small one is no question.
  await page.goto(shared.at('tables/test_mars?limit=6'))
  await page.getByRole('button', { name: 'Whole table' }).click()
  await expect(ledger(page)).toContainText('All 9 rows are here.')
})

test('the grants of a table are asked for and shown', async ({ page, shared }) => {
  await page.goto(shared.at('tables/test_mars'))
  await page.getByText('Permissions').click()
  await page.getByRole('button', { name: 'Ask for the grants' }).click()
  await expect(page.locator('.tables-rights pre')).toContainText('projects/mars_console_sample/tables/test_mars')
  await audit(page)
})

test.describe('refused', () => {
  test.use({ tolerated: /status of (400|403|404)/ })

  test('a protected project is looked at by the preview call, and the rule is said', async ({ page, world }) => {
    await world.fault('tunnel-forbidden')
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await expect(ledger(page)).toContainText("NoPermission: ODPS-0420095: Access Denied - Authorization Failed [4031], the project")
    await expect(ledger(page)).toContainText('SQL still gives up to 10 000 rows.')
    await expect(ledger(page)).toContainText('Read by the preview call')
    await expect(first(page)).toHaveText('0')
    await audit(page)
    await page.goto(world.at('tables/test_mars?start=3'))
    await expect(page.getByRole('alert')).toContainText('NoPermission')
  })

  test('the preview of a view is tried, and a refusal is said', async ({ page, world }) => {
    await world.plant([{ name: 'seen', view_text: 'select 1 as one', columns: [['one', 'int', '']] }])
    await page.goto(world.at('tables/seen'))
    await page.getByRole('button', { name: 'Try the preview call' }).click()
    await expect(page.getByRole('alert')).toContainText('NotSupportedTableType')
  })

  test('a table that is dropped while it is open keeps what was read, with its age', async ({ page, world }) => {
    await page.clock.install()
    await page.goto(world.at('tables/test_mars'))
    await page.clock.runFor(2000)
    await expect(ledger(page)).toContainText('All 9 rows are here.')
    const job = `<?xml version="1.0" encoding="utf-8"?>
<Instance><Job><Priority>9</Priority><Tasks>
<SQL><Name>AnonymousSQLTask</Name><Query><![CDATA[drop table test_mars;]]></Query></SQL>
</Tasks></Job></Instance>`
    const instances = world.at(`odps/projects/${world.warehouse.ready.project}/instances`)
    expect((await page.request.post(instances, { data: job, headers: { 'content-type': 'application/xml' } })).status()).toBe(201)
    await expect(async () => {
      await page.clock.runFor(16_000)
      await expect(page.getByRole('alert')).toContainText('The table does not exist any more. What was read', { timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await expect(page.getByRole('grid', { name: 'Rows of test_mars' })).toBeVisible()
    await expect(page.getByRole('table').first()).toContainText('col1')
    await expect(page.getByRole('tree').getByRole('treeitem', { name: 'test_mars' })).toHaveCount(0)
    await audit(page)
  })
})

const HOSTILE = '<script>window.bad=1</script>\u202eevil\u202c & "quotes" \u0007'

test('hostile names and comments stay text', async ({ page, world }) => {
  await world.plant([
    {
      name: '<img src=x onerror=alert(1)>\u202e',
      comment: HOSTILE,
      owner: '<b>owner</b>',
      columns: [['<script>alert(1)</script>\u202e', 'bigint', HOSTILE], ['a,b', 'string', '']],
    },
  ])
  await page.goto(world.at('tables'))
  const link = page.getByRole('link', { name: '<img src=x onerror=alert(1)>' })
  await expect(link).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /<script>window.bad=1/ })).toBeVisible()
  await audit(page)
  await link.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('<img src=x onerror=alert(1)>')
  await expect(page.getByRole('rowheader', { name: /<script>alert\(1\)/ })).toBeVisible()
  await expect(ledger(page)).toContainText('There are no rows.')
  await page.getByText('Definition', { exact: true }).click()
  await expect(page.locator('pre')).toContainText('CREATE TABLE `<img src=x')
  expect(await page.evaluate(() => 'bad' in window)).toBe(false)
  await audit(page)
})

test('five thousand columns, and none', async ({ page, world }) => {
  const columns = Array.from({ length: 5_000 }, (_, at): [string, string, string] => [`c${at}`, 'bigint', ''])
  await world.plant([{ name: 'wide', columns }, { name: 'bare' }])
  await page.goto(world.at('tables/wide'))
  await expect(ledger(page)).toContainText('There are no rows.')
  await expect(page.getByRole('grid', { name: 'Rows of wide' })).toHaveAttribute('aria-colcount', /500\d/)
  await page.getByRole('button', { name: 'Show all 5\u2009000 columns' }).click()
  await expect(page.getByRole('rowheader', { name: 'c4999' })).toBeAttached()
  await page.getByText('All 5000 columns').click()
  await page.getByRole('searchbox', { name: 'Filter' }).fill('c4999')
  await page.getByRole('checkbox', { name: 'c4999' }).uncheck()
  await expect(page.getByText('4999 of 5000 columns')).toBeVisible()
  await page.goto(world.at('tables/bare'))
  await expect(page.getByRole('main')).toContainText('The table has no columns.')
  await expect(page.getByRole('grid')).toHaveCount(0)
  await audit(page)
})
