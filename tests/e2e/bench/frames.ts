/**
 * The frames against what else there is, in one Chromium: the frame worker as the page ships it, apache-arrow, duckdb-wasm,
 * perspective and a canvas grid over the same rows; PyODPS beside it. Contenders take turns, and what each one found is
 * held against apache-arrow's text before its time counts. Writes one JSON object to the file that
 * `MARS_CONSOLE_BENCH_FRAMES` names. What is served is what `cargo xtask bench` put into `MARS_CONSOLE_BENCH_SIDE`.
 */
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { built } from '../built.ts'
import { type World, expect, test } from '../world.ts'

const RUNS = Number(process.env.MARS_CONSOLE_BENCH_RUNS ?? 7)
/** Rounds before those that count. */
const WARM = 1
const SIDE = process.env.MARS_CONSOLE_BENCH_SIDE ?? ''
const CLIENT = process.env.MARS_CONSOLE_CLIENT ?? ''
const SCRIPT = join(import.meta.dirname, '../../bench/frames.py')

const KINDS: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** A server of one folder, whose files are opened as they are. */
async function serve(folder: string): Promise<{ server: Server; at: string }> {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1)
    if (name === '') {
      response.setHeader('content-type', 'text/html')
      return response.end('<!doctype html><title>bench</title><body><script type="module" src="main.js"></script>')
    }
    const file = join(folder, name)
    const found = await stat(file).catch(() => undefined)
    if (!found || name.includes('..')) return response.writeHead(404).end()
    response.setHeader('content-type', KINDS[extname(name)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

function client<T>(world: World, ...args: string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = execFile(CLIENT, [SCRIPT, ...args], { maxBuffer: 1 << 24 }, (error, out) => {
      if (error) reject(error)
      else resolve(JSON.parse(out) as T)
    })
    child.stdin?.end(`${JSON.stringify(world.warehouse.ready)}\n`)
  })
}

type Report = Record<string, Record<string, number[]>>
type Text = string[][]

/** DuckDB leaves zeros at the end of a moment out, and has the words of SQL. */
const alike = (text: Text): Text => text.map((row) => row.map((cell) => cell.replace(/(:\d\d)(\.\d*?)0+$/, '$1$2').replace(/\.$/, '')))

/** Perspective has no integers of 64 bits and no decimals: what it cannot hold is compared where it can. */
const EXACT = [0, 1, 2, 10, 11]
const some = (text: Text): Text => text.map((row) => EXACT.map((at) => row[at] ?? ''))

function same(who: string, found: Text, wanted: Text): void {
  if (who === 'perspective') expect(some(found), who).toEqual(some(wanted))
  else expect(alike(found), who).toEqual(alike(wanted))
}

declare global {
  // eslint-disable-next-line no-var
  var bench: any
}

async function rounds(report: Report, what: string, who: string[], run: (who: string) => Promise<number>): Promise<void> {
  for (let round = -WARM; round < RUNS; round += 1) {
    for (const one of who) {
      const ms = await run(one)
      process.stdout.write(`${what}: ${one}: ${ms.toFixed(1)} ms\n`)
      if (round >= 0) ((report[what] ??= {})[one] ??= []).push(ms)
    }
  }
}

async function first(page: Page, report: Report, which: string): Promise<void> {
  let wanted: Text | undefined
  const whole: number[] = []
  await rounds(report, `bytes to 200 rows as text, ${which}`, ['arrow', 'frame', 'duckdb', 'perspective'], async (who) => {
    const found = await page.evaluate(([who, which]) => bench.firstRows(who, which), [who, which])
    wanted ??= found.text as Text
    expect(wanted).toHaveLength(200)
    same(who, found.text, wanted)
    if (found.whole) whole.push(found.whole.ms)
    return found.ms
  })
  report[`bytes to 200 rows as text, ${which}`]!['frame, until every row is in'] = whole.slice(WARM)
}

interface Profile {
  nulls: number
  rows: number
  min: string | null
  max: string | null
}

async function profiles(page: Page, report: Report): Promise<void> {
  let ours: Profile[] = []
  await rounds(report, 'profile of 12 columns, 1m', ['frame', 'duckdb'], async (who) => {
    const { ms, found } = await page.evaluate((who) => bench.profile[who](), who)
    if (who === 'frame') ours = found
    else {
      const theirs = (found as string[][]).map((row) => [String(row[2]), String(row[3])])
      const mine = ours.map((one) => [one.min ?? 'false', one.max ?? 'true'])
      expect(alike(theirs)).toEqual(alike(mine))
      for (const [at, row] of (found as unknown[][]).entries()) expect(Number(row[10])).toBe(1_000_000)
      const nulls = (found as unknown[][]).map((row) => Math.round(Number(String(row[11]))) > 0)
      expect(nulls).toEqual(ours.map((one) => one.nulls > 0))
    }
    return ms
  })
}

