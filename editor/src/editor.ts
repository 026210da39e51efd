/**
 * The editor of the SQL page: one file of its own, loaded when that page is opened. The page finds `mount` at
 * `globalThis.marsConsoleEditor`; places are UTF-16 units.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { formatDialect, hive } from 'sql-formatter'
import { type Catalogue, type Known, source } from './complete.ts'
import { MaxCompute } from './dialect.ts'
import { look } from './look.ts'
import { CHINESE } from './phrases.ts'

/** What the page gives. */
interface Page {
  text: string
  /** The text changed. */
  changed(text: string): void
  /** Run was asked for by the keyboard. */
  run(): void
  /** `tables`, or `table <name>`: JSON. */
  ask(question: string): Promise<string>
}

interface Mark {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
}

function catalogue(page: Page): Catalogue {
  const kept = new Map<string, Promise<Known | null>>()
  let tables: Promise<string[]> | undefined
  const json = async <T>(question: string, otherwise: T): Promise<T> => {
    try {
      return JSON.parse(await page.ask(question)) as T
    } catch {
      return otherwise
    }
  }
  const all = () => (tables ??= json<string[]>('tables', []))
  return {
    tables: all,
    // What is half typed is not asked for.
    table: async (name) => {
      const key = name.toLowerCase()
      if (!(await all()).some((table) => table.toLowerCase() === key)) return null
      const known = kept.get(key) ?? json<Known | null>(`table ${name}`, null)
      kept.set(key, known)
      return known
    },
  }
}

/**
 * Text over a selection, put in by the editor itself: the browser would join the lines around it with inline styles,
 * which the content security policy forbids. Compositions stay the browser's.
 */
const typing = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { from, to, empty } = view.state.selection.main
    const text = event.data
    if (event.inputType !== 'insertText' || text === null || empty || event.isComposing || view.composing) return false
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: 'input.type', scrollIntoView: true })
    const taken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))
    if (!taken) view.dispatch(insert())
    return true
  },
})

class Editor {
  readonly #view: EditorView
  readonly #words = new Compartment()
  #catalogue: Catalogue
  #quiet = false

  constructor(
    host: HTMLElement,
    readonly page: Page,
  ) {
    this.#catalogue = catalogue(page)
    const run = () => {
      page.run()
      return true
    }
    this.#view = new EditorView({
      parent: host,
      state: EditorState.create({
        doc: page.text,
        extensions: [
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
          typing,
          lineNumbers(),
          lintGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          EditorState.allowMultipleSelections.of(true),
          EditorState.tabSize.of(2),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          autocompletion({ override: [(context) => source(this.#catalogue)(context)] }),
          sql({ dialect: MaxCompute }),
          look,
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
          this.#words.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#quiet) page.changed(update.state.doc.toString())
          }),
        ],
      }),
    })
  }

  text(): string {
    return this.#view.state.doc.toString()
  }

  /** Puts another text in place of this one; undo brings it back. */
  set(text: string): void {
    if (text === this.text()) return
    this.#quiet = true
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text }, selection: { anchor: 0 } })
    this.#quiet = false
    this.mark('[]')
  }

  /** First and last place of the selection; equal without one. */
  from(): number {
    return this.#view.state.selection.main.from
  }

  to(): number {
    return this.#view.state.selection.main.to
  }

  /** Marks places, given as JSON, in place of those that are marked. */
  mark(json: string): void {
    const length = this.#view.state.doc.length
    const inside = (at: number) => Math.max(0, Math.min(at, length))
    const marks = (JSON.parse(json) as Mark[]).map((mark): Diagnostic => ({ ...mark, from: inside(mark.from), to: inside(mark.to) }))
    this.#view.dispatch(setDiagnostics(this.#view.state, marks))
  }

  /** Puts the cursor somewhere and shows it. */
  show(at: number): void {
    this.#view.dispatch({ selection: { anchor: Math.min(at, this.#view.state.doc.length) }, scrollIntoView: true })
    this.#view.focus()
  }

  /** Formats the text; false when it cannot be read. */
  format(): boolean {
    try {
      const done = formatDialect(this.text(), { dialect: hive, tabWidth: 2, keywordCase: 'upper', dataTypeCase: 'lower', functionCase: 'preserve' })
      this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: done } })
      return true
    } catch {
      return false
    }
  }

  /** The name of the field, its description and the language of its own words. */
  name(label: string, describedby: string, language: string): void {
    this.#view.dispatch({
      effects: this.#words.reconfigure([
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedby, spellcheck: 'false' }),
        EditorState.phrases.of(language === 'zh' ? CHINESE : {}),
      ]),
    })
  }

  /** Forgets what is known of tables. */
  forget(): void {
    this.#catalogue = catalogue(this.page)
  }

  focus(): void {
    this.#view.focus()
  }

  destroy(): void {
    this.#view.destroy()
  }
}

Object.assign(globalThis, {
  marsConsoleEditor: { mount: (host: HTMLElement, page: Page) => new Editor(host, page) },
})
