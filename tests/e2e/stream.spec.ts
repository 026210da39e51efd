/** Streams of rows under bad conditions: packed, cut, damaged, refused, slow, changed, gone; proven rows stay. */
import type { Page, Route } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { run } from './statements.ts'
import { type World, audit, expect, openWorld, test } from './world.ts'

const MILLION = '1\u2009000\u2009000'
const ledger = (page: Page) => page.locator('.frame-ledger')
const first = (page: Page) => page.getByRole('grid').getByRole('row').nth(1).getByRole('gridcell').first()
const alert = (page: Page) => page.getByRole('alert')
const again = (page: Page) => page.getByRole('button', { name: 'Try again' })

/** The ranges of rows that were asked for. */
async function ranges(world: World): Promise<string[]> {
  const asked = (await world.exchanges()).map((one) => new URLSearchParams(one.query).get('rowrange'))
  return asked.filter((range): range is string => range !== null)
}

/** How many rows are here by the ledger. */
async function here(page: Page): Promise<number> {
  const text = (await ledger(page).textContent()) ?? ''
  return Number((/([\d\u2009]+) of/.exec(text)?.[1] ?? '0').replaceAll('\u2009', ''))
}

test.describe('packed', () => {
  /** A world whose gateway takes the warehouse for a service far away, so that rows are packed. */
  const far = test.extend<{ far: World }>({
    far: async ({ seed }, use) => {
      const world = await openWorld(seed, { local: false })
      await use(world)
      await world.stop()
      await rm(world.folder, { recursive: true, force: true })
    },
  })

  /** The codings that the tunnel was asked for with rows. */
  async function asked(world: World): Promise<(string | undefined)[]> {
    const reads = (await world.exchanges()).filter((one) => one.query.includes('rowrange'))
    return reads.map((one) => one.headers['accept-encoding'])
  }

  far('the page asks for lz4 and unpacks it', async ({ page, far: world }) => {
    const answer = page.waitForResponse((response) => response.url().includes('rowrange'))
    await page.goto(world.at('tables/lineitem_1m?limit=50000'))
    expect((await answer).headers()['content-encoding']).toBe('x-lz4-frame')
    await expect(ledger(page)).toContainText(`50\u2009000 of ${MILLION} rows are here.`)
    expect(await asked(world)).toEqual(['x-lz4-frame'])
    await page.goto(world.at('tables/sales?partition=dt%3D20260101&limit=all'))
    await expect(first(page)).toHaveText('9223372036854775807')
  })

  for (const coding of ['x-odps-lz4-frame', 'deflate', 'zstd']) {
    far(`${coding} is read as well`, async ({ page, context, far: world }) => {
      await context.route(/rowrange/, (route: Route) => {
        return route.continue({ headers: { ...route.request().headers(), 'x-mars-accept-encoding': coding } })
      })
      await page.goto(world.at('tables/sales?partition=dt%3D20260101&limit=all'))
      await expect(ledger(page)).toContainText('All 12 rows are here.')
      await expect(first(page)).toHaveText('9223372036854775807')
      expect(await asked(world)).toEqual([coding])
    })
  }

  far('a cut lz4 stream goes on behind its rows', async ({ page, far: world }) => {
    await world.fault('tunnel-truncated', { after: 2_000_000 })
    await page.goto(world.at('tables/lineitem_1m?limit=100000'))
    await expect(alert(page)).toContainText('broke off before its end')
    const rows = await here(page)
    expect(rows).toBeGreaterThan(0)
    await world.heal()
    await again(page).click()
    await expect(ledger(page)).toContainText(`100\u2009000 of ${MILLION} rows are here.`)
    expect(await ranges(world)).toEqual(['(0,100000)', `(${rows},${100_000 - rows})`])
  })

  far('a damaged lz4 stream shows nothing unproven', async ({ page, far: world }) => {
    await world.fault('tunnel-corrupt', { at: 400_000 })
    await page.goto(world.at('tables/lineitem_1m?limit=100000'))
    await expect(alert(page)).toContainText('A checksum does not match')
    expect(await here(page)).toBeGreaterThan(0)
    await world.heal()
    await again(page).click()
    await expect(ledger(page)).toContainText(`100\u2009000 of ${MILLION} rows are here.`)
    await expect(alert(page)).toHaveCount(0)
  })
})

