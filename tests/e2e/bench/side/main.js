/**
 * The page that holds the contenders against each other: the frame worker, apache-arrow, duckdb-wasm, perspective.
 * The script calls one measurement of one contender at a time; every answer carries what it found, to be compared.
 */
import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm'
import * as perspective from '@perspective-dev/client'
import { tableFromIPC } from 'apache-arrow'
import { Frame } from './frame.js'
import { scrolled } from './grid.js'
import { writer } from './text.js'

const ROWS = 200
const COLUMNS = 12
/** `l_partkey`: bigint. */
const KEY = 2
const RANGE = ['50000', '90000']

const bytes = {}
const duck = {}
const cubes = {}
const ours = {}
let arrow

async function duckdb() {
  const worker = new Worker('duckdb.worker.js')
  const db = new AsyncDuckDB(new VoidLogger(), worker)
  await db.instantiate(new URL('duckdb.wasm', location.href).href)
  const connection = await db.connect()
  const [version] = (await connection.query('SELECT version() AS v')).toArray()
  return { connection, version: String(version.v) }
}

/** Fetches the bytes and starts every program. */
export async function prepare() {
  for (const name of ['100k', '1m']) bytes[name] = await (await fetch(`${name}.arrows`)).arrayBuffer()
  ours.worker = await Frame.start('frame_worker_loader.js')
  Object.assign(duck, await duckdb())
  perspective.init_client(fetch('perspective-js.wasm'))
  perspective.init_server(fetch('perspective-server.wasm'))
  cubes.client = await perspective.worker()
  arrow = tableFromIPC(new Uint8Array(bytes['1m']))
  return { duckdb: duck.version, browser: navigator.userAgent }
}

const strings = (table) => {
  const rows = []
  const columns = Array.from({ length: table.numCols }, (_, at) => table.getChildAt(at))
  for (let row = 0; row < table.numRows; row += 1) rows.push(columns.map((column) => column.get(row) ?? 'NULL'))
  return rows
}

const query = (sql) => duck.connection.query(sql)
const head = () => query(`SELECT COLUMNS(*)::VARCHAR FROM rows LIMIT ${ROWS}`)

async function cube(view) {
  const columns = await view.to_columns({ start_row: 0, end_row: ROWS })
  const all = Object.values(columns)
  return Array.from({ length: ROWS }, (_, row) => all.map((column) => (column[row] === null ? 'NULL' : String(column[row]))))
}

const first = {
  async frame(copy) {
    const opened = await ours.worker.open(copy, ROWS, COLUMNS)
    ours.last = opened
    return opened.cells.text
  },
  async arrow(copy) {
    const table = tableFromIPC(new Uint8Array(copy))
    const columns = Array.from({ length: COLUMNS }, (_, at) => writer(table.getChildAt(at)))
    return Array.from({ length: ROWS }, (_, row) => columns.map((write) => write(row)))
  },
  async duckdb(copy) {
    await duck.connection.insertArrowFromIPCStream(new Uint8Array(copy), { name: 'rows', create: true })
    return strings(await head())
  },
  async perspective(copy) {
    cubes.table = await cubes.client.table(copy)
    cubes.view = await cubes.table.view()
    return cube(cubes.view)
  },
}

const leave = {
  async frame() {
    if (ours.last) {
      await ours.last.whole
      ours.worker.release(ours.last.frame)
    }
    ours.last = undefined
  },
  async arrow() {},
  async duckdb() {
    await query('DROP TABLE IF EXISTS rows')
  },
  async perspective() {
    await cubes.view?.delete()
    await cubes.table?.delete()
    cubes.view = cubes.table = undefined
  },
}

/** Bytes in memory to the first rows as text. What was there before is let go of first, outside of the time. */
export async function firstRows(who, which, keep = false) {
  await leave[who]()
  const copy = bytes[which].slice(0)
  const start = performance.now()
  const text = await first[who](copy)
  const ms = performance.now() - start
  const whole = who === 'frame' ? await ours.last.whole.then((progress) => ({ ms: performance.now() - start, progress })) : undefined
  if (!keep) await leave[who]()
  return { ms, text, whole }
}

async function timed(work) {
  const start = performance.now()
  const found = await work()
  return { ms: performance.now() - start, found }
}

/** The profile of every column of the rows that are kept. */
export const profile = {
  frame: () => timed(() => ours.worker.profile(ours.last.frame, COLUMNS)),
  duckdb: () => timed(async () => strings(await query('SELECT * REPLACE (count::VARCHAR AS count, null_percentage::DOUBLE AS null_percentage) FROM (SUMMARIZE rows)'))),
}

let epoch = 0
const plain = { columns: null, conditions: [], keys: [] }

async function arranged(view) {
  const { frame } = ours.last
  await ours.worker.arrange(frame, ++epoch, plain, ROWS)
  const found = await timed(() => ours.worker.arrange(frame, ++epoch, view, ROWS))
  return { ms: found.ms, found: { total: found.found.total, text: found.found.text } }
}

async function viewed(change) {
  const start = performance.now()
  const view = await cubes.table.view(change)
  const text = await cube(view)
  const ms = performance.now() - start
  const total = await view.num_rows()
  await view.delete()
  return { ms, found: { total, text } }
}

async function ordered(name, sql) {
  const start = performance.now()
  await query(`CREATE OR REPLACE TEMP TABLE ${name} AS SELECT rowid AS place FROM rows ${sql}`)
  const text = await query(`SELECT COLUMNS(r.*)::VARCHAR FROM (SELECT place, rowid AS n FROM ${name} LIMIT ${ROWS}) AS o JOIN rows AS r ON r.rowid = o.place ORDER BY o.n`)
  const ms = performance.now() - start
  const [count] = (await query(`SELECT count(*)::INTEGER AS n FROM ${name}`)).toArray()
  return { ms, found: { total: count.n, text: strings(text) } }
}

async function top(sql) {
  const { ms, found } = await timed(async () => strings(await query(`SELECT COLUMNS(*)::VARCHAR FROM (SELECT * FROM rows ${sql} LIMIT ${ROWS})`)))
  return { ms, found: { text: found } }
}

export const sort = {
  frame: () => arranged({ ...plain, keys: [{ column: KEY, descending: false, nulls_first: false }] }),
  duckdb: () => ordered('sorted', 'ORDER BY l_partkey'),
  'duckdb, only the first 200': () => top('ORDER BY l_partkey'),
  perspective: () => viewed({ sort: [['l_partkey', 'asc']] }),
}

const where = `WHERE l_partkey BETWEEN ${RANGE[0]} AND ${RANGE[1]}`
export const filter = {
  frame: () => arranged({ ...plain, conditions: [{ column: KEY, test: { between: { low: RANGE[0], high: RANGE[1] } } }] }),
  duckdb: () => ordered('kept', where),
  'duckdb, only the first 200': () => top(where),
  perspective: () =>
    viewed({
      filter: [
        ['l_partkey', '>=', Number(RANGE[0])],
        ['l_partkey', '<=', Number(RANGE[1])],
      ],
    }),
}

export const scroll = () => scrolled(arrow)

window.bench = { prepare, firstRows, profile, sort, filter, scroll }
