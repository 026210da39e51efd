/**
 * One world for one test: a folder, a seeded warehouse, a gateway, and a browser page that fails the test on any
 * console error. Everything ends with it.
 */
import AxeBuilder from '@axe-core/playwright'
import { type Page, test as base, expect } from '@playwright/test'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Local, type Program, startGateway, startWarehouse } from './programs.ts'

/** A request as the warehouse recorded it. */
export interface Exchange {
  service: string
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body?: string
  body_base64?: string
  status: number
}

/** A table that tests want; columns are name, type and comment. */
export interface Planted {
  name: string
  schema?: string
  owner?: string
  comment?: string
  columns?: [string, string, string][]
  partition_keys?: [string, string, string][]
  partitions?: string[]
  lifecycle?: number
  view_text?: string
}

/** The parts of a world, and what a test asks of them beside the page. */
export class World {
  constructor(
    readonly folder: string,
    readonly warehouse: Program<Local>,
    readonly gateway: Program<{ console: string }>,
  ) {}

  /** The console's address, with a trailing slash. */
  get console(): string {
    return this.gateway.ready.console
  }

  /** The address of a page, from its path without the leading slash. */
  at(path: string): string {
    return new URL(path, this.console).href
  }

  /** What the warehouse was asked since the last call of `forget`. */
  async exchanges(): Promise<Exchange[]> {
    return (await this.poke('GET', 'exchanges')).json() as Promise<Exchange[]>
  }

  /** Empties the warehouse's record. */
  async forget(): Promise<void> {
    await this.poke('DELETE', 'exchanges')
  }

  /** Asks the warehouse to fail in a named way (`faults.rs`). */
  async fault(name: string, parameters: object = {}): Promise<void> {
    await this.poke('PUT', `faults/${name}`, parameters)
  }

  /** Takes every fault back. */
  async heal(): Promise<void> {
    await this.poke('DELETE', 'faults')
  }

  /** Makes empty tables in any number, whatever they are called (`poke/plant.rs`). */
  async plant(tables: Planted[]): Promise<void> {
    await this.poke('PUT', 'tables', tables)
  }

  private async poke(method: string, path: string, body?: object): Promise<Response> {
    const url = new URL(`/-/${path}`, this.warehouse.ready.odps_endpoint)
    const answer = await fetch(url, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  async stop(): Promise<void> {
    await this.gateway.stop()
    await this.warehouse.stop()
  }
}

/** A world of its own, from a folder that was seeded once; `change` replaces parts of the gateway's configuration. */
export async function openWorld(seed: string, change: object = {}, python?: string): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'mars-console-world-'))
  await cp(join(seed, 'warehouse'), join(folder, 'warehouse'), { recursive: true })
  const warehouse = await startWarehouse(folder, python === undefined ? {} : { python })
  const gateway = await startGateway(folder, warehouse.ready, change)
  return new World(folder, warehouse, gateway)
}

interface Fixtures {
  /** This test's own world. */
  world: World
  /**
   * What the browser may complain about in this test; everything else fails it. Better one expression than a list:
   * Playwright takes a list of two for a fixture with its options.
   */
  tolerated: RegExp | RegExp[]
}

interface Shared {
  /** A seeded data folder, made once. */
  seed: string
  /** A world that the tests of a file share; for tests that only read. */
  shared: World
}

export const test = base.extend<Fixtures, Shared>({
  seed: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'mars-console-seed-'))
      const warehouse = await startWarehouse(folder)
      await warehouse.stop()
      await use(folder)
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  shared: [
    async ({ seed }, use) => {
      const world = await openWorld(seed)
      await use(world)
      await world.stop()
      await rm(world.folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  world: async ({ seed, context }, use, info) => {
    const world = await openWorld(seed)
    await use(world)
    // What a page still asks for would find nobody.
    for (const page of context.pages()) await page.close()
    await world.stop()
    if (info.status === info.expectedStatus) await rm(world.folder, { recursive: true, force: true })
    else info.annotations.push({ type: 'world', description: world.folder })
  },
  tolerated: [[], { option: true }],
  page: async ({ page, tolerated }, use) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await use(page)
    const left = complaints.filter((text) => ![tolerated].flat().some((allowed) => allowed.test(text)))
    expect(left, 'the browser console is free of errors').toEqual([])
  },
})

/** Fails when axe finds a violation on what the page shows now. */
export async function audit(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page }).analyze()
  expect(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
}

export { expect }
