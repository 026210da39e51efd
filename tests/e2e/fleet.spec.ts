/** The fleet: what is listed of every cluster, how it is chosen by address, and stopping one or many. */
import { type Page } from '@playwright/test'
import { START, create, engines, test } from './cluster.ts'
import { audit, expect } from './world.ts'

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: new RegExp(name) }) })

test('a cluster is told with its workers, its state and its end; the choice is in the address', async ({ page, running }) => {
  const { world, id } = running
  await page.goto(world.at('clusters'))
  const shared = row(page, 'shared')
  await expect(shared).toContainText(id)
  await expect(shared).toContainText('2 of 2')
  await expect(shared).toContainText('× 1 cores, 4 GB')
  await expect(shared).toContainText(/Idle.*idle \d+/)
  await expect(shared.getByRole('cell', { name: /in \d+ h.*, if idle/ })).toBeVisible()
  await expect(page.getByText('1 cluster runs')).toBeVisible()
  await audit(page)

  await page.getByRole('searchbox', { name: 'Name, id or owner' }).fill('nobody has this')
  await expect(page.getByText('No cluster matches this choice.')).toBeVisible()
  expect(page.url()).toContain('q=nobody')
  await page.getByRole('searchbox').fill('SHAR')
  await expect(shared).toBeVisible()
  await page.getByRole('group', { name: 'In which state' }).getByRole('button', { name: 'Ended' }).click()
  await expect(page.getByText('No cluster matches this choice.')).toBeVisible()
  await page.getByRole('button', { name: 'Running' }).click()
  await page.getByRole('button', { name: 'All owners' }).click()
  await page.getByRole('button', { name: 'Workers' }).click()
  await page.getByRole('button', { name: 'Workers' }).click()
  await expect(page.getByRole('columnheader', { name: 'Workers' })).toHaveAttribute('aria-sort', 'descending')
  const address = new URL(page.url())
  expect(Object.fromEntries(address.searchParams)).toEqual({ q: 'SHAR', state: 'running', owner: 'all', sort: '-workers' })

  await page.reload()
  await expect(shared).toContainText('2 of 2')
  await expect(page.getByRole('searchbox')).toHaveValue('SHAR')
  await expect(page.getByRole('button', { name: 'All owners' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('columnheader', { name: 'Workers' })).toHaveAttribute('aria-sort', 'descending')
})

test('several are stopped at once, and each is called stopped when Terminated was read', async ({ page, world }) => {
  test.setTimeout(240_000)
  for (const name of ['first', 'second']) {
    await create(page, world, `worker_num=1&worker_cpu=1&worker_mem=4&name=${name}`)
    await expect(page.getByText('1 of 1 workers').first()).toBeVisible({ timeout: START })
  }
  expect(engines(world).length).toBeGreaterThan(2)
  await page.goto(world.at('clusters'))
  await expect(row(page, 'first')).toContainText('Idle')
  await expect(row(page, 'second')).toContainText('Idle')
  await page.getByRole('checkbox', { name: 'Mark all that run' }).check()
  await page.getByRole('button', { name: 'Stop 2…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Stop 2 clusters?' })
  await expect(dialog).toContainText('2 clusters are stopped.')
  await expect(dialog).toContainText('None of them computes now.')
  await audit(page)
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(dialog).toBeHidden()
  await expect(row(page, 'first')).toContainText('Idle')
  await page.getByRole('button', { name: 'Stop 2…' }).click()
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(dialog.getByText('Stopped: the service says Terminated.')).toHaveCount(2, { timeout: 60_000 })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(row(page, 'first')).toContainText('Ended')
  await expect(row(page, 'second')).toContainText('Ended')
  await expect.poll(() => engines(world), { timeout: 30_000 }).toEqual([])
})

test.describe(() => {
  test.use({ tolerated: /50\d/ })

  test('one whose state is not known is stopped only when that is said once more', async ({ page, world }) => {
    test.setTimeout(180_000)
    await create(page, world, 'worker_num=1&worker_cpu=1&worker_mem=4&name=dim')
    await expect(page.getByText('1 of 1 workers').first()).toBeVisible({ timeout: START })
    await world.fault('mars-unreachable')
    await page.goto(world.at('clusters'))
    const dim = row(page, 'dim')
    await expect(dim).toContainText('Engine silent')
    await dim.getByRole('button', { name: 'Stop dim' }).click()
    const dialog = page.getByRole('dialog', { name: 'Stop this cluster?' })
    await expect(dialog).toContainText('state not known')
    const stop = dialog.getByRole('button', { name: 'Stop', exact: true })
    await stop.click()
    await expect(dialog).not.toContainText('Stopping')
    expect(engines(world).length).toBeGreaterThan(0)
    await dialog.getByRole('checkbox', { name: /whose state is not known/ }).check()
    await stop.click()
    await expect(dialog).toContainText('Stopped: the service says Terminated.', { timeout: 60_000 })
  })
})

test('a list that cannot be read keeps what is known and says so', async ({ page, running }) => {
  const { world, id } = running
  await page.goto(world.at('clusters'))
  await expect(row(page, 'shared')).toContainText('2 of 2')
  await page.route('**/odps/projects/*/instances?*', (route) => route.abort())
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 })
  await expect(row(page, 'shared')).toContainText(id)
  await page.unroute('**/odps/projects/*/instances?*')
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(row(page, 'shared')).toContainText('2 of 2')
})
