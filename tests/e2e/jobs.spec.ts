/** Cells on a real engine: run, wait or not, come back, cancel, fail; and texts that cannot be read. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import { built } from './built.ts'
import { audit, expect } from './world.ts'
import { type Running, test } from './cluster.ts'
import { holds, textOf, type, write } from './notebook.ts'

/** How long a small job may take on a busy machine. */
const JOB = 45_000

/** The result of the first cell, or of the one that is given. */
function result(page: Page, cell = 1): Locator {
  return page.getByRole('region', { name: `Result of cell ${cell}` })
}

/** A cell by its place. */
function cellAt(page: Page, place: number): Locator {
  return page.getByRole('listitem', { name: `Cell ${place}`, exact: true })
}

/** Writes a text into a cell and runs it. */
async function runAt(page: Page, place: number, text: string): Promise<void> {
  await write(page, place, text)
  await cellAt(page, place).getByRole('button', { name: 'Run', exact: true }).click()
}

/** Opens the jobs of the shared cluster and waits until they can be run. */
async function open(page: Page, { world, id }: Running, query = ''): Promise<void> {
  await page.goto(world.at(`clusters/${id}?tab=jobs${query}`))
  await expect(page.getByRole('button', { name: /^(Run|运行)$/ })).not.toHaveAttribute('aria-disabled')
}

async function run(page: Page, expression: string): Promise<void> {
  await write(page, 1, expression)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}

/** A value by row and column, both counted from one; the cell before the first is the row's label. */
function cell(page: Page, row: number, column: number): Locator {
  const cells = result(page).getByRole('grid').getByRole('row').nth(row).getByRole('gridcell')
  return cells.nth(column)
}

test('rows of mt.random.rand(100, 100)', async ({ page, running }) => {
  await open(page, running)
  await holds(page, 1, 'mt.random.rand(100, 100)')
  await textOf(page, 1).press('Control+Enter')
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

test('a tensor of three axes, whole and by planes', async ({ page, running }) => {
  await open(page, running)
  await run(page, 'mt.arange(24).reshape(2, 3, 4)')
  const grid = result(page).getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '7', { timeout: JOB })
  const axes = result(page).getByRole('group', { name: 'Axes' })
  await axes.getByRole('combobox', { name: 'Axes' }).selectOption('1 down, 2 across')
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await expect(cell(page, 3, 4)).toHaveText('11')
  await axes.getByRole('spinbutton', { name: 'axis 0 at' }).fill('1')
  await axes.getByRole('spinbutton', { name: 'axis 0 at' }).press('Enter')
  await expect(cell(page, 3, 4)).toHaveText('23')
  await audit(page)
  await axes.getByRole('combobox', { name: 'Axes' }).selectOption('0 down, 1 across')
  await expect(grid).toHaveAttribute('aria-rowcount', '3')
  await axes.getByRole('spinbutton', { name: 'axis 2 at' }).fill('99')
  await axes.getByRole('spinbutton', { name: 'axis 2 at' }).press('Enter')
  await expect(axes.getByRole('spinbutton', { name: 'axis 2 at' })).toHaveValue('3')
  await expect(cell(page, 2, 3)).toHaveText('23')
  await expect(result(page)).toContainText('(2, 3, 4)')
})

test('without waiting, and coming back by the address of the job', async ({ page, running }) => {
  await open(page, running)
  await run(page, 'x = mt.arange(6).reshape(2, 3) * 10\nsession.run(x, wait=False)')
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Cell 1 is done.', { timeout: JOB })
  const row = page.getByRole('row').filter({ hasText: 'session.run(x, wait=False)' })
  await expect(row).toContainText('Done', { timeout: JOB })
  await audit(page)
  await page.reload()
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/session=.+graph=.+target=/)
  const named = page.getByRole('region', { name: 'Result', exact: true })
  const value = named.getByRole('grid').getByRole('row').nth(2).getByRole('gridcell').nth(3)
  await expect(value).toHaveText('50', { timeout: JOB })
  await expect(named).toContainText('(2, 3)')
  await named.getByRole('button', { name: 'Close' }).click()
  await expect(named).toBeHidden()
  await expect(row).toBeVisible()
})

