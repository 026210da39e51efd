/** Export: files in every format through the file worker, from the whole source and from the view as it is seen. */
import type { Download, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { audit, expect, test } from './world.ts'

const SALES = 'tables/sales?partition=dt%3D20260101&limit=all'
const ledger = (page: Page) => page.locator('.frame-ledger')
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Export / })

/** Without the picker of files the browser downloads parts, which a test can read. */
async function downloads(page: Page) {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
}

/** Opens the dialog of a table whose rows are here. */
async function open(page: Page, address: string, wait: string) {
  await page.goto(address)
  await expect(ledger(page)).toContainText(wait)
  await page.getByRole('button', { name: 'Export…' }).click()
  await expect(dialog(page)).toBeVisible()
}

/** Presses export and gives the file that comes. */
async function saved(page: Page): Promise<Download> {
  const coming = page.waitForEvent('download')
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  return coming
}

const bytes = async (download: Download) => readFile(await download.path())

test('a partition as CSV keeps every digit, and nothing is not empty', async ({ page, shared }) => {
  await downloads(page)
  await open(page, shared.at(SALES), 'All 12 rows are here.')
  await audit(page)
  await dialog(page).getByRole('radio', { name: /^Everything/ }).check()
  const file = await saved(page)
  expect(file.suggestedFilename()).toMatch(/sales dt=20260101\.csv$/)
  const lines = (await bytes(file)).toString().split('\n')
  // The heading, twelve rows of which one has a line end in quotes, and the end of the last line.
  expect(lines).toHaveLength(15)
  expect(lines[1]).toContain('9223372036854775807,王小明,杭州')
  expect(lines[3]).toContain('99999999999999999999.999999999999999999')
  // Row 4 has an empty text, row 5 the text NULL, row 6 nothing.
  expect([4, 5, 6].map((at) => lines[at]?.split(',')[1])).toEqual(['""', 'NULL', ''])
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText(/12 rows, .*UTF-8/)).toBeVisible()
})

test('Parquet and Excel files have their form, and Excel says what became text', async ({ page, shared }) => {
  await downloads(page)
  await open(page, shared.at(SALES), 'All 12 rows are here.')
  await dialog(page).getByRole('radio', { name: 'Parquet' }).check()
  const parquet = await bytes(await saved(page))
  expect(parquet.subarray(0, 4).toString()).toBe('PAR1')
  expect(parquet.subarray(-4).toString()).toBe('PAR1')
  expect(parquet.includes('mars_console.ledger')).toBe(true)
  await expect(dialog(page)).toBeHidden()
  await page.getByRole('button', { name: 'Export…' }).click()
  // The last choice is remembered.
  await expect(dialog(page).getByRole('radio', { name: 'Parquet' })).toBeChecked()
  await dialog(page).getByRole('radio', { name: 'Excel (XLSX)' }).check()
  const book = await bytes(await saved(page))
  expect(book.subarray(0, 2).toString()).toBe('PK')
  expect(book.includes('xl/worksheets/sheet2.xml')).toBe(true)
  await expect(page.getByText(/numbers with more digits than the format keeps are text/)).toBeVisible()
})

test('the rows as they are seen: filtered, sorted, with the chosen columns', async ({ page, shared }) => {
  await downloads(page)
  await page.goto(shared.at('tables/test_mars?limit=all'))
  await expect(ledger(page)).toContainText('All 9 rows are here.')
  const heading = page.getByRole('columnheader', { name: /^col2/ })
  await heading.getByText('col2').click()
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  const cells = page.getByRole('grid').getByRole('row')
  const seen = await cells.evaluateAll((rows) =>
    rows.slice(1).map((row) => Array.from(row.querySelectorAll('[role=gridcell]')).map((cell) => cell.textContent?.trim()).join(',')),
  )
  await page.getByRole('button', { name: 'Export…' }).click()
  await expect(dialog(page).getByRole('radio', { name: 'Rows as seen here (9)' })).toBeChecked()
  const lines = (await bytes(await saved(page))).toString().trim().split('\n')
  expect(lines.slice(1)).toEqual(seen)
})

test('a file goes to the disk as it comes, in the place that was chosen', async ({ page, shared }) => {
  // The browser's own files stand in for its picker, which no program can press; the streams are real.
  await page.addInitScript(() => {
    const place = async () => (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true })
    Object.assign(window, { showSaveFilePicker: place })
  })
  await open(page, shared.at(SALES), 'All 12 rows are here.')
  await dialog(page).getByRole('radio', { name: 'JSON lines' }).check()
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  await expect(dialog(page)).toBeHidden()
  const text = await page.evaluate(async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('chosen')
    return (await handle.getFile()).text()
  })
  const lines = text.trim().split('\n')
  expect(lines).toHaveLength(12)
  expect(lines[0]).toContain(':9223372036854775807,')
})

test('a million rows can be stopped, and nothing is left', async ({ page, shared }) => {
  await downloads(page)
  await open(page, shared.at('tables/lineitem_1m?limit=100'), '100 of')
  await dialog(page).getByRole('radio', { name: /^Everything/ }).check()
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  await expect(dialog(page).getByRole('progressbar', { name: 'Writing the file' })).toBeVisible()
  await audit(page)
  await dialog(page).getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped. The unfinished file was given up.')).toBeVisible()
})

test('what the rows leave out is said in the dialog and in the note beside', async ({ page, shared }) => {
  await downloads(page)
  await open(page, shared.at('tables/sales?partition=dt%3D20260101&limit=5'), '5 of 12 rows are here.')
  const left = 'The limit of 5 rows left the rest out.'
  await expect(dialog(page)).toContainText(left)
  await dialog(page).getByRole('radio', { name: /^Everything/ }).check()
  await expect(dialog(page)).not.toContainText(left)
  await dialog(page).getByRole('radio', { name: /^Rows as seen/ }).check()
  await dialog(page).getByRole('checkbox', { name: /^Write a note beside it/ }).check()
  const note = page.waitForEvent('download', (file) => file.suggestedFilename().endsWith('.note.txt'))
  await dialog(page).getByRole('button', { name: 'Export' }).click()
  expect((await bytes(await note)).toString()).toContain(`5 of 12 rows are here. ${left}`)
})

test('the result of a query is exported to the last digit', async ({ page, shared }) => {
  await downloads(page)
  const query = encodeURIComponent("select order_id, customer from sales where dt = '20260101' order by order_id desc limit 1")
  await page.goto(shared.at(`jobs/new/sql?query=${query}`))
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('button', { name: 'Export…' }).click()
  await dialog(page).getByRole('radio', { name: /^Everything/ }).check()
  const lines = (await bytes(await saved(page))).toString().trim().split('\n')
  expect(lines).toEqual(['order_id,customer', '9223372036854775807,王小明'])
})

test('in Chinese a byte-order mark is the rule', async ({ page, shared }) => {
  await downloads(page)
  await page.goto(shared.at(`${SALES}&lang=zh`))
  await page.getByRole('button', { name: '导出…' }).click()
  await expect(page.getByRole('checkbox', { name: /字节序标记/ })).toBeChecked()
  await audit(page)
  const coming = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: '导出', exact: true }).click()
  expect((await bytes(await coming)).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
})
