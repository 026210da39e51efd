/**
 * The page's own requests against those of PyODPS 0.9.0.1 (`tests/data/*.json`): the same calls with the same bodies
 * but for ids, addresses and secrets, in the same order of first appearance. Every call of ours that the real client
 * does not make, and every one of its calls that we do not make, stands in a list here with its reason.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startGateway } from './programs.ts'
import { type Asked, observed, recorded } from './recorded.ts'
import { type World, audit, expect } from './world.ts'
import { START, reached, step, stranger, submit, test } from './cluster.ts'

// Until the engine's web service is registered the gateway answers 503, which browsers write to their console.
test.use({ tolerated: /the server responded with a status of 503/ })

/** A difference that is meant, by the start of its call. */
type Meant = Record<string, string>

/** Only asked after a detail of `{}`, which the recording server gave once and the local MaxCompute never gives. */
const WAKE = 'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT&detail&taskname=cupid_task'
const REASON_TO_WAKE = 'a detail of {} has to be met first'

const KEPT = 'its Logview is kept'

/** Holds what the warehouse was asked against a recorded flow. */
async function compare(world: World, flow: string, ours: Meant, theirs: Meant): Promise<void> {
  const [all, real] = [observed(await world.exchanges(), world.warehouse.ready), recorded(flow)]
  // With a Logview the logs of its workers are kept: as many as were read before the page was left.
  const asked = all.filter((one) => !/&id=[\w-]+&log&/.test(one.call))
  const text = (one: Asked): string => JSON.stringify(one)
  const [known, made] = [new Set(real.map(text)), new Set(asked.map(text))]
  const extra = asked.filter((one) => !known.has(text(one)))
  const missing = real.filter((one) => !made.has(text(one)))
  const beyond = (list: Asked[], meant: Meant): Asked[] => list.filter((one) => !(one.call in meant))
  const stale = (list: Asked[], meant: Meant): string[] =>
    Object.keys(meant).filter((call) => !list.some((one) => one.call === call))
  expect.soft(beyond(extra, ours), 'calls that the real client does not make').toEqual([])
  expect.soft(beyond(missing, theirs), 'calls that only the real client makes').toEqual([])
  expect.soft(stale(extra, ours), 'listed as ours, but not made').toEqual([])
  expect.soft(stale(missing, theirs), 'listed as theirs, but made').toEqual([])
  const order = (list: Asked[]): string[] => list.map(text).filter((one) => known.has(one) && made.has(one))
  expect.soft(order(asked), 'the order of first appearance').toEqual(order(real))
}

async function quiet(page: Page): Promise<void> {
  await page.goto('about:blank')
}

test('create, attach and stop ask what PyODPS asks', async ({ page, browser, world }) => {
  const id = await test.step('create_mars_cluster(5, 4, 16, min_worker_num=3)', async () => {
    await page.goto(world.at('clusters/new'))
    await world.forget()
    const id = await submit(page)
    await reached(page, 'All workers joined')
    await quiet(page)
    await compare(
      world,
      'create_cluster_0.9',
      {
        'mars-web GET /api/worker?curr_project=PROJECT': 'the page lists the workers, not only their number',
      },
      {
        'odps GET /logview/host?curr_project=PROJECT': 'asked when the reader makes the Logview address',
        [WAKE]: REASON_TO_WAKE,
      },
    )
    return id
  })

  const folder = join(world.folder, 'elsewhere')
  const gateway = await startGateway(folder, world.warehouse.ready)
  try {
    const other = await stranger(browser)
    await test.step('create_mars_cluster(instance_id=…), from another machine', async () => {
      const listed = other.waitForResponse(/status=Terminated/)
      await other.goto(gateway.ready.console)
      await listed
      await quiet(other)
      await world.forget()
      await other.goto(new URL(`clusters/${id}`, gateway.ready.console).href)
      await expect(other.getByText('5 workers').first()).toBeVisible({ timeout: START })
      await audit(other)
      await quiet(other)
      await compare(
        world,
        'attach_cluster_0.9',
        {
          'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT&source':
            'any id can be typed: the source tells whether it is a Mars cluster',
          'mars-web GET /api/worker?curr_project=PROJECT': 'the page lists the workers, not only their number',
        },
        {
          'mars-web GET /api/worker?action=count&curr_project=PROJECT': 'the list of workers tells their number',
          'mars-web POST /api/session?curr_project=PROJECT': 'a session is opened by the first job, not by looking',
          [WAKE]: REASON_TO_WAKE,
        },
      )
      await other.context().close()
    })
  } finally {
    await gateway.stop()
    await rm(folder, { recursive: true, force: true })
  }

  await test.step('stop_server()', async () => {
    await page.goto(world.at(`clusters/${id}`))
    await page.getByRole('button', { name: 'Stop cluster' }).click()
    await world.forget()
    const inquest = page.waitForResponse(/[?&]taskstatus/)
    const kept = page.waitForResponse(/[?&]detail/)
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
    await expect(step(page, 'Ended')).toBeVisible()
    await inquest
    await kept
    await quiet(page)
    await compare(
      world,
      'stop_cluster',
      {
        'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT': 'stopped is said when Terminated was read',
        'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT&taskstatus': 'the page says how it ended',
        'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT&source': KEPT,
        'odps GET /projects/PROJECT/instances/INSTANCE?curr_project=PROJECT&result': KEPT,
        'odps GET /projects/PROJECT/instances/INSTANCE?cached&curr_project=PROJECT': KEPT,
        [WAKE]: KEPT,
      },
      {},
    )
  })
})
