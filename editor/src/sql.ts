/** The editor of the SQL page: loaded when that page is opened. */
import { indentWithTab } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { indentOnInput } from '@codemirror/language'
import { lintGutter } from '@codemirror/lint'
import { Prec } from '@codemirror/state'
import { highlightActiveLine, highlightActiveLineGutter, keymap } from '@codemirror/view'
import { formatDialect, hive } from 'sql-formatter'
import { Editor, type Page, asked, leave } from './base.ts'
import { type Catalogue, type Known, source } from './complete.ts'
import { MaxCompute } from './dialect.ts'

/** What the page knows of tables: it is asked `tables`, or `table <name>`. */
function catalogue(page: Page): Catalogue {
  const kept = new Map<string, Promise<Known | null>>()
  let tables: Promise<string[]> | undefined
  const all = () => (tables ??= asked<string[]>(page, 'tables', []))
  return {
    tables: all,
    // What is half typed is not asked for.
    table: async (name) => {
      const key = name.toLowerCase()
      if (!(await all()).some((table) => table.toLowerCase() === key)) return null
      const known = kept.get(key) ?? asked<Known | null>(page, `table ${name}`, null)
      kept.set(key, known)
      return known
    },
  }
}

class SqlEditor extends Editor {
  #catalogue: { now: Catalogue }
  readonly #page: Page

  constructor(host: HTMLElement, page: Page) {
    const kept = { now: catalogue(page) }
    const run = () => {
      page.run()
      return true
    }
    super(
      host,
      page,
      (context) => source(kept.now)(context),
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
      [lintGutter(), highlightActiveLine(), highlightActiveLineGutter(), indentOnInput(), sql({ dialect: MaxCompute }), keymap.of([indentWithTab])],
    )
    this.#catalogue = kept
    this.#page = page
  }

  /** Formats the text; false when it cannot be read. */
  format(): boolean {
    try {
      const done = formatDialect(this.text(), { dialect: hive, tabWidth: 2, keywordCase: 'upper', dataTypeCase: 'lower', functionCase: 'preserve' })
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: done } })
      return true
    } catch {
      return false
    }
  }

  /** Forgets what is known of tables. */
  forget(): void {
    this.#catalogue.now = catalogue(this.#page)
  }
}

leave('sql', (host, page) => new SqlEditor(host, page))
