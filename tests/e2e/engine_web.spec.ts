/** The engine's own page in its frame, on a real engine: it works, and it can do nothing to the console. */
import AxeBuilder from '@axe-core/playwright'
import type { FrameLocator, Page } from '@playwright/test'
import { START, type Running, test } from './cluster.ts'
import { audit, expect } from './world.ts'

/** Opens the tab and waits for the engine's dashboard. */
async function open(page: Page, { world, id }: Running): Promise<FrameLocator> {
  await page.goto(world.at(`clusters/${id}?tab=web`))
  const frame = page.frameLocator(`iframe[title="The engine's own page of cluster ${id}"]`)
  await expect(frame.getByRole('link', { name: 'Workers' })).toBeVisible({ timeout: START })
  return frame
}

/** Audits our part of the page: the engine's own is not ours to mend. */
async function audited(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  expect(violations.map((violation) => violation.id)).toEqual([])
}

test('the dashboard and a worker with its chart are seen in the frame', async ({ page, running }) => {
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname))
  const frame = await open(page, running)
  await expect(frame.getByText('Mars UI')).toBeVisible()
  await audited(page)

  await frame.getByRole('link', { name: 'Schedulers' }).click()
  await expect(frame.getByRole('heading', { name: 'Scheduler List' })).toBeVisible()
  await frame.getByRole('link', { name: 'Tasks' }).click()
  await expect(frame.getByRole('heading', { name: 'Session List' })).toBeVisible()
  await frame.getByRole('link', { name: 'Workers' }).click()
  await expect(frame.getByRole('heading', { name: 'Worker List' })).toBeVisible()
  await frame.getByRole('link', { name: /^127\.0\.0\.1:\d+$/ }).first().click()
  await expect(frame.getByRole('cell', { name: 'Platform' })).toBeVisible()
  await frame.getByRole('link', { name: 'Timeline' }).click()
  await expect(frame.locator('.bk-root canvas').first()).toBeVisible({ timeout: 30_000 })
  expect(sockets.some((path) => /^\/-\/framed\/[0-9a-f]{32}\/bk_worker_timeline\/ws$/.test(path))).toBe(true)
})

test.describe('what the frame is refused', () => {
  test.use({ tolerated: /CORS policy|net::ERR_FAILED/ })

  test('the page in the frame reads no storage and reaches nothing of the console', async ({ page, running }) => {
    await open(page, running)
    const handle = await page.locator('iframe').elementHandle()
    const inside = await handle?.contentFrame()
    if (!inside) throw new Error('the frame has no page')
    const found = await inside.evaluate(async (id) => {
      const attempt = async (work: () => unknown): Promise<string> => {
        try {
          return `got ${String(await work())}`
        } catch (error) {
          return error instanceof Error ? error.name : String(error)
        }
      }
      const base = new URL(location.href).origin
      return {
        origin: window.origin,
        storage: await attempt(() => localStorage.length),
        parent: await attempt(() => window.parent.document.title),
        cookie: await attempt(() => document.cookie),
        submit: await attempt(async () => (await fetch(`${base}/mars/${id}/api/session`, { method: 'POST' })).status),
        mint: await attempt(async () => (await fetch(`${base}/-/web/${id}`, { method: 'POST' })).status),
        own: await attempt(async () => (await fetch(location.href)).status),
      }
    }, running.id)
    expect(found).toEqual({
      origin: 'null',
      storage: 'SecurityError',
      parent: 'SecurityError',
      cookie: 'SecurityError',
      submit: 'TypeError',
      mint: 'TypeError',
      own: 'got 200',
    })
  })
})

test('a window of its own, and another key on reload', async ({ page, running }) => {
  await open(page, running)
  const first = await page.locator('iframe').getAttribute('src')
  const [popup] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Open in a new window' }).click(),
  ])
  await expect(popup.getByRole('link', { name: 'Schedulers' })).toBeVisible({ timeout: START })
  expect(await popup.evaluate(() => window.origin)).toBe('null')
  await popup.close()
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('iframe')).not.toHaveAttribute('src', first ?? '')
})

test('the notebook is a link with a warning', async ({ page, running: { world, id } }) => {
  await page.goto(world.at(`clusters/${id}?tab=notebook`))
  await expect(page.getByRole('note').filter({ hasText: 'does not save your file' })).toBeVisible()
  const link = page.getByRole('link', { name: 'Open the notebook' })
  await expect(link).toHaveAttribute('href', `/-/notebook/${id}`)
  await audit(page)
  const answer = await page.request.get(world.at(`-/notebook/${id}`), { maxRedirects: 0 })
  expect(answer.status()).toBe(303)
  expect(answer.headers()['location']).toMatch(/^http:\/\/[\w.-]+\.localhost:\d+\/$/)
})
