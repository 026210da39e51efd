/** Leases that the gateway runs: kept over a crash of the gateway, decided, stopped, and written down. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { START, create, engines, stranger, test } from './cluster.ts'
import { startGateway } from './programs.ts'
import { expect, openWorld } from './world.ts'

/** A lease as the gateway tells of it. */
interface Standing {
  watcher: boolean
  lease: { rule: object } | null
  decision: { do: string; why?: string } | null
  entries: { what: string; by: string; why?: string }[]
}

async function ask(console: string, id: string, method = 'GET', body?: object): Promise<Standing> {
  const answer = await fetch(new URL(`-/leases/${id}`, console), { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return answer.json() as Promise<Standing>
}

test('a lease at a time outlives a killed gateway and ends the cluster', async ({ browser, seed }) => {
  test.setTimeout(240_000)
  const world = await openWorld(seed)
  const page = await stranger(browser)
  const change = { leases: join(world.folder, 'leases') }
  let gateway = await startGateway(join(world.folder, 'first'), world.warehouse.ready, change)
  try {
    const id = await create(page, world, 'worker_num=1&worker_cpu=1&worker_mem=4&name=leased')
    await expect(page.getByText('1 of 1 workers').first()).toBeVisible({ timeout: START })
    const rule = { kind: 'at', millis: Date.now() + 20_000 }
    expect((await ask(gateway.ready.console, id, 'PUT', { rule })).lease).toMatchObject({ rule })
    // Nobody watches from here on but the gateway.
    await page.context().close()
    gateway.child.kill('SIGKILL')
    await new Promise((resolve) => gateway.child.once('exit', resolve))

    gateway = await startGateway(join(world.folder, 'second'), world.warehouse.ready, change)
    const { console } = gateway.ready
    expect((await ask(console, id)).lease).toMatchObject({ rule })
    expect(engines(world).length, 'it runs until then').toBeGreaterThan(1)
    const done = async () => (await ask(console, id)).entries.map((entry) => entry.what)
    await expect.poll(done, { timeout: 90_000 }).toEqual(['made', 'decided', 'asked', 'stopped'])
    const { lease, entries } = await ask(console, id)
    expect(lease).toBeNull()
    expect(JSON.stringify(entries)).not.toContain(world.warehouse.ready.access_key)
    await expect.poll(() => engines(world), { timeout: 30_000 }).toEqual([])
  } finally {
    await gateway.stop()
    await world.stop()
    await rm(world.folder, { recursive: true, force: true })
  }
})

test('a gateway without a folder runs none and says so', async ({ shared }) => {
  const { console } = shared
  expect(await ask(console, '20260101g1')).toMatchObject({ watcher: false, lease: null })
  const rule = { kind: 'idle', minutes: 5 }
  const refused = await fetch(new URL('-/leases/20260101g1', console), { method: 'PUT', body: JSON.stringify({ rule }) })
  expect(refused.status).toBe(409)
  const foreign = await fetch(new URL('-/leases/20260101g1', console), { headers: { origin: 'http://evil.example' } })
  expect(foreign.status).toBe(403)
})
