/**
 * The editor of a notebook's cell: loaded when a notebook is opened. The page itself reads the language; the editor asks
 * it what may follow (`complete <place>`) and what a word stands for (`hover <place>`).
 */
import { type Completion, type CompletionContext, type CompletionResult, acceptCompletion } from '@codemirror/autocomplete'
import { python } from '@codemirror/lang-python'
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType, hoverTooltip, keymap } from '@codemirror/view'
import { Editor, type Page, asked, leave } from './base.ts'

/** What a cell's page has besides. */
interface CellPage extends Page {
  /** Run, and then the next cell. */
  next(): void
}

interface Offered {
  from: number
  options: { label: string; type: string; detail: string; info: string }[]
}

interface Word {
  from: number
  to: number
  usage: string
  help: string
  value: string
  parts: string[]
}

interface Hint {
  at: number
  said: string
}

const NAME = /^[\w\u0080-\uffff]*$/

function completion(page: Page) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos)
    if (!context.explicit && !/[\w\u0080-\uffff.'"]/.test(before)) return null
    const found = await asked<Offered | null>(page, `complete ${context.pos}`, null)
    if (found === null || found.options.length === 0) return null
    const begun = context.pos > found.from || /[.'"]/.test(before)
    if (!begun && !context.explicit) return null
    const option = ({ info, detail, ...rest }: Offered['options'][number]): Completion => ({
      ...rest,
      ...(detail === '' ? {} : { detail }),
      ...(info === '' ? {} : { info }),
      ...(rest.type === 'argument' ? { boost: 20, type: 'property' } : {}),
      ...(rest.type === 'column' ? { boost: 10, type: 'enum' } : {}),
    })
    return { from: found.from, options: found.options.map(option), validFor: NAME }
  }
}

function line(className: string, text: string): HTMLElement {
  const line = document.createElement('div')
  line.className = className
  line.textContent = text
  return line
}

function hover(page: Page) {
  return hoverTooltip(async (_, at) => {
    const word = await asked<Word | null>(page, `hover ${at}`, null)
    if (word === null) return null
    const dom = line('cm-word', '')
    if (word.usage !== '') dom.append(line('cm-word-usage', word.usage))
    if (word.help !== '') dom.append(line('cm-word-help', word.help))
    if (word.value !== '') dom.append(line('cm-word-value', word.value))
    for (const part of word.parts) dom.append(line('cm-word-part', part))
    return { pos: word.from, end: word.to, above: true, create: () => ({ dom }) }
  })
}

/** What a statement gives, behind its line. */
class HintWidget extends WidgetType {
  constructor(readonly said: string) {
    super()
  }

  override eq(other: HintWidget): boolean {
    return other.said === this.said
  }

  override toDOM(): HTMLElement {
    const hint = document.createElement('span')
    hint.className = 'cm-hint'
    // The names and shapes stand under the cell after its run, and a word tells its own on hover.
    hint.setAttribute('aria-hidden', 'true')
    hint.textContent = this.said
    return hint
  }

  override ignoreEvent(): boolean {
    return false
  }
}

const tell = StateEffect.define<Hint[]>()

const hints = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const moved = shown.map(transaction.changes)
    const told = transaction.effects.find((effect) => effect.is(tell))
    if (told === undefined) return moved
    const doc = transaction.state.doc
    const lines = new Map<number, string>()
    for (const { at, said } of told.value as Hint[]) lines.set(doc.lineAt(Math.min(at, doc.length)).to, said)
    return Decoration.set(
      [...lines].map(([at, said]) => Decoration.widget({ widget: new HintWidget(said), side: 1 }).range(at)),
      true,
    )
  },
  provide: (field) => EditorView.decorations.from(field),
})

class CellEditor extends Editor {
  constructor(host: HTMLElement, page: CellPage) {
    const then = (act: () => void) => () => {
      act()
      return true
    }
    super(
      host,
      page,
      completion(page),
      Prec.highest(
        keymap.of([
          { key: 'Mod-Enter', run: then(() => page.run()), preventDefault: true },
          { key: 'Shift-Enter', run: then(() => page.next()), preventDefault: true },
          // Tab takes what is offered, and otherwise leaves the field.
          { key: 'Tab', run: acceptCompletion },
        ]),
      ),
      [python(), hover(page), hints, EditorView.lineWrapping, EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{', "'", '"'] } }])],
    )
  }

  /** Tells, as JSON, what the statements give. */
  tell(json: string): void {
    const told = (JSON.parse(json) as Hint[]).map((hint) => ({ ...hint, at: this.inside(hint.at) }))
    this.view.dispatch({ effects: tell.of(told) })
  }

  /** Says whether what stands there cannot be read. */
  invalid(invalid: boolean): void {
    if (invalid) this.view.contentDOM.setAttribute('aria-invalid', 'true')
    else this.view.contentDOM.removeAttribute('aria-invalid')
  }
}

leave('python', (host, page) => new CellEditor(host, page as CellPage))