test('a warehouse on this machine is asked for plain rows', async ({ page, world }) => {
  await page.goto(world.at('tables/test_mars?limit=6'))
  await expect(ledger(page)).toContainText('6 of 9 rows are here.')
  const reads = (await world.exchanges()).filter((one) => one.query.includes('rowrange'))
  expect(reads.map((one) => one.headers['accept-encoding'])).toEqual(['identity'])
})

test('a wound in the middle keeps the rows before it', async ({ page, world }) => {
  await world.fault('tunnel-corrupt', { at: 3_000_000 })
  await page.goto(world.at('tables/lineitem_1m?limit=100000'))
  await expect(alert(page)).toContainText('A checksum does not match')
  const rows = await here(page)
  expect(rows).toBeGreaterThan(4_000)
  await expect(ledger(page)).toContainText('these rows passed their checksums')
  await expect(first(page)).toBeVisible()
  await audit(page)
  await world.heal()
  await again(page).click()
  await expect(ledger(page)).toContainText(`100\u2009000 of ${MILLION} rows are here.`)
  expect((await ranges(world))[1]).toBe(`(${rows},${100_000 - rows})`)
})

test('rows of other columns are not taken for those of the table', async ({ page, world }) => {
  await page.goto(world.at('tables/sales?partition=dt%3D20260101&limit=6'))
  await expect(ledger(page)).toContainText('6 of 12 rows are here.')
  await world.fault('tunnel-other-columns')
  await page.getByRole('button', { name: 'All rows' }).click()
  await expect(alert(page)).toContainText('not what the schema says')
  await expect(ledger(page)).toContainText('6 of 12 rows are here.')
  await world.heal()
  await again(page).click()
  await expect(ledger(page)).toContainText('All 12 rows are here.')
  await expect(alert(page)).toHaveCount(0)
})

test.describe('refused', () => {
  test.use({ tolerated: /status of (404|429|503)/ })

  test('a session that ran out is renewed without a word', async ({ page, world }) => {
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await world.fault('tunnel-expired')
    await page.getByRole('button', { name: 'All rows' }).click()
    await expect(ledger(page)).toContainText('All 9 rows are here.')
    await expect(ledger(page)).not.toContainText('changed')
    await expect(alert(page)).toHaveCount(0)
    expect(await ranges(world)).toEqual(['(0,6)', '(6,3)', '(6,3)'])
  })

  test('a table that was written to meanwhile is read again, and it is said', async ({ page, world }) => {
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await run(world, 'insert into test_mars values (7, 7);')
    await world.fault('tunnel-expired')
    await page.getByRole('button', { name: 'All rows' }).click()
    await expect(ledger(page)).toContainText('All 10 rows are here.')
    await expect(ledger(page)).toContainText('The table changed while it was read')
    await audit(page)
  })

  test('a table that got another column meanwhile is read again with it', async ({ page, world }) => {
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await run(world, 'alter table test_mars add columns (later string);')
    await world.fault('tunnel-expired')
    await page.getByRole('button', { name: 'All rows' }).click()
    await expect(ledger(page)).toContainText('All 9 rows are here.')
    await expect(ledger(page)).toContainText('The table changed while it was read')
    await expect(page.getByRole('columnheader', { name: /later/ })).toBeVisible()
  })

  test('a table that was dropped meanwhile keeps the rows that came', async ({ page, world }) => {
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await run(world, 'drop table test_mars;')
    await world.fault('tunnel-expired')
    await page.getByRole('button', { name: 'All rows' }).click()
    await expect(alert(page)).toContainText('There is no table of this name')
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
    await expect(first(page)).toHaveText('0')
    await audit(page)
  })

  for (const status of [429, 503]) {
    test(`${status} is waited out, and the wait is shown`, async ({ page, world }) => {
      await world.fault('tunnel-busy', { times: 2, status, after: 2 })
      await page.goto(world.at('tables/test_mars?limit=6'))
      await expect(page.getByText('MaxCompute is busy; asking again after 2 s (wait 1 of 6).')).toBeVisible()
      await expect(page.getByText('(wait 2 of 6)')).toBeVisible()
      await expect(ledger(page)).toContainText('6 of 9 rows are here.')
      await expect(alert(page)).toHaveCount(0)
      expect(await ranges(world)).toHaveLength(3)
    })
  }

  test('a wait is ended by the reader, and rows are asked for later', async ({ page, world }) => {
    await world.fault('tunnel-busy', { times: 99, after: 60 })
    await page.goto(world.at('tables/test_mars?limit=6'))
    await expect(page.getByText('asking again after 60 s')).toBeVisible()
    await audit(page)
    await page.getByRole('button', { name: 'Stop reading' }).click()
    await expect(ledger(page)).toContainText('Reading was stopped.')
    await world.heal()
    await page.getByRole('button', { name: 'Read the rest' }).click()
    await expect(ledger(page)).toContainText('6 of 9 rows are here.')
  })
})