test('cells share their names, keep their values, and come back after a reload', async ({ page, running }) => {
  await open(page, running)
  await run(page, "import mars.tensor as mt\nt = mt.random.rand(4, 2)\nprint(t.shape, 'rows')")
  await expect(page.getByRole('group', { name: 'Output of cell 1' })).toHaveText(['(4, 2)', "'rows'"])
  await expect(cellAt(page, 1)).toContainText('t tensor (4, 2)')
  await expect(cellAt(page, 1)).toContainText('[1]')
  await page.getByRole('button', { name: 'Add a cell' }).click()
  await runAt(page, 2, 't')
  await expect(result(page, 2)).toContainText('Done', { timeout: JOB })
  const value = (place: number): Locator => result(page, place).getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').nth(1)
  const first = (await value(2).textContent()) ?? ''
  expect(first).toMatch(/^0\.\d+/)
  // Shift+Enter goes on to a new cell; the random values are the same ones, in a session of its own.
  await textOf(page, 2).press('Shift+Enter')
  await expect(textOf(page, 3)).toBeFocused()
  await runAt(page, 3, '(t * 1)[0]\nsession.run(t + 0, t.sum())')
  await expect(result(page, 3).getByRole('grid')).toHaveCount(2, { timeout: JOB })
  const again = result(page, 3).getByRole('grid').first().getByRole('row').nth(1).getByRole('gridcell').nth(1)
  await expect(again).toHaveText(first)
  await audit(page)
  await page.reload()
  await holds(page, 2, 't')
  await expect(value(2)).toHaveText(first, { timeout: JOB })
  // Forgotten names are not known any more.
  await page.getByRole('button', { name: 'Forget the names' }).click()
  await runAt(page, 2, 't')
  await expect(cellAt(page, 2)).toContainText('Line 1, column 1: Name t is not defined')
})

test('all cells in order, stopped by the first that fails', async ({ page, running }) => {
  await open(page, running)
  await write(page, 1, 'a = mt.arange(4)')
  for (const [at, text] of ['(a + 1).sum()', 'a @ mt.ones((9, 9))', 'a * 2'].entries()) {
    await page.getByRole('button', { name: 'Add a cell' }).click()
    await write(page, at + 2, text)
  }
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(result(page, 2).getByRole('gridcell').filter({ hasText: /^10$/ })).toHaveCount(1, { timeout: JOB })
  await expect(cellAt(page, 3)).toContainText(/Line 1, column 1: .*\(4,\).*\(9, 9\)/)
  await expect(cellAt(page, 4)).toContainText('[ ]')
  await write(page, 3, 'a - 1')
  await cellAt(page, 4).getByRole('button', { name: 'Run to here' }).click()
  await expect(result(page, 4)).toContainText('Done', { timeout: JOB })
  await expect(cellAt(page, 4).getByText(/^\[\d+\]$/)).toHaveText('[6]')
  // Moved, added below, removed; the last one makes room for an empty one.
  await cellAt(page, 4).getByRole('button', { name: 'Move up' }).click()
  await holds(page, 3, 'a * 2')
  await cellAt(page, 1).getByRole('button', { name: 'Add below' }).click()
  await holds(page, 2, '')
  await cellAt(page, 2).getByRole('button', { name: 'Remove' }).click()
  await holds(page, 2, '(a + 1).sum()')
  for (let left = 4; left > 0; left -= 1) await cellAt(page, left).getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('listitem', { name: /^Cell / })).toHaveCount(1)
  await expect(page.getByRole('grid')).toHaveCount(0)
  await holds(page, 1, '')
})

test('the notebook is saved as Python and as a Jupyter notebook', async ({ page, running }) => {
  await open(page, running)
  await write(page, 1, 't = mt.ones((2, 2))\nt + 1')
  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  const python = await saved('.py')
  expect(python).toContain('t = mt.ones((2, 2))\nprint(session.run(t + 1))')
  expect(python).toContain("os.environ['ODPS_ACCESS_KEY']")
  const jupyter = JSON.parse(await saved('.ipynb')) as { cells: { source: string[] }[] }
  expect(jupyter.cells.at(-1)?.source.join('')).toBe('t = mt.ones((2, 2))\nsession.run(t + 1)')
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
  await holds(page, 1, 'mt.arange(10) ** -1')
  await page.getByRole('button', { name: '中文' }).click()
  const chinese = page.getByRole('region', { name: '单元格 1 的结果' })
  await expect(chinese.getByRole('alert')).toContainText('引擎报告作业失败。')
  await expect(chinese).toContainText('Integers to negative integer powers are not allowed')
})

