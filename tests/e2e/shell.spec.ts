/** What every page has: languages, themes, the keyboard's way, addresses, and what must never leave the gateway. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startGateway } from './programs.ts'
import { audit, expect, test } from './world.ts'

const theme = (page: Page) => page.getByRole('combobox', { name: 'Theme' })
const canvas = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('the language changes at once, is remembered, and a link may ask for another', async ({ page, shared }) => {
  await page.goto(shared.at('tables'))
  await expect(page.getByRole('heading', { level: 1, name: 'Tables' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '表' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await audit(page)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: '表' })).toBeVisible()
  await page.goto(shared.at('tables?lang=en'))
  await expect(page.getByRole('heading', { level: 1, name: 'Tables' })).toBeVisible()
})

test('themes change the colours and are remembered', async ({ page, shared }) => {
  await page.goto(shared.at(''))
  const seen: string[] = []
  for (const name of ['Light', 'Dark', 'High contrast']) {
    await theme(page).selectOption({ label: name })
    await audit(page)
    seen.push(await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color].join()))
  }
  expect(new Set(seen).size, 'each theme has colours of its own').toBe(3)
  await theme(page).selectOption({ label: 'Dark' })
  const dark = await canvas(page)
  await page.reload()
  await expect(theme(page).locator('option:checked')).toHaveText('Dark')
  expect(await canvas(page)).toBe(dark)
})

test('the keyboard alone leads from the overview to the rows of a table', async ({ page, shared }) => {
  await page.goto(shared.at(''))
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const reach = async (name: string): Promise<void> => {
    const link = page.getByRole('link', { name, exact: true }).first()
    for (let presses = 0; presses < 60; presses += 1) {
      if (await link.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Shift+Tab')
    }
    throw new Error(`the keyboard does not reach ${name}`)
  }
  await reach('Tables')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/tables$/)
  const tree = page.getByRole('tree', { name: 'Tables' })
  await expect(tree.getByRole('treeitem', { name: /test_mars/ })).toBeVisible()
  for (let presses = 0; presses < 60 && !(await tree.evaluate((element) => element === document.activeElement)); presses += 1) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('test')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'Rows of test_mars' })).toBeVisible()
})

test('an address of no page is said, and unknown query keys stay', async ({ page, shared }) => {
  await page.goto(shared.at('nowhere/at/all'))
  await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible()
  await audit(page)
  await page.goto(shared.at('tables?x-portal=7'))
  await page.getByRole('searchbox', { name: 'Search tables' }).fill('sal')
  await expect(page).toHaveURL(/x-portal=7/)
  await expect(page).toHaveURL(/q=sal/)
})

test.describe('secrets', () => {
  // The doctor asks the tunnel for a table that cannot exist; browsers write every 404 to their console.
  test.use({ tolerated: /404 .*mars_console_no_such_table/ })

  test('no key reaches the page or the log, and nothing is asked elsewhere', async ({ page, world }) => {
    const key = world.warehouse.ready.access_key
    const asked: string[] = []
    const answered: Promise<string>[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('response', (response) => {
      if (/json|xml|html|text/.test(response.headers()['content-type'] ?? '')) answered.push(response.text().catch(() => ''))
    })
    for (const path of ['', 'connect', 'clusters/new', 'tables/test_mars', 'settings']) {
      await page.goto(world.at(path))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
    await page.goto(world.at('connect'))
    await page.getByRole('button', { name: 'Check the connection' }).click()
    await expect(page.getByText('fine')).toHaveCount(4)
    await audit(page)
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]))
    expect(kept).not.toContain(key)
    expect((await Promise.all(answered)).join('\n')).not.toContain(key)
    expect(asked.filter((url) => !url.startsWith(world.console) && !url.startsWith('data:'))).toEqual([])
    expect(asked.join('\n')).not.toContain(key)
    const log = await readFile(join(world.folder, 'gateway.log'), 'utf8')
    expect(log.length).toBeGreaterThan(0)
    expect(log).not.toContain(key)
    expect(log).not.toMatch(/ODPS [A-Z0-9]+:/)
    const answer = await page.request.get(world.at(''))
    expect(answer.headers()['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(answer.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})

test('every page fits a narrow screen', async ({ page, shared }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['', 'clusters', 'clusters/new', 'tables', 'tables/sales', 'instances', 'connect', 'settings']) {
    await page.goto(shared.at(`${path}?lang=zh`))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over, `${path} scrolls sideways`).toBeLessThanOrEqual(0)
  }
})

test('the console works below another path', async ({ page, shared }) => {
  const folder = join(shared.folder, 'below')
  const gateway = await startGateway(folder, shared.warehouse.ready, { base_path: '/ops/mars/' })
  try {
    const base = new URL('/ops/mars/', gateway.ready.console).href
    await page.goto(`${base}tables/test_mars`)
    await expect(page.getByText('All 9 rows are here.')).toBeVisible()
    await page.getByRole('link', { name: 'Clusters', exact: true }).click()
    await expect(page).toHaveURL(`${base}clusters`)
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Clusters' })).toBeVisible()
  } finally {
    await page.goto('about:blank')
    await gateway.stop()
  }
})
