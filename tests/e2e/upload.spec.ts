/** Upload: files of the reader's disk into new and existing tables; exact, checked, and seen only when all is there. */
import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { run } from './statements.ts'
import { type World, audit, expect, test } from './world.ts'

const at = (table = '') => `tables/new/upload${table === '' ? '' : `?table=${table}`}`
const file = (page: Page) => page.locator('input[type=file]')
const start = (page: Page) => page.getByRole('button', { name: 'Upload', exact: true })
const cell = (page: Page, row: number, column: number) =>
  page.getByRole('grid').getByRole('row').nth(row).getByRole('gridcell').nth(column)

/** Chooses a file with this text. */
async function choose(page: Page, name: string, text: string | Buffer): Promise<void> {
  await file(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
}

/** Opens the page with a file for a table. */
async function open(page: Page, world: World, table: string, name: string, text: string | Buffer): Promise<void> {
  await page.goto(world.at(at(table)))
  await choose(page, name, text)
  await expect(page.getByRole('heading', { name: 'Columns' })).toBeVisible()
}

/** The writes that the warehouse was asked for: blocks, and commits. */
async function written(world: World): Promise<{ blocks: number; commits: number }> {
  const all = (await world.exchanges()).filter((one) => one.query.includes('uploadid='))
  return {
    blocks: all.filter((one) => one.method === 'PUT').length,
    commits: all.filter((one) => one.method === 'POST').length,
  }
}

/** How many rows a table has, by the page of the table. */
async function rows(page: Page, world: World, place: string, count: string): Promise<void> {
  await page.goto(world.at(`tables/${place}`))
  await expect(page.locator('.frame-ledger')).toContainText(count)
}

test('a CSV file becomes a new table, to the last digit', async ({ page, world }) => {
  await page.setViewportSize({ width: 1800, height: 1000 })
  await page.goto(world.at('tables'))
  await page.getByRole('link', { name: 'Upload…' }).click()
  await expect(page.getByRole('heading', { name: 'Upload a file' })).toBeVisible()
  await audit(page)
  const text = [
    'id,amount,day,seen,name,note',
    '9007199254740993,99999999999999999999.999999999999999999,2026-02-28,2026-02-28 23:59:59.123,"王,""小""明",""',
    '-1,0.000000000000000001,1969-12-31,1970-01-01 00:00:00,NULL,',
    '',
  ].join('\n')
  await choose(page, 'Orders 2026.csv', text)
  await expect(page.getByRole('status').filter({ hasText: 'All 2 rows were looked at' })).toBeVisible()
  const kind = (name: string) => page.getByRole('textbox', { name: `Type of ${name}` }).or(page.getByRole('combobox', { name: `Type of ${name}` }))
  await expect(kind('id')).toHaveValue('bigint')
  await expect(kind('amount')).toHaveValue('decimal(38,18)')
  await expect(kind('day')).toHaveValue('date')
  await expect(kind('seen')).toHaveValue('datetime')
  await page.getByText('The statement that makes it').click()
  await expect(page.getByText('CREATE TABLE `orders_2026`')).toBeVisible()
  // A type that cannot be is refused before anything is sent, and says so.
  await kind('id').fill('number')
  await expect(start(page)).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('Name or type of these columns cannot be: id.')).toBeVisible()
  await kind('id').fill('bigint')
  await audit(page)
  await start(page).click()
  await expect(page.getByText('2 rows were written.')).toBeVisible()
  await page.getByRole('link', { name: 'Show orders_2026' }).click()
  await expect(page.locator('.frame-ledger')).toContainText('All 2 rows are here.')
  await expect(cell(page, 1, 0)).toHaveText('9007199254740993')
  await expect(cell(page, 1, 1)).toHaveText('99999999999999999999.999999999999999999')
  await expect(cell(page, 1, 2)).toHaveText('2026-02-28')
  await expect(cell(page, 1, 3)).toContainText('2026-02-28 23:59:59.123')
  await expect(cell(page, 1, 4)).toHaveText('王,"小"明')
  // The empty text is no NULL, and the text NULL is none either.
  await expect(cell(page, 1, 5)).not.toContainText('NULL')
  await expect(cell(page, 2, 2)).toHaveText('1969-12-31')
  await expect(cell(page, 2, 4)).toHaveText('NULL')
  await expect(cell(page, 2, 5)).toContainText('NULL')
})

