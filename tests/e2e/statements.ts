/** Statements that a test needs done before it looks: run through the gateway as instances of MaxCompute. */
import { type World, expect } from './world.ts'

/** Runs statements one after the other and waits for each; fails when one fails. */
export async function run(world: World, ...statements: string[]): Promise<void> {
  for (const sql of statements) await one(world, sql)
}

async function one(world: World, sql: string): Promise<void> {
  const instances = world.at(`odps/projects/${world.warehouse.ready.project}/instances`)
  const job = `<?xml version="1.0" encoding="utf-8"?>
<Instance><Job><Priority>9</Priority><Tasks>
<SQL><Name>AnonymousSQLTask</Name><Query><![CDATA[${sql}]]></Query></SQL>
</Tasks></Job></Instance>`
  const answer = await fetch(instances, { method: 'POST', body: job, headers: { 'content-type': 'application/xml' } })
  expect([200, 201], await answer.text()).toContain(answer.status)
  const id = (answer.headers.get('location') ?? '').split('/').pop()
  const status = async () => (await fetch(`${instances}/${id}?taskstatus`)).text()
  await expect.poll(status, { timeout: 60_000, intervals: [50, 100, 250] }).toMatch(/<Status>Terminated<\/Status>/)
  const text = await status()
  if (!/<Status>Success<\/Status>/i.test(text)) {
    throw new Error(`${sql.slice(0, 200)}: ${text}\n${await (await fetch(`${instances}/${id}?result`)).text()}`)
  }
}