test('an expression that cannot be read is marked at its place, in both languages', async ({ page, running }) => {
  await open(page, running)
  const field = textOf(page, 1)
  await running.world.forget()
  await run(page, 'mt.ones((3, 4)')
  await expect(field).toHaveAccessibleDescription(/Line 1, column 8: \( is never closed\./)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByText('第 1 行第 8 列: ( 没有闭合。')).toBeVisible()
  await page.getByRole('button', { name: 'English' }).click()

  await run(page, 'a = mt.ones(3)\na + mt.onse(3)')
  await expect(field).toHaveAccessibleDescription(/Line 2, column \d+: mt has no onse.*ones/)
  await run(page, 'mt.ones((2, 3)) + mt.ones((4, 5))')
  await expect(field).toHaveAccessibleDescription(/Line 1, column \d+: .*\(2, 3\).*\(4, 5\)/)
  await run(page, '   ')
  await expect(field).toHaveAccessibleDescription(/There is nothing to run\./)
  // A plain value needs no cluster.
  await run(page, '1 + 1')
  await expect(page.getByRole('group', { name: 'Output of cell 1' })).toHaveText('2')
  const graphs = (await running.world.exchanges()).filter((one) => one.method === 'POST' && one.path.endsWith('/graph'))
  expect(graphs).toEqual([])

  await page.goto(running.world.at(`clusters/${running.id}?tab=jobs&lang=zh`))
  await write(page, 1, 'mt.ones(3', '单元格')
  await expect(page.getByRole('button', { name: '运行', exact: true })).not.toHaveAttribute('aria-disabled')
  await page.getByRole('button', { name: '运行', exact: true }).click()
  await expect(page.getByText('第 1 行第 8 列: ( 没有闭合。')).toBeVisible()
  await audit(page)
})

test('a cell helps while it is written: names, arguments, columns, shapes', async ({ page, running }) => {
  await open(page, running)
  const option = (name: RegExp): Locator => page.getByRole('option', { name })
  await type(page, 1, "df = o.to_mars_dataframe('test_m")
  await option(/^test_mars$/).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type("df['c")
  await expect(option(/^col2 ?int64$/)).toBeVisible()
  await option(/^col1/).click()
  await page.keyboard.press('End')
  await page.keyboard.type('.su')
  await option(/^sum ?\(axis=None/).click()
  await page.keyboard.type('(ax')
  await option(/^axis=/).click()
  await page.keyboard.type('0')
  await holds(page, 1, "df = o.to_mars_dataframe('test_mars')\ndf['col1'].sum(axis=0)")
  await page.keyboard.press('Escape')
  // What each line gives stands behind it, before anything runs.
  const hints = textOf(page, 1).locator('.cm-hint')
  await expect(hints).toHaveText(['DataFrame (?, 2)', 'tensor int64 ()'])
  await textOf(page, 1).getByText('sum', { exact: false }).last().hover()
  await audit(page)

  // A word tells what it is, in the language of the page.
  await write(page, 1, "df = o.to_mars_dataframe('test_mars')\ndf")
  await expect(hints).toHaveCount(2)
  const word = page.locator('.cm-word')
  await textOf(page, 1).locator('.cm-line').last().getByText('df').or(textOf(page, 1).locator('.cm-line').last()).first().hover({ position: { x: 12, y: 8 } })
  await expect(word).toContainText('col2: int64')
  await expect(word).toContainText('DataFrame (?, 2)')
})

test('what is wrong is marked while it is written, and said once', async ({ page, running }) => {
  await open(page, running)
  await running.world.forget()
  await write(page, 1, 'a = mt.oness(3)\nb = a + 1\nmt.ones(4) + mt.zeros(5)')
  const marked = textOf(page, 1).locator('.cm-lintRange-error')
  await expect(marked).toHaveText(['oness', 'mt.ones(4) + mt.zeros(5)'])
  await marked.first().hover()
  await expect(page.locator('.cm-diagnostic')).toHaveText('mt has no oness; perhaps ones.')
  await page.mouse.move(0, 0)
  await page.getByRole('button', { name: '中文' }).click()
  await textOf(page, 1, '单元格').locator('.cm-lintRange-error').first().hover()
  await expect(page.locator('.cm-diagnostic')).toContainText('mt 没有 oness')
  const graphs = (await running.world.exchanges()).filter((one) => one.method === 'POST' && one.path.endsWith('/graph'))
  expect(graphs).toEqual([])
  // A name that the cell above gives is known here, and no more when it is gone there.
  await page.getByRole('button', { name: 'English' }).click()
  await write(page, 1, 'a = mt.ones(3)')
  await page.getByRole('button', { name: 'Add a cell' }).click()
  await write(page, 2, 'a + 1')
  await expect(textOf(page, 2).locator('.cm-hint')).toHaveText('tensor float64 (3,)')
  await write(page, 1, 'b = mt.ones(3)')
  await expect(textOf(page, 2).locator('.cm-lintRange-error')).toHaveText('a')
})

test('the guide, step by step, and the file of it with the real client', async ({ page, running }) => {
  test.setTimeout(240_000)
  await open(page, running)
  await page.getByRole('button', { name: 'The guide, step by step' }).click()
  await holds(page, 7, "o.get_table('test_mars').to_df().head(3)")
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByRole('group', { name: 'Output of cell 1' })).toContainText(`/mars/${running.id}/`)
  await page.getByRole('region', { name: 'What will be written' }).getByRole('button', { name: 'Write', exact: true }).click({ timeout: 3 * JOB })
  await expect(result(page, 7).getByRole('grid')).toHaveAttribute('aria-rowcount', '4', { timeout: JOB })
  const rows = [[2, '101'], [3, '101'], [4, '7'], [5, '4']] as const
  for (const [place, count] of rows) await expect(result(page, place).getByRole('grid')).toHaveAttribute('aria-rowcount', count)
  await expect(result(page, 6)).toContainText('Written: test_mars_result')

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '.py', exact: true }).click()])
  const said = execFileSync(
    built('PYTHON'),
    [fileURLToPath(new URL('../pyodps/exported.py', import.meta.url)), await download.path(), JSON.stringify(running.world.warehouse.ready)],
    { encoding: 'utf8', timeout: 150_000 },
  )
  // What Python printed is what the page shows.
  const shown = result(page, 5).getByRole('grid').getByRole('row')
  for (const group of [1, 2, 3]) {
    const [label, sum] = await shown.nth(group).getByRole('gridcell').allTextContents()
    expect(said).toMatch(new RegExp(`^${label?.trim()} +${sum?.trim()}$`, 'm'))
  }
})

