/** The tree of tables: keys, search, schemas, short lists, the place beside a table, and twenty thousand tables. */
import type { Page } from '@playwright/test'
import { type World, audit, expect, test } from './world.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Tables' })
const line = (page: Page, name: RegExp | string) => tree(page).getByRole('treeitem', { name })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search tables' })

/** The words of the line that the keys act on. */
async function active(page: Page): Promise<string> {
  const id = await tree(page).getAttribute('aria-activedescendant')
  return (await page.locator(`#${id}`).textContent()) ?? ''
}

test('the keys of a tree', async ({ page, shared }) => {
  await page.goto(shared.at('tables'))
  await expect(line(page, /test_mars/)).toBeVisible()
  await tree(page).focus()
  await page.keyboard.press('End')
  expect(await active(page)).toContain('test_mars')
  await page.keyboard.press('Home')
  expect(await active(page)).toContain('mars_console_sample')
  await page.keyboard.press('ArrowLeft')
  await expect(line(page, /mars_console_sample/)).toHaveAttribute('aria-expanded', 'false')
  await expect(line(page, /sales/)).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  // A table without partitions opens to nothing, not to an error.
  await page.keyboard.type('test')
  await page.keyboard.press('ArrowRight')
  await expect(line(page, 'Nothing here')).toHaveAttribute('aria-level', '3')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('Home')
  await page.keyboard.type('sales_')
  expect(await active(page)).toContain('sales_history')
  await page.keyboard.press('ArrowRight')
  await expect(line(page, /dt=20251230,region=overseas/)).toBeVisible()
  await page.keyboard.press('ArrowRight')
  expect(await active(page)).toContain('dt=20251230')
  await expect(page.locator(`#${await tree(page).getAttribute('aria-activedescendant')}`)).toHaveAttribute('aria-level', '3')
  await audit(page)
  const spec = (await active(page)).match(/dt=\d+,region=[^\d]+/)?.[0] ?? ''
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/tables\/sales_history\?partition=dt%3D20251230/)
  await expect(page.getByRole('region', { name: 'Partition' })).toContainText(spec)
})

test('search: scattered letters, comments, owners, pinyin initials', async ({ page, shared }) => {
  await page.goto(shared.at('tables'))
  await expect(line(page, /test_mars/)).toBeVisible()
  await search(page).fill('tmrs')
  await expect(tree(page).getByRole('treeitem')).toHaveCount(1)
  await expect(page.locator('mark')).toHaveText(['t', 'm', 'rs'])
  await search(page).fill('xs')
  await expect(tree(page).getByRole('treeitem')).toHaveCount(2)
  await expect(line(page, /销售明细/).locator('mark')).toHaveText(['销售'])
  await audit(page)
  await search(page).fill('million')
  await expect(line(page, /lineitem_1m/)).toBeVisible()
  await search(page).fill('local@mars his')
  await expect(line(page, /sales_history/)).toBeVisible()
  await expect(page.getByRole('status')).toContainText(['1 of 4 tables'])
  await search(page).fill('nothing at all')
  await expect(page.getByRole('main')).toContainText('No table matches')
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await expect(line(page, /test_mars/)).toBeVisible()
})