test('a slow stream shows its rows as they come, and a stop keeps them', async ({ page, world }) => {
  await world.fault('tunnel-slow', { millis: 150 })
  await page.goto(world.at('tables/lineitem_1m?limit=all'))
  await expect(first(page)).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByText(new RegExp(`Reading: [\\d\\u2009]+ of ${MILLION} rows`))).toBeVisible()
  await page.getByRole('button', { name: 'Stop reading' }).click()
  await expect(ledger(page)).toContainText('Reading was stopped.')
  const rows = await here(page)
  expect(rows).toBeGreaterThan(0)
  expect(rows).toBeLessThan(1_000_000)
  await expect(first(page)).toBeVisible()
  await audit(page)
})

test('a worker that ends is started again: rows, order and filter come back', async ({ page, shared }) => {
  await page.goto(shared.at('tables/test_mars?limit=all'))
  await expect(ledger(page)).toContainText('All 9 rows are here.')
  const header = page.getByRole('columnheader').nth(1)
  await header.getByText('col1').click()
  await header.getByText('col1').click()
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  const top = await first(page).textContent()
  const end = () => page.workers()[0]?.evaluate(() => void setTimeout(() => { throw new Error('out of memory') }))
  await end()
  await expect(ledger(page)).toContainText('ended and was started again')
  await expect(ledger(page)).toContainText('All 9 rows are here.')
  await expect(alert(page)).toHaveCount(0)
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect(first(page)).toHaveText(top ?? '')
  await audit(page)
  // What ends it twice is told, and waits for the reader.
  await end()
  await expect(alert(page)).toContainText('ended unexpectedly')
  await again(page).click()
  await expect(ledger(page)).toContainText('All 9 rows are here.')
})

test.describe('a small machine', () => {
  test.beforeEach(async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'deviceMemory', { get: () => 0.02 }))
  })

  test('what does not fit is said before, and the rows that fit stay', async ({ page, shared }) => {
    await page.goto(shared.at('tables/lineitem_1m?limit=1000'))
    await expect(ledger(page)).toContainText(`1\u2009000 of ${MILLION} rows are here.`)
    await expect(ledger(page)).toContainText(/All 1\u2009000\u2009000 rows need about .* of memory; 5.* are held here/)
    await audit(page)
    await page.getByRole('button', { name: 'All rows' }).click()
    await expect(page.getByRole('dialog')).toContainText('The browser holds at most 5.')
    await page.getByRole('dialog').getByRole('button', { name: 'Read all rows' }).click()
    await expect(ledger(page)).toContainText('The rest does not fit')
    await expect(ledger(page)).toContainText('Choose fewer columns or a partition, or let SQL filter.')
    expect(await here(page)).toBeGreaterThan(10_000)
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+End')
    await expect(page.getByRole('gridcell').last()).not.toBeEmpty()
    await audit(page)
  })
})
