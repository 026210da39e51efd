/**
 * From the press of Ctrl+Enter to the first values of `mt.random.rand(100, 100)` on screen, and the real client doing
 * the same on the same cluster. Writes both lists of milliseconds
 * to the file that `MARS_CONSOLE_BENCH_ROWS` names.
 */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { built } from '../built.ts'
import { test } from '../cluster.ts'
import { textOf, write } from '../notebook.ts'
import { expect } from '../world.ts'

const RUNS = 9

test('rows', async ({ page, running: { world, id } }) => {
  await page.goto(world.at(`clusters/${id}?tab=jobs`))
  await expect(page.getByRole('button', { name: 'Run', exact: true })).not.toHaveAttribute('aria-disabled')
  const ours: number[] = []
  for (let run = 0; run <= RUNS; run += 1) {
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('grid')).toBeHidden()
    await write(page, 1, 'mt.random.rand(100, 100)')
    await page.evaluate(() => {
      const shown = (): boolean => document.querySelector('.cell-result [role=gridcell]:not(:empty)') !== null
      const begin = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter') return
        document.removeEventListener('keydown', begin, true)
        performance.clearMarks()
        performance.mark('pressed')
        const look = (): void => {
          if (shown()) performance.mark('shown')
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }
      document.addEventListener('keydown', begin, true)
    })
    await textOf(page, 1).press('Control+Enter')
    await page.waitForFunction(() => performance.getEntriesByName('shown').length > 0)
    const took = await page.evaluate(() => {
      const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
      return at('shown') - at('pressed')
    })
    if (run > 0) ours.push(took)
  }
  const script = fileURLToPath(new URL('../../bench/rows.py', import.meta.url))
  const client = JSON.parse(execFileSync(built('PYTHON'), [script, JSON.stringify(world.warehouse.ready), id, String(RUNS)], { encoding: 'utf8' })) as number[]
  const file = process.env.MARS_CONSOLE_BENCH_ROWS
  const found = JSON.stringify({ page: ours, client })
  process.stdout.write(`${found}\n`)
  if (file) await writeFile(file, found)
})
