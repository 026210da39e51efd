/** What goes wrong outside the page: each a clear sentence in both languages, and nothing typed is lost. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { audit, expect, openWorld } from './world.ts'
import { START, create, engines, step, test } from './cluster.ts'

const SMALL = 'worker_num=2&worker_cpu=1&worker_mem=4&min_worker_num=1&name=kept'

// Browsers write every refused request to their console.
test.use({ tolerated: /the server responded with a status of (400|401|403|404|502|503)|net::ERR_CONNECTION_REFUSED/ })

/** Creates in vain; what was typed is still there. */
async function refused(page: Page, address: string, english: string, chinese: string): Promise<void> {
  await page.goto(new URL(`clusters/new?${SMALL}`, address).href)
  await page.getByLabel('Name', { exact: true }).fill('kept too')
  await page.getByRole('button', { name: 'Create cluster' }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The cluster was not created')
  await expect(alert).toContainText(english)
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(alert).toContainText('集群没有创建成功')
  await expect(alert).toContainText(chinese)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page).toHaveURL(/clusters\/new/)
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept too')
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('2')
  await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
}

/** The evidence of a notice: the service's code and the name of the request. */
async function evidence(page: Page, code: RegExp): Promise<void> {
  const alert = page.getByRole('alert')
  await expect(alert.getByRole('code').first()).toHaveText(code)
  await expect(alert).toContainText(/Request\s*\S{8,}/)
}

test('a wrong key', async ({ page, gatewayWith }) => {
  const address = await gatewayWith({ access_key: 'not-the-key' })
  await refused(
    page,
    address,
    'MaxCompute does not accept the access key of this connection.',
    'MaxCompute 不接受该连接的访问密钥。',
  )
  await evidence(page, /^InvalidAuthorization$/)
  await expect(page.getByRole('alert')).not.toContainText('not-the-key')

  await page.goto(new URL('clusters?lang=zh', address).href)
  await expect(page.getByRole('alert')).toContainText('无法列出集群')
  await expect(page.getByRole('alert')).toContainText('MaxCompute 不接受该连接的访问密钥。')
  await audit(page)
})

test('a wrong project', async ({ page, gatewayWith }) => {
  const address = await gatewayWith({ project: 'no_such_project' })
  await refused(page, address, 'The project of this connection does not exist.', '该连接的项目不存在。')
  await evidence(page, /^NoSuchObject$/)
})

test('an endpoint that cannot be reached', async ({ page, gatewayWith }) => {
  const closed = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
  const address = await gatewayWith({ odps_endpoint: `http://127.0.0.1:${closed}/api` })
  await refused(
    page,
    address,
    'The gateway answers, but MaxCompute behind it cannot be reached.',
    '网关有应答，但连不上它背后的 MaxCompute。',
  )
  await evidence(page, /^UpstreamUnreachable$/)
})

test('a gateway that has gone', async ({ page, world }) => {
  await page.goto(world.at(`clusters/new?${SMALL}`))
  await page.getByLabel('Name', { exact: true }).fill('kept too')
  await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
  await world.gateway.stop()
  await page.getByRole('button', { name: 'Create cluster' }).click()
  await expect(page.getByRole('alert')).toContainText('The cluster was not created')
  await expect(page.getByRole('alert')).toContainText('The gateway that serves this page does not answer.')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('alert')).toContainText('提供本页面的网关没有应答。')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept too')
  await audit(page)
})

/** The cluster's page says that it failed and why, in both languages, and offers to create it again. */
async function failed(page: Page, reason: RegExp): Promise<void> {
  const note = page.getByRole('status').filter({ hasText: 'A task failed.' })
  await expect(note).toContainText(reason, { timeout: START })
  await expect(step(page, 'Ended').getByRole('time')).toHaveText(/^\d\d:\d\d:\d\d$/)
  await expect(page.getByRole('main')).toContainText('Failed')
  await audit(page)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('status').filter({ hasText: '有任务失败。引擎的原文：' })).toContainText(reason)
  await expect(page.getByRole('main')).toContainText('失败')
  await page.getByRole('button', { name: 'English' }).click()
  await page.reload()
  await expect(note).toContainText(reason)
  await page.getByRole('link', { name: 'Create it again' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('kept')
  await expect(page.getByLabel('Workers', { exact: true })).toHaveValue('2')
}

test('an engine whose Python is missing', async ({ page, seed }) => {
  const world = await openWorld(seed, {}, '/nonexistent/python')
  try {
    await create(page, world, SMALL)
    await failed(page, /nonexistent/)
  } finally {
    await world.stop()
  }
})

test('an engine that does not start', async ({ page, world }) => {
  await world.fault('engine-does-not-start')
  await create(page, world, SMALL)
  await failed(page, /runTask failed/)
})

test('a worker that dies while starting', async ({ page, world }) => {
  await world.fault('worker-dies-while-starting')
  await create(page, world, SMALL)
  await failed(page, /worker/)
  expect(engines(world)).toEqual([])
})

test('no quota left', async ({ page, world }) => {
  await world.fault('quota-exceeded')
  await create(page, world, SMALL)
  await failed(page, /quota exceeded/)
  await world.heal()
  await expect(page.getByRole('button', { name: 'Create cluster' })).not.toHaveAttribute('aria-disabled')
})

test('an engine that stops answering and comes back', async ({ page, running }) => {
  const { world, id } = running
  await page.goto(world.at(`clusters/${id}?tab=workers`))
  await expect(page.getByRole('rowheader', { name: /^127\.0\.0\.1:\d+$/ })).toHaveCount(2)
  await world.fault('mars-unreachable')
  try {
    const note = page.getByText("The engine's web service answered before and does not now.")
    await expect(note).toBeVisible({ timeout: START })
    await expect(page.getByRole('rowheader', { name: /^127\.0\.0\.1:\d+$/ })).toHaveCount(2)
    await audit(page)
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByText('引擎的 Web 服务先前有应答，现在没有。')).toBeVisible()
    await page.getByRole('button', { name: 'English' }).click()
  } finally {
    await world.heal()
  }
  await expect(page.getByText("The engine's web service answered before and does not now.")).toBeHidden({ timeout: START })
  await expect(page.getByText('2 of 2 workers').first()).toBeVisible()
})
