/** The flight of a cluster: workers over time, a lost one, findings, the scrubber, the file. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Page, expect } from '@playwright/test'
import { START, create, engines, test } from './cluster.ts'
import { audit } from './world.ts'

const TWO = 'worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1&name=flown'

async function tab(page: Page, name: RegExp | string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views of the cluster' }).getByRole('link', { name }).click()
}

/** Kills the processes that listen on this port, and nothing else. */
function kill(processes: string[], port: number): void {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[1]?.endsWith(local) && cells[3] === '0A')
    .map((cells) => `socket:[${cells[9]}]`)
  expect(listening).toHaveLength(1)
  const own = processes.map((row) => Number(row.split(' ')[0])).filter((pid) => holds(pid, listening[0] ?? ''))
  expect(own.length).toBeGreaterThan(0)
  for (const pid of own) process.kill(pid, 'SIGKILL')
}

/** Whether a process has this file open; one that has just ended has none. */
function holds(pid: number, file: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === file
      } catch {
        return false
      }
    })
  } catch {
    return false
  }
}

// An engine that is still starting is a 503.
test.use({ tolerated: /the server responded with a status of (503|409 .*\/resources\?)/ })

test('a killed worker stays listed, is found, and lives again in the scrubber', async ({ page, world }) => {
  test.setTimeout(400_000)
  const id = await create(page, world, TWO)
  await expect(page.getByText('2 of 2 workers').first()).toBeVisible({ timeout: START })
  const rows = page.getByRole('rowheader', { name: /^127\.0\.0\.1:\d+$/ })

  const victim = await test.step('both workers are there, with their lines', async () => {
    await tab(page, /^Workers/)
    await expect(rows).toHaveCount(2)
    await expect(page.getByRole('img', { name: /^Cores in use, 127\.0\.0\.1:\d+: from \d/ })).toHaveCount(2)
    await expect(page.getByRole('cell', { name: 'Listed' })).toHaveCount(2)
    await audit(page)
    return (await rows.nth(1).textContent()) ?? ''
  })

  await test.step('a worker is killed: silent, then lost with the time', async () => {
    kill(engines(world), Number(victim.split(':')[1]))
    const row = page.getByRole('row').filter({ hasText: victim })
    await expect(row).toContainText(/Lost at \d\d:\d\d:\d\d/, { timeout: 180_000 })
    await expect(rows).toHaveCount(2)
    await audit(page)
    await tab(page, 'Overview')
    const found = page.getByRole('region', { name: 'What stands out' }).getByRole('listitem')
    await expect(found.filter({ hasText: 'A worker was lost' })).toContainText(victim)
    await expect(found.filter({ hasText: 'A worker was lost' })).toContainText(/\d\d:\d\d:\d\d – still/)
    await audit(page)
  })

  await test.step('a reload goes on with the same flight; back in time the worker lives', async () => {
    await tab(page, 'Flight')
    await page.reload()
    const table = page.getByRole('region', { name: 'Workers' }).getByRole('row').filter({ hasText: victim })
    await expect(table).toContainText(/Lost at/)
    await page.getByRole('slider', { name: 'Moment' }).focus()
    await page.keyboard.press('Home')
    await expect(page.getByRole('slider', { name: 'Moment' })).toHaveValue('0')
    await expect(table).toContainText('Listed')
    await audit(page)
    await page.getByRole('button', { name: 'To the last reading' }).click()
    await expect(table).toContainText(/Lost at/)
  })

  /** What the page exports now. */
  const exported = async (): Promise<string> => {
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export to a file' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe(`${id}.flight.json`)
    return readFile(await saved.path(), 'utf8')
  }

  await test.step('exported, and opened again after the end', async () => {
    const text = await exported()
    expect(text).toContain(victim)
    expect(text).not.toMatch(/token|secret|access_?key|authorization/i)
    await page.getByRole('button', { name: 'Stop cluster' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Stopped')
    await page.reload()
    await expect(page.getByText('Ended: stopped')).toBeVisible()
    expect(await exported()).toContain(victim)
    await page.getByLabel('Open a flight file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await expect(page.getByRole('alert')).toContainText('This file cannot be opened as a flight')
    await page.getByLabel('Open a flight file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) })
    await expect(page.getByText(`Shown from a file: the flight of ${id}.`)).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'A worker was lost' })).toContainText(victim)
    await audit(page)
  })
})
