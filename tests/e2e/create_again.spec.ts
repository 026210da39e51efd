/** Creating again: presets and clones, a pasted call, a cluster of the same name, and waits with a budget. */
import type { Page } from '@playwright/test'
import { audit, expect } from './world.ts'
import { START, create, submit, test } from './cluster.ts'

const SMALL = 'worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1'

// Until the engine's web service is registered the gateway answers 503.
const starting = /the server responded with a status of 503/

const workers = (page: Page) => page.getByLabel('Workers', { exact: true })
const press = (page: Page) => page.getByRole('button', { name: 'Create cluster' }).click()

test.describe('the form starts from', () => {
  test('a shipped size, or a preset that survives a reload, a new name and its end', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/new'))
    const start = page.getByRole('region', { name: 'Start from' })
    await start.getByRole('button', { name: /^Small/ }).click()
    await expect(workers(page)).toHaveValue('1')
    await start.getByRole('button', { name: /^The guide's/ }).click()
    await expect(workers(page)).toHaveValue('5')
    await expect(page.getByLabel('Usable from')).toHaveValue('3')

    await workers(page).fill('7')
    await start.getByText('Presets', { exact: true }).click()
    const save = start.getByRole('button', { name: 'Keep this form as a preset' })
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    await start.getByLabel('Name of a new preset').fill('nightly')
    await save.click()
    await expect(start.getByRole('button', { name: /^nightly 7 × 4 cores, 16 GB/ })).toBeVisible()
    await audit(page)

    await page.goto(shared.at(`clusters/new?${SMALL}`))
    await expect(workers(page)).toHaveValue('2')
    await start.getByRole('button', { name: /^nightly/ }).click()
    await expect(workers(page)).toHaveValue('7')

    await start.getByRole('button', { name: 'Rename the preset nightly' }).click()
    const name = start.getByLabel('New name for nightly')
    await name.fill('weekly')
    await name.press('Enter')
    await expect(start.getByRole('button', { name: /^weekly/ })).toBeVisible()
    await page.reload()
    await expect(start.getByRole('button', { name: /^nightly/ })).toBeHidden()
    await start.getByRole('button', { name: 'Delete the preset weekly' }).click()
    await page.reload()
    await expect(start.getByRole('button', { name: /^The guide's/ })).toBeVisible()
    await expect(start.getByRole('button', { name: /^weekly/ })).toBeHidden()
  })

  test('a pasted call, with what has no counterpart named', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/new'))
    const call =
      "o.create_mars_cluster(2, 1, 4, name='x', if_exists='raise',\n  with_notebook=True, supervisor_num=2, instance_idle_timeout=600, oops={'a': f(1)})"
    await page.getByLabel('Paste a PyODPS call').fill(call)
    await page.getByRole('button', { name: 'Fill in' }).click()
    const notes = page.getByRole('complementary').getByRole('status').getByRole('listitem')
    await expect(notes.filter({ hasText: 'supervisor_num was read as scheduler_num' })).toBeVisible()
    await expect(notes.filter({ hasText: 'with_notebook' })).toContainText('(line 2, column 3) Left out: the console has a notebook')
    await expect(notes.filter({ hasText: 'instance_idle_timeout' })).toContainText('automatic stop on the page of the cluster')
    await expect(notes.filter({ hasText: 'oops' })).toContainText('check the spelling')
    const exists = page.getByRole('group', { name: 'If one of this name runs already' })
    await expect(exists.getByRole('button', { name: 'Raise' })).toHaveAttribute('aria-pressed', 'true')
    await audit(page)

    await exists.getByRole('button', { name: 'Restart' }).click()
    const equal = page.getByRole('group', { name: 'PyODPS' })
    await expect(equal).toContainText("scheduler_num=2, name='x', if_exists='restart')")
    await expect(page.getByRole('group', { name: 'Link to this form' })).toContainText('name=x&if_exists=restart')
    await page.getByLabel('Name', { exact: true }).fill('')
    await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/Needs a value/)
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByRole('group', { name: '若同名集群已在运行' })).toBeVisible()
  })
})

test.describe('a cluster of the same name', () => {
  test.use({ tolerated: starting })

  test('reuse tells what differs; raise refuses', async ({ page, running }) => {
    const { world, id } = running
    await page.goto(world.at('clusters/new?worker_num=5&worker_cpu=1&worker_mem=4&min_worker_num=3&name=shared&if_exists=reuse'))
    await press(page)
    const dialog = page.getByRole('dialog', { name: 'A cluster of this name runs already' })
    await expect(dialog).toContainText(id)
    const table = dialog.getByRole('table', { name: 'What is wanted and what runs' })
    await expect(table.getByRole('row', { name: 'Workers 5 2 differs' })).toBeVisible()
    await expect(table.getByRole('row', { name: 'Cores per worker 1 1 same' })).toBeVisible()
    await expect(table.getByRole('row', { name: 'Usable from 3 1 differs' })).toBeVisible()
    await expect(table.getByRole('row', { name: /^Per hour, about USD \S+ USD \S+ differs/ })).toBeVisible()
    await expect(table).toContainText('never reaches the 3 that this form waits for')
    await audit(page)
    await dialog.getByRole('button', { name: 'Back to the form' }).click()
    await expect(workers(page)).toHaveValue('5')

    await page.getByRole('button', { name: 'Raise' }).click()
    await press(page)
    await expect(page.getByRole('alert')).toContainText(`a cluster named shared runs already, as instance ${id}`)
    await audit(page)
    await page.getByRole('link', { name: 'Open that cluster' }).click()
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}`))
  })

  test('restart stops it, then creates; the clone knows its size', async ({ page, world }) => {
    const first = await create(page, world, `${SMALL}&name=again`)
    await expect(page.getByText(/\d of 2 workers/).first()).toBeVisible({ timeout: START })
    await page.goto(world.at(`clusters/new?worker_num=1&worker_cpu=1&worker_mem=4&name=again&if_exists=restart`))
    await page.getByLabel('A cluster created here before').selectOption({ value: first })
    await expect(workers(page)).toHaveValue('2')
    await page.getByRole('button', { name: 'Restart' }).click()
    await press(page)
    const dialog = page.getByRole('dialog', { name: 'Stop the running cluster and create this one?' })
    await expect(dialog).toContainText(first)
    await audit(page)
    await dialog.getByRole('button', { name: 'Stop it, then create' }).click()
    await page.waitForURL((url) => /\/clusters\/20\d+g\w+/.test(url.pathname) && !url.pathname.endsWith(first), { timeout: START })
    await expect(page.getByText(/\d of 2 workers/).first()).toBeVisible({ timeout: START })
    await page.goto(world.at(`clusters/${first}`))
    await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('Ended')
    await page.goto(world.at('clusters/new'))
    await page.getByRole('button', { name: /^Last used 2 × 1 cores, 4 GB/ }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('again')
  })
})

test.describe('a service that is gone', () => {
  test.use({ tolerated: /the server responded with a status of 502/ })

  test('is no reason to start a second one', async ({ page, world }) => {
    await page.goto(world.at(`clusters/new?${SMALL}&name=lost&if_exists=reuse`))
    await expect(workers(page)).toHaveValue('2')
    await world.warehouse.stop()
    await press(page)
    const dialog = page.getByRole('dialog', { name: 'It is not known whether one of this name runs' })
    await expect(dialog).toContainText('nothing was created')
    await expect(dialog.getByRole('alert')).toBeVisible()
    await audit(page)
    await dialog.getByRole('button', { name: 'Back to the form' }).click()
    await expect(page).toHaveURL(/\/clusters\/new/)
    await expect(dialog).toBeHidden()
  })
})

test.describe('no wait is endless', () => {
  test.use({ tolerated: /the server responded with a status of 50[34]/ })

  test('an engine that does not come up: go on, or stop', async ({ page, world }) => {
    await world.fault('slow-start', { seconds: 900 })
    await page.clock.install()
    await page.goto(world.at(`clusters/new?${SMALL}`))
    await submit(page)
    await expect(page.getByText(/^Waiting for the engine to register its web service: \d+ s of 5 min, since/)).toBeVisible()
    await expect(page.getByText(/^Last answer: ./)).toBeVisible()
    await page.clock.fastForward('05:00')
    const asked = page.getByRole('alert').filter({ hasText: 'Still waiting for the engine to register its web service' })
    await expect(asked).toBeVisible()
    await audit(page)
    await asked.getByRole('button', { name: 'Go on waiting' }).click()
    await expect(asked).toBeHidden()
    await page.clock.fastForward('05:01')
    await asked.getByRole('button', { name: 'Stop cluster' }).click()
    const dialog = page.getByRole('dialog', { name: 'Stop this cluster?' })
    await dialog.getByRole('button', { name: 'Stop it' }).click()
    await expect(asked).toBeHidden({ timeout: START })
  })

  test('a submission without an answer', async ({ page, world }) => {
    await page.clock.install()
    await page.goto(world.at(`clusters/new?${SMALL}`))
    await expect(workers(page)).toHaveValue('2')
    const pid = world.warehouse.child.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    try {
      await press(page)
      await expect(page.getByText(/^Waiting for MaxCompute's first answer: \d+ s of 30 s/)).toBeVisible()
      await page.clock.fastForward('00:31')
      const asked = page.getByRole('alert').filter({ hasText: "Still waiting for MaxCompute's first answer" })
      await expect(asked).toContainText('No answer yet.')
      await audit(page)
      await asked.getByRole('button', { name: 'Stop waiting' }).click()
      await expect(page.getByText(/^This page waits no longer/)).toBeVisible()
      await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
    } finally {
      process.kill(pid, 'SIGCONT')
    }
  })
})