test('the columns of a file meet those of a table, at once', async ({ page, world }) => {
  await run(world, 'create table t (id bigint, price decimal(10,2), gone string)')
  await open(page, world, 't', 'a.csv', 'ID,Price,more\n1,2.50,x\n')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  await expect(row('id')).toContainText('same type')
  await expect(row('price')).toContainText('every value is checked')
  await expect(row('gone')).toContainText('not in the file: NULL')
  await expect(page.getByText('Left out, because the table has no such column: more.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Where gone comes from' }).selectOption('more')
  await expect(page.getByText(/^Left out/)).toHaveCount(0)
  await audit(page)
  await start(page).click()
  await expect(page.getByText('1 rows were written.')).toBeVisible()
  await rows(page, world, 't', 'All 1 rows are here.')
  await expect(cell(page, 1, 1)).toHaveText('2.50')
  await expect(cell(page, 1, 2)).toHaveText('x')
})

test('a cell that does not fit stops everything, becomes NULL, or costs its row', async ({ page, world }) => {
  await run(world, 'create table t (id bigint, name string)')
  await open(page, world, 't', 'a.csv', 'id,name\n1,a\nx2,b\n3,c\n')
  await start(page).click()
  await expect(page.getByRole('alert')).toContainText('Row 2, id: “x2” is no bigint')
  await expect(page.getByRole('alert')).toContainText('The table is as it was.')
  expect((await written(world)).commits).toBe(0)
  await page.getByRole('button', { name: 'Leave its row out' }).click()
  await start(page).click()
  await expect(page.getByText('2 rows were written. 1 rows were left out.')).toBeVisible()
  await page.getByRole('button', { name: 'NULL instead' }).click()
  await start(page).click()
  await expect(page.getByText('3 rows were written. 1 cells became NULL.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'x2' })).toBeVisible()
  await audit(page)
  await rows(page, world, 't', 'All 5 rows are here.')
})

test('replacing asks for the name', async ({ page, world }) => {
  await run(world, 'create table t (id bigint)', 'insert into t values (1), (2)')
  await open(page, world, 't', 'a.csv', 'id\n7\n')
  await page.getByRole('button', { name: 'Replace' }).click()
  await expect(start(page)).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: /Type t to say so/ }).fill('t')
  await start(page).click()
  await expect(page.getByText('1 rows were written.')).toBeVisible()
  await rows(page, world, 't', 'All 1 rows are here.')
  await expect(cell(page, 1, 0)).toHaveText('7')
})

test('Parquet goes into a new partition of an existing table and comes back as it was', async ({ page, world }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  const saved = async (partition: string, format: string): Promise<Buffer> => {
    await page.goto(world.at(`tables/sales?partition=${partition}&limit=all`))
    await expect(page.locator('.frame-ledger')).toContainText('All 12 rows are here.')
    await page.getByRole('button', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Everything/ }).check()
    await dialog.getByRole('radio', { name: format }).check()
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Export' }).click()
    return readFile(await (await coming).path())
  }
  const parquet = await saved('dt%3D20260101', 'Parquet')
  const before = await saved('dt%3D20260101', 'JSON lines')
  await open(page, world, 'sales', 'sales.parquet', parquet)
  await expect(start(page)).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('group', { name: 'Partition', exact: true }).getByRole('textbox', { name: 'dt' }).fill('20260303')
  await start(page).click()
  await expect(page.getByText('12 rows were written.')).toBeVisible()
  expect((await saved('dt%3D20260303', 'JSON lines')).toString()).toBe(before.toString().replaceAll('20260101', '20260303'))
})