test('twenty thousand tables: shown while they come, never a stall, found at once', async ({ page, world }) => {
  const numbers = Array.from({ length: 20_000 }, (_, at) => String(at).padStart(5, '0'))
  await world.plant(
    numbers.map((number) => ({ name: `dwd_trade_${number}_di`, comment: `订单 ${number}`, columns: [['id', 'bigint', '']] })),
  )
  await world.forget()
  await page.goto(world.at('tables'))
  await expect(line(page, /dwd_trade_00000_di/)).toBeVisible()
  await expect(page.getByRole('status').first()).toHaveText('20004 tables', { timeout: 30_000 })
  const pages = (await world.exchanges()).filter((one) => one.path.endsWith('/tables')).length
  expect(pages).toBe(21)
  const drawn = await tree(page).getByRole('treeitem').count()
  expect(drawn).toBeLessThan(90)
  const late = await tree(page).evaluate(async (tree) => {
    const frames: number[] = []
    for (let step = 0; step < 90; step++) {
      tree.scrollTop = (tree.scrollHeight * ((step * 37) % 90)) / 90
      const before = performance.now()
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      frames.push(performance.now() - before)
      if (!tree.querySelector('[role=treeitem]')) return -1
    }
    return frames.sort((one, other) => one - other)[Math.floor(frames.length * 0.95)] ?? -1
  })
  // An unoptimised program on a busy machine; a stall would be whole seconds.
  expect(late).toBeGreaterThan(0)
  expect(late).toBeLessThan(400)
  await tree(page).focus()
  await page.keyboard.press('End')
  await expect(line(page, /test_mars/)).toBeVisible()
  await search(page).fill('dd 19998')
  await expect(line(page, /dwd_trade_19998_di/)).toBeVisible()
  await expect(page.getByRole('status').first()).toContainText('of 20004 tables')
  await audit(page)
})

async function withSchema(page: Page, world: World): Promise<void> {
  const answer = await page.request.post(world.at(`odps/projects/${world.warehouse.ready.project}/schemas`), {
    data: '<?xml version="1.0"?><Schema><Name>crm</Name><Description></Description></Schema>',
    headers: { 'content-type': 'application/xml' },
  })
  expect(answer.status()).toBe(201)
  await world.plant([{ name: 'contacts', schema: 'crm', comment: '联系人', columns: [['id', 'bigint', '']] }])
}

test('schemas are a level, and a table in one has its address', async ({ page, world }) => {
  await withSchema(page, world)
  await page.goto(world.at('tables'))
  await expect(line(page, /^default/)).toHaveAttribute('aria-expanded', 'true')
  await expect(line(page, /test_mars/)).toHaveAttribute('aria-level', '3')
  await line(page, /^crm/).locator('.tree-chevron').click()
  await page.getByRole('link', { name: 'contacts' }).click()
  await expect(page).toHaveURL(world.at('tables/crm.contacts'))
  await expect(page.getByRole('heading', { level: 1, name: 'crm.contacts' })).toBeVisible()
  await expect(page.locator('.frame-ledger')).toContainText('There are no rows.')
  await expect(page.getByText("o.get_table('contacts', schema='crm').head(100)")).toBeVisible()
  await page.goto(world.at('tables?q=lxr'))
  await expect(line(page, /contacts/)).toContainText('0 B')
})

test('the tree stands beside a table: pinned, recent, as wide as wanted', async ({ page, shared }) => {
  await page.goto(shared.at('tables/test_mars'))
  await expect(tree(page).getByRole('treeitem', { selected: true }).first()).toContainText('test_mars')
  await page.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(line(page, 'Pinned')).toBeVisible()
  await page.getByRole('link', { name: 'sales_history' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: 'sales_history' })).toBeVisible()
  await expect(line(page, 'Recent')).toBeVisible()
  await page.reload()
  await expect(line(page, 'Pinned')).toBeVisible()
  await audit(page)
  const edge = page.getByRole('separator', { name: 'Width of the list of tables' })
  const before = Number(await edge.getAttribute('aria-valuenow'))
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 20))
  await page.getByRole('button', { name: 'Hide the tables' }).click()
  await expect(tree(page)).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: 'Show the tables' }).click()
  await expect(tree(page)).toBeVisible()
})

test('narrow: the tree is a page of its own', async ({ page, shared }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto(shared.at('tables/test_mars?lang=zh'))
  await expect(page.getByRole('grid')).toBeVisible()
  await expect(page.getByRole('tree')).toHaveCount(0)
  await page.goto(shared.at('tables?lang=zh'))
  await expect(page.getByRole('tree', { name: '表' }).getByRole('treeitem', { name: /test_mars/ }).first()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await audit(page)
})
