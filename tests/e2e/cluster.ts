/**
 * Clusters for the specs: how one is created on the page, what its timeline shows, and one running cluster that the
 * tests share which only read it or run jobs on it.
 */
import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type Locator, type Page, expect } from '@playwright/test'
import { startGateway } from './programs.ts'
import { type World, openWorld, test as base } from './world.ts'

/** How long a small cluster may take until it is complete. */
export const START = 90_000

/** A cluster that runs, and its world. */
export interface Running {
  world: World
  id: string
}

/** The id of the instance that the page's address names. */
export function instanceOf(page: Page): string {
  return decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
}

/** Presses the form's button and waits until the address is the new cluster's own. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Create cluster' }).click()
  await page.waitForURL(/\/clusters\/20\d+g\w+/)
  return instanceOf(page)
}

/** Creates a cluster on the page, from the form filled in by link. */
export async function create(page: Page, world: World, query: string): Promise<string> {
  await page.goto(world.at(`clusters/new?${query}`))
  return submit(page)
}

/** A step of the timeline, by its English name. */
export function step(page: Page, name: string): Locator {
  const timeline = page.getByRole('region', { name: 'Timeline' })
  return timeline.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })
}

/** Waits until a step was reached at a time that somebody saw. */
export async function reached(page: Page, name: string): Promise<void> {
  await expect(step(page, name).getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/, { timeout: START })
}

/** The command lines of the engines that a warehouse has started and that still live. */
export function engines(world: World): string[] {
  const rows = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((row) => row !== null)
    .map(([, pid, parent, group, state, args]) => ({ pid, parent, group, state: state ?? '', args: args ?? '' }))
  const own = String(world.warehouse.child.pid)
  const groups = new Set(rows.filter((row) => row.parent === own && row.group === row.pid).map((row) => row.group))
  return rows.filter((row) => groups.has(row.group) && !row.state.startsWith('Z')).map((row) => `${row.pid} ${row.args}`)
}

/** A page of another reader: nothing that this browser keeps is known there. */
export async function stranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  return context.newPage()
}

interface Fixtures {
  /** Another gateway in front of the shared warehouse, with parts of its configuration replaced: its address. */
  gatewayWith: (change: object) => Promise<string>
}

interface Shared {
  /** A named cluster of two workers, complete; made once on the page. */
  running: Running
}

export const test = base.extend<Fixtures, Shared>({
  running: [
    async ({ seed, browser }, use) => {
      const world = await openWorld(seed)
      const page = await stranger(browser)
      const id = await create(page, world, 'worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1&name=shared')
      await expect(page.getByText('2 of 2 workers').first()).toBeVisible({ timeout: START })
      await page.context().close()
      await use({ world, id })
      await world.stop()
      await rm(world.folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  gatewayWith: async ({ shared }, use, info) => {
    const started: { stop(): Promise<void> }[] = []
    await use(async (change) => {
      const folder = join(shared.folder, `gateway-${info.testId}-${started.length}`)
      const gateway = await startGateway(folder, shared.warehouse.ready, change)
      started.push(gateway)
      return gateway.ready.console
    })
    for (const gateway of started) await gateway.stop()
  },
})
