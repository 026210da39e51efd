/** Sessions and graphs of a real engine: what it tells of them, where they came from, and how they are ended. */
import type { Locator, Page } from '@playwright/test'
import { audit, expect } from './world.ts'
import { START, type Running, create, test } from './cluster.ts'
import { write } from './notebook.ts'

/** How long a small job may take on a busy machine. */
const JOB = 45_000

/** Runs a text in the first cell of the shared cluster's notebook. */
async function run(page: Page, { world, id }: Running, text: string): Promise<void> {
  await page.goto(world.at(`clusters/${id}?tab=jobs`))
  await expect(page.getByRole('button', { name: 'Run', exact: true })).not.toHaveAttribute('aria-disabled')
  await write(page, 1, text)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
}

/** The row of the graph that the first cell made. */
function made(page: Page, text: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: `Cell 1: ${text}`, exact: true }) })
}

test('a graph, its operands, and the way back to its cell', async ({ page, running }) => {
  const text = '(mt.random.rand(400, 400, chunk_size=100) + 1).sum()'
  await run(page, running, text)
  await expect(page.getByRole('region', { name: 'Result of cell 1' })).toContainText('Done', { timeout: JOB })
  await page.getByRole('link', { name: 'Sessions', exact: true }).click()
  const row = made(page, text)
  await expect(row).toContainText('Done')
  await expect(row).toContainText(/([1-9]\d*) of \1/)
  await expect(row.getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Scheduler' })).toContainText('0.4.0rc1')
  await audit(page)

  await row.getByRole('link', { name: /^Operands of graph / }).click()
  const operands = page.getByRole('region', { name: /^Operands of graph / })
  const kind = operands.getByRole('row').filter({ hasText: 'Tensor' }).first()
  await expect(kind.getByRole('cell').nth(1)).toHaveText(/^[1-9]/)
  await audit(page)
  await operands.getByRole('link', { name: 'Close' }).click()
  await expect(operands).toBeHidden()

  await row.getByRole('link', { name: `Cell 1: ${text}` }).click()
  await expect(page).toHaveURL(/tab=jobs&session=.+&graph=.+&target=/)
  await expect(page.getByRole('region', { name: 'Result', exact: true })).toBeVisible()
})

test('what the processes of a worker did', async ({ page, running }) => {
  await run(page, running, '(mt.random.rand(300, 300, chunk_size=100) + 2).sum()')
  await expect(page.getByRole('region', { name: 'Result of cell 1' })).toContainText('Done', { timeout: JOB })
  await page.getByRole('link', { name: 'Sessions', exact: true }).click()
  const timelines = page.getByRole('region', { name: 'Timelines of the workers' })
  await timelines.getByRole('link', { name: /^127\.0\.0\.1:\d+$/ }).first().click()
  await expect(page).toHaveURL(/worker=/)
  await expect(timelines.getByRole('region', { name: 'Process' }).getByRole('row').filter({ hasText: 'Compute' }).first()).toContainText('cpu-calc')
  await timelines.getByRole('button', { name: 'Last 30 min' }).click()
  await timelines.getByText(/^The newest/).click()
  await expect(timelines.getByRole('region', { name: 'Times' }).getByRole('row').nth(1)).toContainText(/Compute|Transfer/)
  await audit(page)
})

test.describe('what is ended', () => {
  // The browser itself notes that the deleted session's graph is gone.
  test.use({ tolerated: /410 .*\/api\/console\/session/ })
  test('a long graph is cancelled, and its session deleted', async ({ page, running }) => {
    const text = 'mt.random.rand(40000, 40000).sum()'
    await run(page, running, text)
    await expect(page.getByRole('region', { name: 'Result of cell 1' })).toContainText(/Running|Preparing/)
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    const row = made(page, text)
    await expect(row).toContainText('Running', { timeout: JOB })
    await row.getByRole('link', { name: /^Operands of graph / }).click()
    await expect(page.getByRole('heading', { name: /^Running nodes: [1-9]/ })).toBeVisible({ timeout: JOB })
    await row.getByRole('button', { name: 'Cancel' }).click()
    const question = page.getByRole('dialog', { name: 'Cancel this graph?' })
    await audit(page)
    await question.getByRole('button', { name: 'Leave it' }).click()
    await expect(row).toContainText('Running')
    await row.getByRole('button', { name: 'Cancel' }).click()
    await question.getByRole('button', { name: 'Cancel the graph' }).click()
    await expect(row).toContainText('Cancelled', { timeout: JOB })

    const session = page.getByRole('region', { name: /^Session / }).filter({ has: row })
    await session.getByRole('button', { name: 'Delete session' }).click()
    await page.getByRole('dialog', { name: 'Delete this session?' }).getByRole('button', { name: 'Delete the session' }).click()
    await expect(row).toHaveCount(0)
    await expect(page.getByRole('region', { name: /^Operands of graph / })).toContainText('does not know this graph', { timeout: JOB })
  })
})

test.describe('an engine without the additional facts', () => {
  test.use({ tolerated: /404 .*\/api\/console\/session|status of 503/ })
  test('tells the sessions of this browser, and the page what is missing', async ({ page, world }) => {
    test.setTimeout(180_000)
    await world.fault('stock-engine')
    const id = await create(page, world, 'worker_num=1&worker_cpu=1&worker_mem=4&min_worker_num=1')
    await expect(page.getByText('1 of 1 workers').first()).toBeVisible({ timeout: START })
    const text = 'mt.ones((3, 3)).sum()'
    await run(page, { world, id }, text)
    await expect(page.getByRole('region', { name: 'Result of cell 1' })).toContainText('Done', { timeout: JOB })
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await expect(page.getByRole('note')).toContainText('shows those on its own web page only')
    await expect(made(page, text)).toContainText(/Done.*[1-9]\d* in all/)
    await expect(page.getByRole('region', { name: 'Scheduler' })).toHaveCount(0)
    await audit(page)
  })
})
