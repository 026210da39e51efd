/** Kept Logviews: a query ends, the service forgets it, and its panel opens all the same; from the browser, then from a file. */
import type { Page } from '@playwright/test'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Local, type Program, startWarehouse } from './programs.ts'
import { type World, audit, expect, test } from './world.ts'

const SECRET = 'c2VjcmV0LXRva2VuLW9mLXRoZS1xdWVyeQ'
const QUERY = `select 7 as seven, 'http://logview.test/?token=${SECRET}' as address`

test.use({ tolerated: /the server responded with a status of (404|502|503)|net::ERR_CONNECTION_REFUSED/ })

const row = (page: Page, id: string) => page.getByRole('region', { name: 'Kept Logviews' }).getByRole('row', { name: id })
const note = (page: Page) => page.getByRole('note')
const zone = (page: Page) => page.getByRole('region', { name: 'Open a saved Logview' })

/** Runs a query to its end in the editor, and gives its instance. */
async function ran(page: Page, world: World): Promise<string> {
  await page.goto(world.at(`jobs/new/sql?query=${encodeURIComponent(QUERY)}`))
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Run', exact: true })).toContainText('Done')
  const id = /jobs\/(\w+)/.exec(page.url())?.[1]
  if (id === undefined) throw new Error(`no instance in ${page.url()}`)
  return id
}

/** Goes to the settings without loading the page anew, until the Logview is there. */
async function kept(page: Page, id: string): Promise<void> {
  await expect(async () => {
    await page.getByRole('link', { name: 'Overview' }).first().click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(row(page, id)).toBeVisible({ timeout: 500 })
  }).toPass()
}

/** The same warehouse at the same address, which knows no instance any more. */
async function forgetful(world: World): Promise<Program<Local>> {
  const { odps_endpoint, project } = world.warehouse.ready
  await world.warehouse.stop()
  await rm(join(world.folder, 'warehouse', 'projects', project, 'instances'), { recursive: true })
  return startWarehouse(world.folder, { port: Number(new URL(odps_endpoint).port) })
}

/** Drops a file on the zone. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dropped = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text as string], name as string))
      return transfer
    },
    [name, text],
  )
  await zone(page).dispatchEvent('drop', { dataTransfer: dropped })
}

/** Saves the Logview that is shown. */
async function saved(page: Page): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as file' }).click()
  const file = await coming
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('a Logview outlives its instance, and goes through a file', async ({ page, world }) => {
  const id = await ran(page, world)
  await kept(page, id)
  await audit(page)
  await page.goto(world.at(`instances/${id}`))
  await expect(page.getByText('Terminated').first()).toBeVisible()
  await expect(note(page)).toHaveCount(0)

  const other = await forgetful(world)
  await page.goto(world.at(`instances/${id}`))
  await expect(note(page)).toContainText('the server no longer has it')
  await expect(page.getByText('Terminated').first()).toBeVisible()
  await expect(page.getByText('seven').first()).toBeAttached()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await audit(page)

  const file = await saved(page)
  expect(file.name).toBe(`${id}.logview.json`)
  expect(file.text).toContain('seven')
  expect(file.text, 'when it began').toMatch(/"x-odps-start-time":"[^"]+"/)
  for (const secret of [SECRET, world.warehouse.ready.access_key, world.warehouse.ready.access_id]) expect(file.text).not.toContain(secret)

  await page.goto(world.at('settings'))
  await page.getByRole('button', { name: 'Remove all' }).click()
  await expect(page.getByText('None is kept yet.')).toBeVisible()
  await page.goto(world.at(`instances/${id}`))
  await expect(page.getByRole('alert')).toContainText('instance')
  await expect(page.getByRole('button', { name: 'Save as file' })).toHaveCount(0)

  await page.goto(world.at('instances'))
  await world.gateway.stop()
  await drop(page, file.name, file.text)
  await expect(page).toHaveURL(/instances\/file\/open$/)
  await expect(page.getByRole('heading', { level: 1, name: id })).toBeVisible()
  await expect(note(page)).toContainText('From a file')
  await expect(page.getByText('seven').first()).toBeAttached()
  await audit(page)
  await other.stop()
})

test('what is kept stands in while the server cannot be asked', async ({ page, world }) => {
  const id = await ran(page, world)
  await kept(page, id)
  const port = Number(new URL(world.warehouse.ready.odps_endpoint).port)
  await world.warehouse.stop()
  await page.goto(world.at(`instances/${id}`))
  await expect(note(page)).toContainText('the server cannot be asked now')
  const again = await startWarehouse(world.folder, { port })
  await expect(note(page)).toHaveCount(0)
  await expect(page.getByText('Terminated').first()).toBeVisible()
  await again.stop()
})

test('one is kept once, and removed alone', async ({ page, world }) => {
  const [first, second] = [await ran(page, world), await ran(page, world)]
  await kept(page, first)
  await kept(page, second)
  const before = await row(page, first).textContent()
  await page.goto(world.at(`instances/${first}`))
  await expect(page.getByRole('button', { name: 'Save as file' })).toBeVisible()
  await page.goto(world.at('settings'))
  await expect(row(page, first)).toHaveText(before ?? '')
  await page.getByRole('button', { name: '200 MB' }).click()
  await page.getByRole('button', { name: `Remove ${first}` }).click()
  await expect(row(page, first)).toHaveCount(0)
  await expect(row(page, second)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: '200 MB' })).toHaveAttribute('aria-pressed', 'true')
  await row(page, second).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`instances/${second}$`))
})

test('other and damaged files are named as such', async ({ page, shared }) => {
  await page.goto(shared.at('instances/file/open'))
  await expect(page.getByRole('heading', { level: 1, name: 'Logview from a file' })).toBeVisible()
  await audit(page)
  const alert = zone(page).getByRole('alert')
  await drop(page, 'table.csv', 'a,b\n1,2\n')
  await expect(alert).toContainText('no saved Logview')
  await drop(page, 'x.logview.json', '{"mars_console_logview":2}')
  await expect(alert).toContainText('later version')
  await drop(page, 'x.logview.json', '{"mars_console_logview":1,"instance":"i","answers":{"/pro')
  await expect(alert).toContainText('missing or changed')
  const odd = { mars_console_logview: 1, instance: 'i', project: 'p', kept_at: 1, answers: { '/x': { status: 200, headers: {}, body: '<' } } }
  await zone(page).locator('input').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(odd)) })
  await expect(page.getByRole('alert')).toContainText('missing or changed')
  await expect(note(page)).toContainText('From a file')
  await audit(page)
})
