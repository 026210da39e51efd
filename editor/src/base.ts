/** What every editor of the page has: its habits, marks, names and ends. Places are UTF-16 units. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import type { CompletionSource } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, drawSelection, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { look } from './look.ts'
import { CHINESE } from './phrases.ts'

/** What the page gives to every editor. */
export interface Page {
  text: string
  /** The text changed. */
  changed(text: string): void
  /** Run was asked for by the keyboard. */
  run(): void
  /** A question in words, answered in JSON. */
  ask(question: string): Promise<string>
}

interface Mark {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
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

/** What the page answers, or something else where it has no answer. */
export async function asked<T>(page: Page, question: string, otherwise: T): Promise<T> {
  try {
    return JSON.parse(await page.ask(question)) as T
  } catch {
    return otherwise
  }
}

/** An editor; each language adds its own extensions. */
export class Editor {
  protected readonly view: EditorView
  readonly #words = new Compartment()
  #quiet = false

  constructor(host: HTMLElement, page: Page, completion: CompletionSource, first: Extension, last: Extension) {
    this.view = new EditorView({
      parent: host,
      state: EditorState.create({
        doc: page.text,
        extensions: [
          first,
          typing,
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          EditorState.allowMultipleSelections.of(true),
          EditorState.tabSize.of(2),
          bracketMatching(),
          closeBrackets(),
          highlightSelectionMatches(),
          autocompletion({ override: [completion] }),
          look,
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
          this.#words.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#quiet) page.changed(update.state.doc.toString())
          }),
          last,
        ],
      }),
    })
  }

  text(): string {
    return this.view.state.doc.toString()
  }

  /** Puts another text in place of this one; undo brings it back. */
  set(text: string): void {
    if (text === this.text()) return
    this.#quiet = true
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } })
    this.#quiet = false
    this.mark('[]')
  }

  /** First and last place of the selection; equal without one. */
  from(): number {
    return this.view.state.selection.main.from
  }

  to(): number {
    return this.view.state.selection.main.to
  }

  /** A place that is inside the text, which may have changed since somebody counted. */
  protected inside(at: number): number {
    return Math.max(0, Math.min(at, this.view.state.doc.length))
  }

  /** Marks places, given as JSON, in place of those that are marked. */
  mark(json: string): void {
    const marks = (JSON.parse(json) as Mark[]).map((mark): Diagnostic => ({ ...mark, from: this.inside(mark.from), to: this.inside(mark.to) }))
    this.view.dispatch(setDiagnostics(this.view.state, marks))
  }

  /** Puts the cursor somewhere and shows it. */
  show(at: number): void {
    this.view.dispatch({ selection: { anchor: this.inside(at) }, scrollIntoView: true })
    this.view.focus()
  }

  /** The name of the field, its description and the language of its own words. */
  name(label: string, describedby: string, language: string): void {
    this.view.dispatch({
      effects: this.#words.reconfigure([
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedby, spellcheck: 'false' }),
        EditorState.phrases.of(language === 'zh' ? CHINESE : {}),
      ]),
    })
  }

  focus(): void {
    this.view.focus()
  }

  destroy(): void {
    this.view.destroy()
  }
}

/** Leaves an editor's entry where the page finds it. */
export function leave(name: string, mount: (host: HTMLElement, page: Page) => Editor): void {
  const known = (globalThis as { marsConsoleEditors?: object }).marsConsoleEditors
  Object.assign(globalThis, { marsConsoleEditors: { ...known, [name]: { mount } } })
}
