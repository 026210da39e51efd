/** What may follow: tables, columns of the tables that the statement names, partitions, functions, keywords. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { snippet } from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import { KEYWORDS } from './dialect.ts'
import { FUNCTIONS } from './functions.ts'

/** A table as the catalogue knows it. */
export interface Known {
  columns: { name: string; kind: string; comment: string; key: boolean }[]
  /** Values by partition column, latest first. */
  values: Record<string, string[]>
}

/** Asks the page: every table, or one of them. Neither fails; what is not known is empty. */
export interface Catalogue {
  tables(): Promise<string[]>
  table(name: string): Promise<Known | null>
}

const NAME = /[\w@$\u0080-\uffff]*$/
const MENTION = /\b(?:from|join|into|table|overwrite|update|desc|describe|exists)\s+`?(?:[\w]+\.)?([\w\u0080-\uffff]+)`?(?:\s+(?:as\s+)?(?!where\b|on\b|join\b|left\b|right\b|inner\b|full\b|cross\b|group\b|order\b|limit\b|union\b|select\b|partition\b|lateral\b|values\b|having\b)([\w\u0080-\uffff]+))?/gi

const fixed: Completion[] = [
  ...KEYWORDS.split(' ').map((label) => ({ label: label.toUpperCase(), type: 'keyword', boost: -20 })),
  ...Object.entries(FUNCTIONS).map(([label, detail]) => ({
    label,
    detail: detail.slice(label.length),
    type: 'function',
    boost: -5,
    apply: snippet(`${label}(\${})`),
  })),
]

/** The statement around a place, comments and texts left in: good enough to find names. */
function statement(text: string, at: number): string {
  const start = text.lastIndexOf(';', at - 1) + 1
  const end = text.indexOf(';', at)
  return text.slice(start, end < 0 ? undefined : end)
}

/** The tables that a statement names, by what it calls them. */
function named(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, table, alias] of text.matchAll(MENTION)) {
    if (table === undefined) continue
    found.set(table.toLowerCase(), table)
    if (alias !== undefined) found.set(alias.toLowerCase(), table)
  }
  return found
}

/** A value after `key =`: the partitions that exist. */
async function values(line: string, context: CompletionContext, tables: string[], catalogue: Catalogue): Promise<CompletionResult | null> {
  const found = /([\w]+)\s*(?:=|<>|!=|>=?|<=?|\bin\s*\()\s*(['"]?)([^'"\s]*)$/i.exec(line)
  if (found === null) return null
  const [, key = '', quote = '', typed = ''] = found
  const known = await Promise.all(tables.map((table) => catalogue.table(table)))
  const list = known.flatMap((table) => table?.values[key.toLowerCase()] ?? [])
  if (list.length === 0) return null
  const close = (value: string) => (quote === '' ? `'${value}'` : value)
  const options = [...new Set(list)].map((value, at) => ({ label: close(value), type: 'constant', boost: -at }))
  return { from: context.pos - typed.length, options, validFor: /^[^'"\s]*$/ }
}

export function source(catalogue: Catalogue) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, context.pos)
    const around = statement(context.state.doc.toString(), context.pos)
    const tables = named(around)
    const all = [...new Set(tables.values())]
    const partition = await values(line, context, all, catalogue)
    if (partition !== null) return partition
    const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name
    if (/Comment|String/.test(inside)) return null
    const typed = NAME.exec(line)?.[0] ?? ''
    const from = context.pos - typed.length
    const owner = /([\w\u0080-\uffff]+)`?\.`?$/.exec(line.slice(0, line.length - typed.length))?.[1]
    if (typed === '' && owner === undefined && !context.explicit) return null
    const columns = async (table: string): Promise<Completion[]> => {
      const known = await catalogue.table(table)
      return (known?.columns ?? []).map(({ name, kind, comment, key }) => ({
        label: name,
        detail: kind,
        ...(comment === '' ? {} : { info: comment }),
        type: key ? 'enum' : 'property',
        boost: key ? 12 : 10,
      }))
    }
    if (owner !== undefined) {
      const table = tables.get(owner.toLowerCase())
      return table === undefined ? null : { from, options: await columns(table), validFor: NAME }
    }
    const expected = /\b(?:from|join|into|table|desc|describe)\s+$/i.test(line.slice(0, line.length - typed.length))
    const names = (await catalogue.tables()).map((label) => ({ label, type: 'class', boost: expected ? 30 : 0 }))
    const more = expected ? [] : (await Promise.all(all.map(columns))).flat()
    const once = new Map([...fixed, ...names, ...more].map((option) => [`${option.type} ${option.label}`, option]))
    return { from, options: [...once.values()], validFor: NAME }
  }
}
