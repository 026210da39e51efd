/** Colours and sizes from the page's own variables, so that every theme holds here too. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--raised)', fontSize: 'var(--text)', height: '100%' },
  // The page's element around it shows the focus, gutter and all.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--leading)' },
  '.cm-content': { caretColor: 'var(--ink)', paddingBlock: 'var(--s2)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-quiet)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklch, var(--hover) 55%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'color-mix(in oklch, var(--accent) 26%, transparent) !important',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--hover)', outline: '1px solid var(--line-strong)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-wash)', outline: '1px solid var(--warn)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.85', marginLeft: 'var(--s3)' },
  '.cm-completionIcon': { opacity: '0.75' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panel input, .cm-panel button': { fontSize: 'var(--text-small)', color: 'inherit' },
  '.cm-textfield': { backgroundColor: 'var(--raised)', border: '1px solid var(--control-line)' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--raised)', border: '1px solid var(--control-line)' },
  '.cm-hint': { marginInlineStart: 'var(--s4)', color: 'var(--ink-quiet)', fontSize: 'var(--text-small)', userSelect: 'none' },
  '.cm-word': { padding: 'var(--s2) var(--s3)', maxWidth: '62ch', maxHeight: '40vh', overflow: 'auto', fontSize: 'var(--text-small)' },
  '.cm-word-usage': { fontFamily: 'var(--mono)', fontWeight: '600' },
  '.cm-word-help': { fontFamily: 'var(--sans)', marginBlock: 'var(--s1)' },
  '.cm-word-value, .cm-word-part': { fontFamily: 'var(--mono)' },
  '.cm-word-part': { color: 'var(--ink-quiet)', paddingInlineStart: 'var(--s3)' },
  '.cm-diagnostic': { fontFamily: 'var(--sans)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
})

const words = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.typeName, color: 'var(--busy)' },
  { tag: tags.standard(tags.name), color: 'var(--busy)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--ink-quiet)', fontStyle: 'italic' },
])

export const look = [theme, syntaxHighlighting(words)]
