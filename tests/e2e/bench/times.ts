/**
 * Times in a real browser on loopback, as a reader meets them. Writes one JSON object, `{"<what>": [milliseconds, …]}`,
 * to the file that `MARS_CONSOLE_BENCH` names, and prints it with median, least and most.
 */
import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { START, instanceOf, step, stranger, submit, test } from '../cluster.ts'
import { expect } from '../world.ts'
import { write } from '../notebook.ts'

const LOADS = 9
const CLUSTERS = 3
const JOBS = 9

/** Milliseconds of the browser's own clock from a press until something holds; polled by frame, in the page. */
async function between(page: Page, press: string, done: string): Promise<number> {
  return page.evaluate(
    ([press, done]) =>
      new Promise<number>((resolve) => {
        const button = document.querySelector<HTMLElement>(press as string)
        const start = performance.now()
        const look = (): void => {
          if (document.querySelector(done as string)) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        button?.click()
        requestAnimationFrame(look)
      }),
    [press, done],
  )
}

test('times', async ({ browser, shared }) => {
  const times: Record<string, number[]> = {}

  const usable: number[] = []
  for (let run = 0; run < LOADS; run += 1) {
    const page = await stranger(browser)
    await page.addInitScript(() => {
      const look = (): void => {
        const button = document.querySelector('main form button[type=submit]:not([aria-disabled])')
        if (button) performance.mark('usable')
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    await page.goto(shared.at('clusters/new'))
    await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
    usable.push(await page.evaluate(() => performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN))
    await page.context().close()
  }
  times['navigation to usable, empty cache'] = usable

  const created: number[] = []
  const rows: number[] = []
  for (let run = 0; run < CLUSTERS; run += 1) {
    const page = await stranger(browser)
    await page.goto(shared.at('clusters/new?worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1'))
    await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
    const start = Date.now()
    await submit(page)
    await expect(step(page, 'Usable').getByRole('time')).toHaveText(/\d/, { timeout: START })
    created.push(Date.now() - start)
    const id = instanceOf(page)
    if (run === CLUSTERS - 1) {
      await page.goto(shared.at(`clusters/${id}?tab=jobs`))
      await expect(page.getByRole('button', { name: 'Run', exact: true })).not.toHaveAttribute('aria-disabled')
      for (let job = 0; job < JOBS; job += 1) {
        await page.getByRole('button', { name: 'Remove' }).click()
        await expect(page.getByRole('grid')).toBeHidden()
        await write(page, 1, 'mt.random.rand(100, 100)')
        rows.push(await between(page, '.cell button[data-weight=primary]', '.cell-result [role=gridcell]:not(:empty)'))
      }
    }
    await page.getByRole('button', { name: 'Stop cluster' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Stopped', { timeout: START })
    await page.context().close()
  }
  times['click on create to usable (2 workers)'] = created
  times['run to rows, mt.random.rand(100, 100)'] = rows

  const summary = Object.entries(times).map(([what, runs]) => {
    const sorted = [...runs].sort((a, b) => a - b)
    return [what, { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1), runs: runs.length }]
  })
  process.stdout.write(`${JSON.stringify(Object.fromEntries(summary))}\n`)
  const file = process.env.MARS_CONSOLE_BENCH
  if (file) await writeFile(file, JSON.stringify(times))
})