test('a notebook is shared as a link and as a file, and runs nothing by itself', async ({ page, running, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, running)
  await write(page, 1, "t = mt.ones((2, 2)) # 城市 & #\nt + 1")
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('A link with the cells is copied.')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain(`clusters/${running.id}?tab=jobs#notebook=`)
  expect(link).not.toContain('城市')

  await page.evaluate(() => localStorage.clear())
  await page.goto('about:blank')
  await running.world.forget()
  await page.goto(link)
  const arrived = page.getByRole('region', { name: 'Shared notebook' })
  await expect(arrived).toContainText('t = mt.ones((2, 2)) # 城市 & #')
  await audit(page)
  await arrived.getByRole('button', { name: 'Take these cells' }).click()
  await expect(arrived).toBeHidden()
  await holds(page, 1, 't = mt.ones((2, 2)) # 城市 & #\nt + 1')
  expect(new URL(page.url()).hash).toBe('')
  const graphs = (await running.world.exchanges()).filter((one) => one.method === 'POST' && one.path.endsWith('/graph'))
  expect(graphs).toEqual([])

  // What looks like a key stays here; what is long goes into a file, which opens again.
  await write(page, 1, "o = ODPS('id', 'abc')")
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByText('Cell 1 seems to hold an access key.')).toBeVisible()
  const long = `x = 'a${'b'.repeat(9_000)}'`
  await write(page, 1, long)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Share', exact: true }).click()])
  expect(download.suggestedFilename()).toBe('notebook.ipynb')
  const file = await download.path()
  await write(page, 1, '')
  await page.getByLabel('Open').setInputFiles({ name: 'kept.ipynb', mimeType: 'application/json', buffer: await readFile(file) })
  await holds(page, 1, long)
  await page.getByLabel('Open').setInputFiles({ name: 'odd.ipynb', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await expect(page.getByText('odd.ipynb has no cells that can be read.')).toBeVisible()
})

test('the guide’s words for table, session and endpoint', async ({ page, running }) => {
  await open(page, running)
  await write(page, 1, "from mars.session import new_session\nsession = new_session(client.endpoint).as_default()\nprint(client.endpoint)\nsession.run(o.get_table('test_mars').to_df().head(4))")
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Output of cell 1' })).toHaveText(`'${running.world.at(`mars/${running.id}/`)}'`)
  await expect(result(page).getByRole('grid')).toHaveAttribute('aria-rowcount', '5', { timeout: JOB })
  await write(page, 1, "new_session('http://elsewhere/')")
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(textOf(page, 1)).toHaveAccessibleDescription(/endpoint must be client\.endpoint/)
})

test.describe('an editor that cannot be loaded', () => {
  test.use({ tolerated: /editor-python\.js|ERR_FAILED/ })

  test('leaves a plain field, in which everything runs', async ({ page, running }) => {
    await page.route('**/editor-python.js', (route) => route.abort())
    await open(page, running)
    const field = textOf(page, 1)
    await field.fill('6 * 7')
    await field.press('Control+Enter')
    await expect(page.getByRole('group', { name: 'Output of cell 1' })).toHaveText('42')
    await audit(page)
  })
})