test('a block that fails is sent again, and nothing is seen before the commit', async ({ page, context, world }) => {
  await run(world, 'create table t (id bigint)')
  let failed = 0
  await context.route(/blockid=/, (route) => {
    failed += 1
    return failed === 1 ? route.fulfill({ status: 503, body: '' }) : failed === 2 ? route.abort() : route.continue()
  })
  let seen = ''
  await context.route(/uploadid=/, async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    // The blocks are there, the commit is not: the table still has no rows.
    const other = await context.newPage()
    await other.goto(world.at('tables/t'))
    await expect(other.locator('.frame-ledger')).toContainText('There are no rows.')
    seen = 'nothing'
    await other.close()
    return route.continue()
  })
  await open(page, world, 't', 'a.csv', 'id\n1\n2\n')
  await start(page).click()
  await expect(page.getByText('2 rows were written. 2 requests were sent again.')).toBeVisible({ timeout: 30_000 })
  expect(seen).toBe('nothing')
  expect(await written(world)).toEqual({ blocks: 1, commits: 1 })
  await rows(page, world, 't', 'All 2 rows are here.')
})

test('an upload can be stopped, and a large file goes in blocks', async ({ page, context, world }) => {
  await run(world, 'create table t (id bigint, name string)')
  const lines = Array.from({ length: 400_000 }, (_, at) => `${at},name of the row with the number ${at}`)
  const text = `id,name\n${lines.join('\n')}\n`
  let waits = true
  await context.route(/blockid=/, async (route) => {
    if (waits) await new Promise((resolve) => setTimeout(resolve, 2_000))
    return route.continue().catch(() => undefined)
  })
  await open(page, world, 't', 'a.csv', text)
  await expect(page.getByText(/Types are those of the first/)).toBeVisible()
  await start(page).click()
  await expect(page.getByRole('progressbar', { name: 'Uploading' })).toBeVisible()
  await expect(page.getByText(/rows, .* sent, /)).toBeVisible()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByText('Stopped. The table is as it was.')).toBeVisible()
  expect((await written(world)).commits).toBe(0)
  waits = false
  await world.forget()
  await start(page).click()
  await expect(page.getByText('400\u2009000 rows were written.')).toBeVisible({ timeout: 60_000 })
  expect((await written(world)).blocks).toBeGreaterThan(1)
  await rows(page, world, 't', '400\u2009000')
})

test('a page that is left in the middle leaves nothing in the table', async ({ page, context, world }) => {
  await run(world, 'create table t (id bigint)')
  const held = new Promise<void>((resolve) => {
    void context.route(/blockid=/, async (route) => {
      // The block arrives; its answer is for nobody.
      await route.continue().catch(() => undefined)
      resolve()
    })
  })
  let asked = 0
  await context.route(/uploadid=/, (route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    // The question before the commit is never answered.
    asked += 1
    return undefined
  })
  await open(page, world, 't', 'a.csv', 'id\n1\n')
  await start(page).click()
  await held
  await expect(page.getByText('Making the rows part of the table…')).toBeVisible()
  expect(asked).toBe(1)
  await page.reload()
  await rows(page, world, 't', 'There are no rows.')
  expect((await written(world)).commits).toBe(0)
})

test('other encodings, delimiters and forms; a file that is none', async ({ page, world }) => {
  await run(world, 'create table t (id bigint, name string)')
  // 王小明 in GBK.
  const gbk = Buffer.concat([Buffer.from('id;name\n1;'), Buffer.from([0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7]), Buffer.from('\n')])
  await open(page, world, 't', 'a.csv', gbk)
  await expect(page.getByRole('button', { name: 'GB18030 (GBK)' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Semicolon' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('王小明')).toBeVisible()
  await start(page).click()
  await expect(page.getByText('1 rows were written.')).toBeVisible()
  await choose(page, 'a.jsonl', '{"id": 9007199254740993, "name": "a\\n<b>"}\n')
  await expect(page.getByRole('heading', { name: /JSON lines/ })).toBeVisible()
  await start(page).click()
  await expect(page.getByText('1 rows were written.')).toBeVisible()
  await choose(page, 'a.parquet', 'PAR1 and nothing else')
  await expect(page.getByRole('alert')).toContainText('The file cannot be read')
  await rows(page, world, 't', 'All 2 rows are here.')
})

test('a file is dropped; in Chinese and in the dark', async ({ page, world }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(world.at(`${at()}?lang=zh`))
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['编号,名称\n1,甲\n'], '表.csv'))
    return data
  })
  await page.getByRole('region', { name: '文件' }).dispatchEvent('drop', { dataTransfer: data })
  await expect(page.getByText('已查看全部 1 行')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: '编号' })).toBeVisible()
  await audit(page)
})
