/** The Logview panel: a query that runs, one that ended, one that failed, five thousand stages, the logs of a cluster. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test } from './cluster.ts'
import { type World, audit, expect, openWorld } from './world.ts'

const LONG = 'select count(*) from lineitem_1m a join lineitem_1m b on a.l_orderkey <> b.l_orderkey'

/** Submits a statement and gives its instance. */
async function submit(world: World, sql: string, settings = '{}'): Promise<string> {
  const instances = world.at(`odps/projects/${world.warehouse.ready.project}/instances`)
  const job = `<?xml version="1.0" encoding="utf-8"?>
<Instance><Job><Priority>9</Priority><Tasks><SQL><Name>AnonymousSQLTask</Name>
<Config><Property><Name>settings</Name><Value><![CDATA[${settings}]]></Value></Property></Config>
<Query><![CDATA[${sql}]]></Query></SQL></Tasks></Job></Instance>`
  const answer = await fetch(instances, { method: 'POST', body: job, headers: { 'content-type': 'application/xml' } })
  expect([200, 201]).toContain(answer.status)
  return (answer.headers.get('location') ?? '').split('/').pop() ?? ''
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('an ended query shows stages, plan, settings and summary; secrets are dots', async ({ page, shared }) => {
  const settings = '{"odps.sql.timezone": "Etc/GMT", "my.access_key": "hunter2hunter2"}'
  const id = await submit(shared, "select customer, count(*) as n from sales where dt = '20260101' group by customer", settings)
  await page.goto(shared.at(`instances/${id}`))
  await expect(page.getByText('Terminated').first()).toBeVisible()
  const stages = section(page, 'Stages')
  await expect(stages.getByRole('rowheader').first()).toContainText('M1')
  await expect(page.getByRole('img', { name: /^Plan of \d+ stages/ })).toBeVisible()
  const setting = (name: string) => page.getByRole('row').filter({ hasText: name })
  await expect(setting('odps.sql.timezone')).toContainText('Etc/GMT')
  await expect(setting('my.access_key')).toContainText('••••')
  await page.getByText('Source as submitted').click()
  await expect(page.getByRole('group', { name: 'Source as submitted' })).toContainText('<Name>AnonymousSQLTask</Name>')
  await expect(page.locator('body')).not.toContainText('hunter2hunter2')
  await expect(page.getByRole('group', { name: 'Script' }).locator('[data-kind="keyword"]').first()).toHaveText('select')
  await expect(page.getByRole('group', { name: 'Summary' })).toContainText('resource cost')
  await page.getByRole('button', { name: 'Read the logs' }).click()
  await expect(page.getByRole('group', { name: /^Log of / })).toContainText('workers done')
  await audit(page)
})

test('a failed query says its cause first', async ({ page, shared }) => {
  const id = await submit(shared, 'select nothing_here from sales')
  await page.goto(shared.at(`instances/${id}`))
  await expect(section(page, 'Error text')).toContainText(/ODPS-0130\d+/)
  await expect(page.getByText('The service names no worker of this instance')).toBeVisible()
  await audit(page)
})

test('a running query is followed to its end, and what is open stays open', async ({ page, shared }) => {
  const id = await submit(shared, LONG)
  await page.goto(shared.at(`instances/${id}`))
  await expect(section(page, 'Result')).toContainText('The result is there when the instance has ended')
  await expect(section(page, 'Stages').getByRole('rowheader').first()).toContainText('M1')
  await page.getByText('Source as submitted').click()
  await expect(page.getByText('The same as a table')).toBeVisible()
  await audit(page)
  const one = shared.at(`odps/projects/${shared.warehouse.ready.project}/instances/${id}`)
  await fetch(one, { method: 'PUT', body: '<Instance><Status>Terminated</Status></Instance>', headers: { 'content-type': 'application/xml' } })
  await expect(page.getByRole('row').filter({ hasText: 'AnonymousSQLTask' })).toContainText('Cancelled')
  await expect(page.getByRole('group', { name: 'Source as submitted' })).toBeVisible()
})

test('of five thousand stages only those in view are drawn', async ({ page, seed }) => {
  const folder = await mkdtemp(join(tmpdir(), 'mars-console-stages-'))
  await cp(seed, folder, { recursive: true })
  const instance = '20260101000000001gstages00'
  const began = 1_767_225_600_000
  const stages = Array.from({ length: 5_000 }, (_, at) => ({
    name: at === 0 ? 'M1' : `R${at + 1}_${at}`,
    workers: 2,
    terminated: 2,
    input_rows: at,
    output_rows: at,
    began: began + at * 10,
    ended: began + at * 10 + (at === 4_321 ? 9_000 : 20),
  }))
  const projects = join(folder, 'warehouse', 'projects')
  const project = 'mars_console_sample'
  const known = join(projects, project, 'instances')
  await mkdir(known, { recursive: true })
  const task = { name: 'AnonymousSQLTask', kind: 'SQL', progress: 'Success', result: '' }
  const whole = { id: instance, project, owner: 'ALIYUN$local', started: began, ended: began + 60_000, source: '<Job><Tasks/></Job>', tasks: [task], stages }
  await writeFile(join(known, `${instance}.json`), JSON.stringify(whole))
  const world = await openWorld(folder)
  try {
    await page.goto(world.at(`instances/${instance}`))
    const table = section(page, 'Stages').getByRole('table')
    await expect(table).toHaveAttribute('aria-rowcount', '5001')
    await expect(page.getByText('The slowest stage is R4322_4321')).toBeVisible()
    expect(await table.getByRole('row').count()).toBeLessThan(60)
    await section(page, 'Stages').getByRole('group').evaluate((frame) => frame.scrollTo(0, 4_315 * 28))
    await expect(table.getByRole('rowheader', { name: /R4322_4321.*slowest/ })).toBeVisible()
    await audit(page)
  } finally {
    await world.stop()
    await rm(folder, { recursive: true, force: true })
    await rm(world.folder, { recursive: true, force: true })
  }
})

test('the logs of a cluster’s processes are read, searched and filtered', async ({ page, running }) => {
  const { world, id } = running
  await page.goto(world.at(`clusters/${id}?tab=logview`))
  await page.getByRole('button', { name: 'Read the logs' }).click()
  const worker = page.getByLabel('Worker', { exact: true })
  await worker.selectOption('worker-0')
  const real = await readFile(join(world.folder, 'warehouse', 'clusters', id, 'worker-0.log'), 'utf8')
  const line = real.split('\n').find((text) => text.trim() !== '') ?? ''
  const log = page.getByRole('group', { name: 'Log of worker-0' })
  await expect(log).toContainText(line)
  await page.getByLabel('Search in the log').fill('no such words in it')
  await expect(log).toContainText('No line fits.')
  await page.getByLabel('Search in the log').fill(line.slice(0, 30))
  await expect(log).toContainText(line)
  await audit(page)
})
