/** What a visit downloads: little at first, the rest when it is opened. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page, Response } from '@playwright/test'
import { startGateway } from './programs.ts'
import { audit, expect, test } from './world.ts'

const BUDGET = join(import.meta.dirname, '../budget.json')

/** The files of the page that a visit downloads from now on: name to bytes as sent. */
function downloads(page: Page): { settle(): Promise<Map<string, number>> } {
  const answers: Response[] = []
  page.on('response', (answer) => {
    if (!/\/(odps|tunnel|mars|-)\//.test(new URL(answer.url()).pathname)) answers.push(answer)
  })
  return {
    async settle() {
      const files = new Map<string, number>()
      for (const answer of answers) {
        await answer.finished()
        const name = new URL(answer.url()).pathname.split('/').pop() || 'index.html'
        files.set(name, (await answer.request().sizes()).responseBodySize)
      }
      return files
    },
  }
}

const sum = (files: Map<string, number>): number => [...files.values()].reduce((all, one) => all + one, 0)
const chunks = (files: Map<string, number>): string[] =>
  [...files.keys()].filter((name) => name.endsWith('.wasm') && !/^(console|frame_worker|file_worker)/.test(name))

test('the first visit downloads no chunk, no frame worker, and no more than the budget', async ({ page, shared }) => {
  const budget = JSON.parse(await readFile(BUDGET, 'utf8')) as Record<'first_load' | 'fleet', { brotli_bytes: number }>
  const loaded = downloads(page)
  await page.goto(shared.at(''))
  await expect(page.getByRole('link', { name: "Create the guide's cluster" })).toBeVisible()
  const first = await loaded.settle()
  expect([...first.keys()].filter((name) => /^console-.*_bg\.wasm$/.test(name))).toHaveLength(1)
  expect(chunks(first)).toEqual([])
  expect([...first.keys()].filter((name) => /^(frame|file)_worker/.test(name))).toEqual([])
  expect(sum(first)).toBeLessThan(budget.first_load.brotli_bytes)

  await page.getByRole('link', { name: "Create the guide's cluster" }).click()
  await expect(page.getByRole('button', { name: 'Create cluster' })).toBeVisible()
  const form = await loaded.settle()
  expect(chunks(form).filter((name) => name.startsWith('split_fleet-'))).toHaveLength(1)
  expect(sum(form)).toBeLessThan(budget.fleet.brotli_bytes)
})

test.describe('without its gateway', () => {
  // What the browser writes for a download that fails, and the page's loader beside it.
  test.use({ tolerated: /Failed to (load resource|fetch)|ERR_CONNECTION_REFUSED/ })

  test('a page that cannot be downloaded is said, and opened by trying again', async ({ page, shared }) => {
    const folder = join(shared.folder, 'passing-gateway')
    const gateway = await startGateway(folder, shared.warehouse.ready)
    const { port } = new URL(gateway.ready.console)
    await page.goto(gateway.ready.console)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    await gateway.stop()
    await page.getByRole('link', { name: 'Settings' }).click()
    const notice = page.getByRole('alert').filter({ hasText: 'This page of the console could not be opened' })
    await expect(notice).toContainText('the gateway does not answer, or the console was updated')
    await audit(page)
    const again = await startGateway(folder, shared.warehouse.ready, {}, Number(port))
    await notice.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await again.stop()
  })
})
