/** Clusters: the form, the timeline, attaching by id, workers, logview, stop. */
import { audit, expect } from './world.ts'
import { engines, instanceOf, reached, step, stranger, submit, test } from './cluster.ts'

const SMALL = 'worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1'

// Until the engine's web service is registered the gateway answers 503, and to a plan that is uploaded again after a
// reload the service answers 409. Browsers write both to their console.
const tolerated = /the server responded with a status of (503|409 .*\/resources\?)/

test.describe('the form', () => {
  test('is filled in by link, says the price and the equal call', async ({ page, shared }) => {
    await page.goto(shared.at(`clusters/new?${SMALL}`))
    await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('2')
    await expect(page.getByLabel('Cores per worker')).toHaveValue('1')
    await expect(page.getByLabel('Memory per worker')).toHaveValue('4')
    await expect(page.getByLabel('Usable from')).toHaveValue('1')
    const price = page.getByRole('region', { name: 'Price' })
    await expect(price).toContainText('Nothing is billed on a local MaxCompute')
    await expect(price).toContainText('about USD 0.62')
    await expect(price).toContainText('6 CU: 2 for the workers, 4 for the scheduler')
    const call = page.getByRole('group', { name: 'PyODPS' })
    await expect(call).toContainText('o.create_mars_cluster(2, 1, 4, min_worker_num=1)')
    await audit(page)

    await page.getByLabel('Workers', { exact: true }).fill('3')
    await expect(call).toContainText('o.create_mars_cluster(3, 1, 4, min_worker_num=1)')
    await expect(page.getByRole('group', { name: 'Link to this form' })).toContainText('clusters/new?worker_num=3')
  })

  test('starts with the guide’s cluster', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/new'))
    await expect(page.getByRole('group', { name: 'PyODPS' })).toContainText(
      'o.create_mars_cluster(5, 4, 16, min_worker_num=3)',
    )
    await expect(page.getByRole('region', { name: 'Price' })).toContainText('about USD 2.50')
  })

  test('says what is wrong with a field, and refuses until it is right', async ({ page, shared }) => {
    await page.goto(shared.at(`clusters/new?${SMALL}`))
    const workers = page.getByLabel('Workers', { exact: true })
    const memory = page.getByLabel('Memory per worker')
    const least = page.getByLabel('Usable from')
    const button = page.getByRole('button', { name: 'Create cluster' })

    await workers.fill('many')
    await expect(workers).toHaveAccessibleDescription(/Must be a whole number/)
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByRole('region', { name: 'Price' })).toContainText('The price follows once the fields are right')
    await workers.fill('')
    await expect(workers).toHaveAccessibleDescription(/Needs a value/)
    await workers.fill('2')
    await memory.fill('1')
    await expect(memory).toHaveAccessibleDescription(/Must be more than 1 GB/)
    await least.fill('3')
    await expect(least).toHaveAccessibleDescription(/Only 2 workers are asked for: it would wait for ever/)
    await audit(page)
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByRole('button', { name: '创建集群' })).toHaveAttribute('title', '请先修改标出的字段')
    await expect(page.getByText(/只申请了 2 个/)).toBeVisible()
    await page.getByRole('button', { name: 'English' }).click()

    await least.press('Enter')
    await button.click({ force: true })
    await expect(page).toHaveURL(/\/clusters\/new/)
    await memory.fill('4')
    await least.fill('2')
    await expect(button).not.toHaveAttribute('aria-disabled')
  })

  test('offers a repair when memory and cores do not go together', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/new?worker_num=2&worker_cpu=1&worker_mem=16'))
    await expect(page.getByText(/Each worker is charged as 4 CU and can use 1/)).toBeVisible()
    await audit(page)
    await page.getByRole('button', { name: 'Make it 4 cores, 16 GB' }).click()
    await expect(page.getByLabel('Cores per worker')).toHaveValue('4')
    await expect(page.getByText(/Each worker is charged as/)).toBeHidden()
  })

  test('takes a pasted PyODPS call', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/new'))
    const paste = page.getByLabel('Paste a PyODPS call')
    const fill = page.getByRole('button', { name: 'Fill in' })
    await paste.fill('client = o.create_mars_cluster(7, 2, 8, cache_mem=3)')
    await fill.click()
    await expect(page.getByText('The form was filled in from the call.')).toBeVisible()
    await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('7')
    await expect(page.getByLabel('Cache per worker')).toHaveValue('3')
    await paste.fill('o.create_mars_cluster(7, 2,')
    await fill.click()
    await expect(page.getByText(/^Line 1, column \d+: the call is cut off/)).toBeVisible()
    await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('7')
    await audit(page)
  })
})