async function orders(page: Page, report: Report, what: string, name: 'sort' | 'filter'): Promise<void> {
  let total = 0
  let wanted: Text = []
  const who = ['frame', 'duckdb', 'duckdb, only the first 200', 'perspective']
  await rounds(report, what, who, async (one) => {
    const { ms, found } = await page.evaluate(([name, one]) => bench[name as string][one as string](), [name, one])
    const key = (text: Text): string[] => text.map((row) => row[2] ?? '')
    if (one === 'frame') {
      total = found.total
      wanted = found.text
    }
    expect(key(found.text), one).toEqual(key(wanted))
    if (found.total !== undefined) expect(found.total, one).toBe(total)
    return ms
  })
}

/** As `frames.js` does it, in the console's own page. */
function scrolled(page: Page): Promise<number[]> {
  return page.getByRole('grid').evaluate(async (grid) => {
    const gaps: number[] = []
    const begun = await new Promise<number>(requestAnimationFrame)
    let before = begun
    let top = 0
    while (before - begun < 5000) {
      top += 997
      grid.scrollTop = top
      const now = await new Promise<number>(requestAnimationFrame)
      gaps.push(now - before)
      before = now
    }
    return gaps
  })
}

function p95(gaps: number[]): number {
  const sorted = [...gaps].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
}

async function scrolls(side: Page, console: Page, world: World, report: Report): Promise<void> {
  await console.goto(world.at('tables/lineitem_1m?limit=all'))
  await expect(console.locator('.frame-ledger')).toContainText('All 1\u2009000\u2009000 rows are here.', { timeout: 120_000 })
  const what = 'frame time over 5 s of scrolling 1m x 12, p95'
  await rounds(report, what, ['frame', 'cheetah-grid'], async (who) => {
    const page = who === 'frame' ? console : side
    await page.bringToFront()
    return p95(who === 'frame' ? await scrolled(console) : await side.evaluate(() => bench.scroll()))
  })
}

/** From the press on a link in the running console to the first cell with text. */
async function shown(page: Page, world: World, table: string): Promise<number> {
  await page.goto(world.at('tables'))
  await expect(page.getByRole('treeitem', { name: new RegExp(table) }).first()).toBeVisible()
  return page.evaluate(
    (href) =>
      new Promise<number>((resolve) => {
        const link = document.createElement('a')
        link.href = href
        document.querySelector('main')?.append(link)
        const start = performance.now()
        const look = (): void => {
          if (document.querySelector('[role=gridcell]:not(:empty)')) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        link.click()
        requestAnimationFrame(look)
      }),
    world.at(`tables/${table}?limit=all`),
  )
}

test('frames', async ({ browser, shared }) => {
  const report: Report = {}
  const facts: Record<string, unknown> = {}
  const data = await client<Record<string, unknown>>(shared, 'data', SIDE)
  Object.assign(facts, data)
  const { server, at } = await serve(SIDE)
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const side = await context.newPage()
  side.on('pageerror', (error) => process.stderr.write(`${error}\n`))
  side.on('console', (message) => message.type() === 'error' && process.stderr.write(`${message.text()}\n`))
  await side.goto(at)
  await side.waitForFunction(() => 'bench' in globalThis)
  Object.assign(facts, await side.evaluate(() => bench.prepare()), { chromium: browser.version() })

  for (const which of ['100k', '1m']) await first(side, report, which)
  for (const who of ['frame', 'duckdb', 'perspective']) {
    await side.evaluate((who) => bench.firstRows(who, '1m', true), who)
  }
  await profiles(side, report)
  await orders(side, report, 'sort 1m by one bigint', 'sort')
  await orders(side, report, 'filter 1m by a range of a bigint', 'filter')

  const file = process.env.MARS_CONSOLE_BENCH_FRAMES
  const keep = async (): Promise<void> => {
    if (file) await writeFile(file, JSON.stringify({ facts, report }))
  }
  await keep()
  const console = await context.newPage()
  await scrolls(side, console, shared, report)
  await side.close()
  await keep()
  const large = String(data.large)
  const what = `first row on screen, ${Math.round(Number(data.large_bytes) / 1e6)} MB table`
  await rounds(report, what, ['frame', 'PyODPS, records', 'PyODPS, Arrow'], async (who) => {
    if (who === 'frame') return shown(console, shared, large)
    const runs = await client<Record<string, number[]>>(shared, 'first', large, '2')
    // The first asking of a process pays for its connections.
    return runs[who === 'PyODPS, Arrow' ? 'arrow' : 'records']?.[1] ?? Number.NaN
  })
  const ledger = console.locator('.frame-ledger')
  await expect(ledger).toContainText('rows are here.', { timeout: 120_000 })
  facts.ledger = (await ledger.textContent())?.trim()
  await keep()
  for (const [what, runs] of Object.entries(report)) {
    const medians = Object.entries(runs).map(([who, ms]) => `${who} ${[...ms].sort((a, b) => a - b)[ms.length >> 1]?.toFixed(1)}`)
    process.stdout.write(`${what}: ${medians.join(', ')}\n`)
  }
  await context.close()
  server.close()
})
