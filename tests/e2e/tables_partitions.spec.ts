/** The partitions of a table: latest, calendar, range, several keys, ten thousand of them, and addresses. */
import type { Page } from '@playwright/test'
import { audit, expect, test } from './world.ts'

const ledger = (page: Page) => page.locator('.frame-ledger')
const picker = (page: Page) => page.getByRole('region', { name: 'Partition' })
const list = (page: Page) => page.getByRole('listbox', { name: 'Partitions' })
const open = (page: Page) => page.getByText('Choose a partition').click()

test('the latest is read first, another is picked, and the line follows', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales_history'))
  await expect(picker(page)).toContainText('dt=20251230')
  await expect(picker(page)).toContainText('12 rows')
  await open(page)
  await expect(page.getByText('200 partitions', { exact: true })).toBeVisible()
  await list(page).getByRole('option').nth(3).click()
  await expect(page).toHaveURL(/partition=dt%3D20251230%2Cregion%3Doverseas/)
  await expect(page.getByText("head(100, partition='dt=20251230,region=overseas')")).toBeVisible()
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  await list(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/partition=dt%3D2025/)
  await expect(list(page).getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '200')
  await audit(page)
  await page.getByRole('button', { name: 'Latest' }).click()
  await expect(list(page).getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '1')
})

test('the calendar marks days that exist and is used by keys', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales_history?partition=dt%3D20251230%2Cregion%3Doverseas'))
  await open(page)
  const month = page.getByRole('grid', { name: 'Partitions in 2025-12' })
  await expect(month.getByRole('gridcell', { name: '2025-12-30, 4 partitions' })).toHaveAttribute('aria-selected', 'true')
  await expect(month.getByRole('gridcell', { name: '2025-12-31, no partition' })).toHaveAttribute('aria-disabled', 'true')
  await month.getByRole('gridcell', { name: '2025-12-30, 4 partitions' }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowLeft')
  await expect(month.getByRole('gridcell', { name: /2025-12-22/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/partition=dt%3D20251222/)
  await expect(list(page).getByRole('option')).toHaveCount(4)
  await audit(page)
  await month.getByRole('gridcell', { name: /2025-12-22/ }).focus()
  await page.keyboard.press('PageUp')
  await expect(page.getByRole('gridcell', { name: /2025-11-22/ })).toBeFocused()
})

test('a range and words narrow the list and are summed', async ({ page, shared }) => {
  await page.goto(shared.at('tables/sales_history'))
  await open(page)
  await page.getByLabel('From', { exact: true }).fill('20251201')
  await page.getByLabel('To', { exact: true }).fill('20251202')
  await expect(picker(page)).toContainText('8 partitions · 96 rows')
  await page.getByLabel('Filter').fill('overseas')
  await expect(picker(page)).toContainText('2 partitions · 24 rows')
  await expect(list(page).getByRole('option')).toHaveCount(2)
})

test('ten thousand partitions are read page by page and drawn a few at a time', async ({ page, world }) => {
  const days = Array.from({ length: 10_000 }, (_, at) => new Date(Date.UTC(1999, 0, 1 + at)).toISOString().slice(0, 10))
  await world.plant([
    { name: 'daily', columns: [['id', 'bigint', '']], partition_keys: [['ds', 'string', '']], partitions: days.map((day) => `ds='${day}'`) },
  ])
  await page.goto(world.at('tables/daily'))
  const last = days.at(-1) ?? ''
  await expect(picker(page)).toContainText(`ds=${last}`, { timeout: 20_000 })
  await open(page)
  await expect(page.getByText('10000 partitions', { exact: true })).toBeVisible()
  expect(await list(page).getByRole('option').count()).toBeLessThan(40)
  await list(page).focus()
  await page.keyboard.press('End')
  await expect(list(page).getByRole('option', { name: days[0] ?? '' })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: `${last}, 1 partition` })).toBeVisible()
})

test('a table without any partition says so', async ({ page, world }) => {
  await world.plant([{ name: 'empty_parts', columns: [['id', 'bigint', '']], partition_keys: [['ds', 'string', '']] }])
  await page.goto(world.at('tables/empty_parts'))
  await expect(page.getByRole('main')).toContainText('no partition yet')
  await expect(page.getByRole('grid')).toHaveCount(0)
  await audit(page)
})
