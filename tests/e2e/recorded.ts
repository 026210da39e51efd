/**
 * Compares what the warehouse was asked with what the real client sent (`tests/data/*.json`): the same calls with the
 * same bodies, but for ids, addresses and secrets. Polls repeat at a pace of their own, so each call counts once.
 */
import { readFileSync } from 'node:fs'
import type { Exchange } from './world.ts'

interface Recorded {
  endpoint: string
  credentials: { access_id: string; secret_access_key: string }
  exchanges: {
    service: 'odps' | 'tunnel' | 'mars-web'
    request: { method: string; path: string; query: string; headers: Record<string, string>; body?: string; body_base64?: string }
  }[]
}

/** One call with everything that may differ replaced by a name. */
export interface Asked {
  call: string
  headers: Record<string, string>
  body: unknown
}

/** Headers whose value is part of the protocol; the others carry time, length or the client's name. */
const compared = ['content-type', 'x-odps-resource-type', 'x-odps-resource-istemp']

/** A protobuf message as fields in wire order; nested messages and texts are told apart by what parses. */
function fields(bytes: Uint8Array): [number, unknown][] | undefined {
  const found: [number, unknown][] = []
  let at = 0
  const varint = (): number | undefined => {
    let value = 0
    for (let shift = 0; at < bytes.length && shift < 49; shift += 7) {
      const byte = bytes[at++] as number
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
    return undefined
  }
  while (at < bytes.length) {
    const tag = varint()
    if (tag === undefined || tag < 8) return undefined
    if ((tag & 7) === 0) {
      const value = varint()
      if (value === undefined) return undefined
      found.push([tag >> 3, value])
    } else if ((tag & 7) === 2) {
      const length = varint()
      if (length === undefined || at + length > bytes.length) return undefined
      const part = bytes.subarray(at, at + length)
      at += length
      const text = new TextDecoder().decode(part)
      const printable = /^[\x20-\x7e]*$/.test(text)
      found.push([tag >> 3, (printable ? undefined : fields(part)) ?? text])
    } else return undefined
  }
  return found
}

/** Replaces ids, addresses and secrets, each by what it is. */
function neutral(text: string, own: [string, string][]): string {
  let left = text
  for (const [value, name] of own) if (value) left = left.replaceAll(value, name)
  return left
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\b20\d{12,}g[0-9a-z]+/g, 'INSTANCE')
}

function deep(value: unknown, own: [string, string][]): unknown {
  if (typeof value === 'string') return neutral(value, own)
  if (Array.isArray(value)) return value.map((item) => deep(item, own))
  return value
}

function asked(
  service: string,
  request: { method: string; path: string; query: string; headers: Record<string, string>; body?: string; body_base64?: string },
  own: [string, string][],
): Asked {
  const query = request.query
    .split('&')
    .filter(Boolean)
    .map((item) => neutral(decodeURIComponent(item.replace(/=$/, '')), own))
    .sort()
    .join('&')
  const path = neutral(decodeURIComponent(request.path), own).replace(/^\/api(?=\/(projects|logview|tenants))/, '')
  const lower = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const headers = Object.fromEntries(compared.filter((name) => lower[name]).map((name) => [name, lower[name] as string]))
  const body = request.body_base64 === undefined ? (request.body ?? '') : fields(Buffer.from(request.body_base64, 'base64'))
  return { call: `${service} ${request.method} ${path}?${query}`, headers, body: deep(body, own) }
}

/** Each call once, in the order of its first appearance. A body is part of what a call is. */
function distinct(calls: Asked[]): Asked[] {
  const seen = new Set<string>()
  return calls.filter((call) => {
    const text = JSON.stringify(call)
    return seen.has(text) ? false : Boolean(seen.add(text))
  })
}

/** The calls of a recorded flow. */
export function recorded(flow: string): Asked[] {
  const text = readFileSync(new URL(`../data/${flow}.json`, import.meta.url), 'utf8')
  const record = JSON.parse(text) as Recorded
  const own: [string, string][] = [
    [record.endpoint, 'ENDPOINT'],
    [record.credentials.access_id, 'ACCESS_ID'],
    [record.credentials.secret_access_key, 'ACCESS_KEY'],
    ['vec_project', 'PROJECT'],
    ['proxy.test:18765', 'PROXY'],
  ]
  return distinct(record.exchanges.map((one) => asked(one.service, one.request, own)))
}

/** The calls that a warehouse recorded, in the same form. */
export function observed(
  exchanges: Exchange[],
  local: { odps_endpoint: string; project: string; access_id: string; access_key: string; mars_proxy: string },
): Asked[] {
  const own: [string, string][] = [
    [local.odps_endpoint, 'ENDPOINT'],
    [local.access_id, 'ACCESS_ID'],
    [local.access_key, 'ACCESS_KEY'],
    [local.project, 'PROJECT'],
    [local.mars_proxy, 'PROXY'],
  ]
  return distinct(exchanges.map((one) => asked(one.service, one, own)))
}