test.describe('the life of a cluster', () => {
  test.use({ tolerated })

  test('created, complete, stopped', async ({ page, world }) => {
    await test.step('create: the address becomes the cluster’s own', async () => {
      await page.goto(world.at(`clusters/new?${SMALL}`))
      const id = await submit(page)
      await expect(page.getByRole('heading', { level: 1, name: `Cluster ${id}` })).toBeVisible()
    })
    const id = instanceOf(page)

    await test.step('the timeline reaches every step, with its time', async () => {
      const rise = ['Submitted', 'Accepted', 'Engine starting', 'Web service reachable', 'Workers joining', 'Usable']
      for (const name of [...rise, 'All workers joined']) await reached(page, name)
      const times = await page.getByRole('region', { name: 'Timeline' }).getByRole('time').allTextContents()
      expect([...times].sort()).toEqual(times)
      await expect(page.getByText('2 of 2 workers').first()).toBeVisible()
      await audit(page)
    })

    await test.step('both workers are listed', async () => {
      await page.getByRole('navigation', { name: 'Views of the cluster' }).getByRole('link', { name: /^Workers/ }).click()
      const rows = page.getByRole('rowheader', { name: /^127\.0\.0\.1:\d+$/ })
      await expect(rows).toHaveCount(2)
      await expect(page.getByRole('row').nth(1)).toContainText(/\d+\.\d of \d+.*iB of .*iB/)
      await audit(page)
      expect(engines(world).length).toBeGreaterThan(3)
    })

    await test.step('the list names it', async () => {
      await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Clusters' }).click()
      const row = page.getByRole('row').filter({ hasText: id })
      await expect(row).toContainText(/Running|Idle/)
      await expect(row).toContainText('2 of 2')
      await expect(row).toContainText('× 1 core, 4 GB')
      await audit(page)
      await row.getByRole('link').click()
    })

    await test.step('stop asks, waits, and says stopped when Terminated was read', async () => {
      await page.getByRole('button', { name: 'Stop cluster' }).click()
      const dialog = page.getByRole('dialog', { name: 'Stop this cluster?' })
      await expect(dialog).toContainText(id)
      await expect(dialog).toContainText('Running jobs are lost')
      await expect(dialog.getByRole('button', { name: 'Keep it running' })).toBeFocused()
      await audit(page)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      expect((await world.exchanges()).filter((one) => one.method === 'PUT')).toEqual([])

      await world.forget()
      await page.getByRole('button', { name: 'Stop cluster' }).click()
      await dialog.getByRole('button', { name: 'Stop it' }).click()
      await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Stopped: Terminated was read.')
      expect(engines(world)).toEqual([])
      const asked = (await world.exchanges()).filter((one) => one.path.endsWith(`/instances/${id}`))
      const put = asked.findIndex((one) => one.method === 'PUT')
      expect(put).toBeGreaterThanOrEqual(0)
      expect(asked.slice(put + 1).some((one) => one.method === 'GET' && one.query === asked[0]?.query)).toBe(true)
    })

    await test.step('what has ended says so and cannot be stopped again', async () => {
      await expect(step(page, 'Ended').getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/)
      await expect(page.getByText('It was stopped: by a person, or by the platform.')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Stop cluster' })).toBeHidden()
      await page.reload()
      await expect(page.getByText('It was stopped: by a person, or by the platform.')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Stop cluster' })).toBeHidden()
      await audit(page)
      await page.getByRole('link', { name: 'Create it again' }).click()
      await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('2')
      await expect(page.getByLabel('Cores per worker')).toHaveValue('1')
    })
  })

  test('reloads, a second tab and another reader find a creation again', async ({ page, context, browser, world }) => {
    await world.fault('slow-start', { seconds: 12 })
    // More than any machine has: the local engine scales it and says so.
    await page.goto(world.at('clusters/new?worker_num=2&worker_cpu=512&worker_mem=2048&min_worker_num=1'))

    const id = await test.step('a reload before the instance is known submits once', async () => {
      const left = page.waitForRequest((request) => request.method() === 'POST' && /\/resources/.test(request.url()))
      await page.getByRole('button', { name: 'Create cluster' }).click()
      await left
      await page.reload()
      // Where the reload cuts the submission itself off, the page looks for its instance first.
      const accepted = page.waitForURL(/\/clusters\/20\d+g\w+/, { timeout: 90_000 })
      const cut = page.getByRole('alert').filter({ hasText: 'no instance came of it, and nothing runs' })
      const again = cut.waitFor({ timeout: 90_000 }).then(() => page.getByRole('button', { name: 'Create cluster' }).click())
      await Promise.race([accepted, again.then(() => accepted)])
      return instanceOf(page)
    })

    await test.step('a reload while it starts goes on where it was', async () => {
      await reached(page, 'Accepted')
      const accepted = await step(page, 'Accepted').getByRole('time').textContent()
      await page.reload()
      await expect(page).toHaveURL(new RegExp(id))
      await expect(step(page, 'Accepted').getByRole('time')).toHaveText(accepted ?? '')
      await expect(step(page, 'Web service reachable')).not.toContainText(/\d\d:\d\d:\d\d/)
    })

    const other = await stranger(browser)
    await test.step('another reader attaches while it starts', async () => {
      await other.goto(world.at('clusters'))
      await other.getByLabel('Attach by instance id').fill(id)
      await other.getByRole('button', { name: 'Attach' }).click()
      await expect(other).toHaveURL(new RegExp(`/clusters/${id}`))
      await expect(other.getByRole('main')).toContainText('Starting')
      await expect(step(other, 'Accepted').getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/)
      await audit(other)
    })

    const second = await context.newPage()
    await test.step('a second tab follows it too', async () => {
      await second.goto(page.url())
      await expect(step(second, 'Accepted').getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/)
    })

    await test.step('all of them see it complete, scaled to this machine', async () => {
      await reached(page, 'All workers joined')
      await expect(second.getByRole('main')).toContainText('2 of 2 workers')
      // Only the browser that asked for an unnamed cluster knows how many were asked for.
      await expect(other.getByRole('main')).toContainText('2 workers')
      await expect(page.getByRole('note')).toContainText(
        /^This machine is smaller than what was asked for.*asked for 2 × 512 cores.*started with 2 × \d+ cores/,
      )
      await other.goto(world.at('clusters'))
      await expect(other.getByRole('row').filter({ hasText: id })).toBeVisible()
      await expect(other.getByRole('row'), 'the headings and one cluster').toHaveCount(2)
      await other.goBack()
      await audit(page)
    })

    await test.step('a stop in one tab is seen in the other, where stopping again is no error', async () => {
      await second.getByRole('button', { name: 'Stop cluster' }).click()
      const late = second.getByRole('dialog').getByRole('button', { name: 'Stop it' })
      await expect(late).toBeVisible()
      await page.getByRole('button', { name: 'Stop cluster' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click()
      await expect(page.getByRole('status', { name: 'Notices' })).toContainText('Stopped: Terminated was read.')
      await late.click()
      await expect(second.getByRole('status', { name: 'Notices' })).toContainText('It had ended already.')
      await expect(step(other, 'Ended')).toBeVisible()
    })
    await other.context().close()
  })
})

test.describe('a cluster that runs', () => {
  test('is attached by its id', async ({ page, running }) => {
    const { world, id } = running
    await page.goto(world.at('clusters'))
    await page.getByLabel('Attach by instance id').fill(` ${id} `)
    await page.getByRole('button', { name: 'Attach' }).click()
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}`))
    await expect(page.getByRole('heading', { level: 1, name: 'Cluster shared' })).toBeVisible()
    await expect(page.getByText('2 of 2 workers').first()).toBeVisible()
    await expect(step(page, 'All workers joined')).toContainText('before this page looked')
    await expect(page.getByRole('group', { name: 'Attach from PyODPS' })).toContainText(
      `client = o.create_mars_cluster(instance_id='${id}')`,
    )
    await audit(page)
  })

  test('has a Logview: panel and address', async ({ page, running }) => {
    const { world, id } = running
    await page.goto(world.at(`clusters/${id}?tab=logview`))
    const task = page.getByRole('row').filter({ hasText: 'cupid_task' })
    await expect(task).toContainText('CUPID')
    await expect(task).toContainText('Running')
    await page.getByText('Source as submitted').click()
    await expect(page.getByRole('group', { name: 'Source as submitted' })).toContainText('<Name>cupid_task</Name>')
    await page.getByRole('button', { name: 'Make address' }).click()
    const address = page.getByRole('group', { name: 'Logview address' })
    const { odps_endpoint, project } = world.warehouse.ready
    await expect(address).toContainText('/logview/?h=')
    const text = (await address.textContent())?.trim() ?? ''
    const query = text.split('/logview/?')[1] ?? ''
    expect(query).toMatch(/^h=[^&]+&p=[^&]+&i=[^&]+&token=[^&]+$/)
    const values = new URLSearchParams(query)
    expect([values.get('h'), values.get('p'), values.get('i')]).toEqual([odps_endpoint, project, id])
    await expect(page.getByText(/Valid until \d{4}-\d\d-\d\d/)).toBeVisible()
    await audit(page)
    const opened = await page.request.get(text)
    expect(opened.status()).toBe(200)
    expect(await opened.text()).toContain(id)
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect(address).toBeHidden()
  })

  test('is offered when another of its name is asked for', async ({ page, running }) => {
    const { world, id } = running
    await page.goto(world.at(`clusters/new?${SMALL}&name=shared&if_exists=reuse`))
    await page.getByRole('button', { name: 'Create cluster' }).click()
    const dialog = page.getByRole('dialog', { name: 'A cluster of this name runs already' })
    await expect(dialog).toContainText(id)
    await audit(page)
    await dialog.getByRole('button', { name: 'Back to the form' }).click()
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('shared')
    await page.getByRole('button', { name: 'Create cluster' }).click()
    await dialog.getByRole('button', { name: 'Open the running one' }).click()
    await expect(page).toHaveURL(new RegExp(`/clusters/${id}`))
  })
})

test.describe('an id that is no cluster', () => {
  // The service answers 404 to an id that it does not know.
  test.use({ tolerated: /the server responded with a status of 404/ })

  test('no such instance', async ({ page, shared }) => {
    await page.goto(shared.at('clusters/20260101000000000gnone1'))
    await expect(page.getByRole('alert')).toContainText('There is no instance 20260101000000000gnone1 in this project.')
    await audit(page)
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByRole('alert')).toContainText('本项目中没有实例 20260101000000000gnone1')
  })

  test('an instance of another kind', async ({ page, shared }) => {
    const project = shared.warehouse.ready.project
    const job = `<?xml version="1.0" encoding="utf-8"?>
<Instance><Job><Priority>9</Priority><Tasks>
<SQL><Name>AnonymousSQLTask</Name><Query><![CDATA[select no_such_column from test_mars;]]></Query></SQL>
</Tasks></Job></Instance>`
    const answer = await page.request.post(shared.at(`odps/projects/${project}/instances`), {
      data: job,
      headers: { 'content-type': 'application/xml' },
    })
    expect(answer.status()).toBe(201)
    const id = answer.headers()['location']?.split('/').at(-1) ?? ''
    await page.goto(shared.at(`clusters/${id}`))
    await expect(page.getByRole('alert')).toContainText('This instance is a task of kind SQL, not a Mars cluster.')
    await audit(page)
    await page.getByRole('link', { name: 'Open it as an instance' }).click()
    await expect(page.getByRole('heading', { level: 1, name: id })).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'AnonymousSQLTask' })).toContainText('Failed')
    await expect(page.getByRole('region', { name: 'Error text' })).toContainText('ODPS-0130071')
    await audit(page)
  })

  test('the task that fetched a proxy token', async ({ page, running }) => {
    const { world, id } = running
    await page.goto(world.at('instances'))
    await expect(page.getByRole('link', { name: id })).toBeVisible()
    const token = page.getByRole('row').filter({ hasText: 'Terminated' }).first()
    await audit(page)
    const other = (await token.getByRole('link').textContent()) ?? ''
    expect(other).not.toBe(id)
    await page.goto(world.at(`clusters/${other}`))
    await expect(page.getByRole('alert')).toContainText('This instance is a task of kind CUPID, not a Mars cluster.')
  })
})
