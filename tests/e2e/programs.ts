/** Starts the real gateway and the real warehouse as programs, and ends them with their engines. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { built } from './built.ts'

/** The warehouse's line of JSON. */
export interface Local {
  odps_endpoint: string
  tunnel_endpoint: string
  project: string
  access_id: string
  access_key: string
  mars_proxy: string
}

/** A running program: its line of JSON and how to end it. */
export interface Program<T> {
  ready: T
  child: ChildProcess
  stop(): Promise<void>
}

/** Starts a program that prints one line of JSON when it is ready and ends when its input ends. */
export async function start<T>(file: string, args: string[], log: string, env: NodeJS.ProcessEnv = {}): Promise<Program<T>> {
  const child = spawn(file, [...args, '--stop-with-stdin'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const out = createWriteStream(log, { flags: 'a' })
  child.stderr.pipe(out)
  const ready = await new Promise<T>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${file} was not ready in 60 s, see ${log}`)), 60_000)
    let text = ''
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      const end = text.indexOf('\n')
      if (end < 0) return
      clearTimeout(late)
      resolve(JSON.parse(text.slice(0, end)) as T)
    })
    child.once('exit', (code) => {
      clearTimeout(late)
      reject(new Error(`${file} ended with ${code} before it was ready, see ${log}`))
    })
  })
  return {
    ready,
    child,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
        child.once('exit', () => {
          clearTimeout(late)
          resolve()
        })
        child.stdin.end()
      }),
  }
}

/** The warehouse on a free port with its data in `folder`. */
export function startWarehouse(folder: string, options: { python?: string; port?: number } = {}): Promise<Program<Local>> {
  const python = options.python ?? built('PYTHON')
  return start<Local>(
    built('WAREHOUSE'),
    ['--port', String(options.port ?? 0), '--data', join(folder, 'warehouse'), '--engine-python', python, '--record'],
    join(folder, 'warehouse.log'),
  )
}

/** The gateway on a free port or the given one, in front of `local` (some of it replaced by `change`). */
export async function startGateway(folder: string, local: Local, change: object = {}, port = 0): Promise<Program<{ console: string }>> {
  await mkdir(folder, { recursive: true })
  const config = join(folder, 'gateway.json')
  const connection = { name: 'local', local: true, ...local, ...change }
  await writeFile(config, JSON.stringify(connection), { mode: 0o600 })
  return start<{ console: string }>(
    built('GATEWAY'),
    ['--config', config, '--dist', built('DIST'), '--port', String(port)],
    join(folder, 'gateway.log'),
  )
}
