// The editor is CodeMirror with what revlint says drawn into it.

import { basicSetup } from 'codemirror'
import { indentWithTab } from '@codemirror/commands'
import { go } from '@codemirror/lang-go'
import { HighlightStyle, indentUnit, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { EditorView, GutterMarker, gutter, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'

// Colours are the page's, so that dark and light are one style.
const colours = syntaxHighlighting(HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.character, tags.escape], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--code-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.namespace], color: 'var(--code-type)' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.function(tags.variableName))], color: 'var(--code-function)' }
]))

class Dot extends GutterMarker {
  constructor(verdict) {
    super()
    this.verdict = verdict
  }

  eq(other) { return other.verdict === this.verdict }

  toDOM() {
    const dot = document.createElement('span')
    dot.className = `dot ${this.verdict}`
    dot.title = this.verdict === 'broken' ? 'does not compile' : `${this.verdict}: click for why`
    return dot
  }
}

const setDots = StateEffect.define()
const dots = StateField.define({
  create: () => RangeSet.empty,
  update(set, transaction) {
    for (const effect of transaction.effects) if (effect.is(setDots)) set = effect.value
    return set.map(transaction.changes)
  }
})

// Editor shows one file at a time, and keeps the state of each.
export class Editor {
  // changed(name, text) tells of what was typed; moved(line) of the cursor.
  constructor(parent, { changed, moved }) {
    this.states = new Map()
    this.extensions = [
      basicSetup, keymap.of([indentWithTab]), go(), colours, indentUnit.of('\t'), EditorState.tabSize.of(4),
      dots,
      gutter({
        class: 'dots', markers: (view) => view.state.field(dots),
        domEventHandlers: {
          mousedown: (view, line) => { view.dispatch({ selection: { anchor: line.from } }); view.focus(); return true }
        }
      }),
      EditorView.contentAttributes.of({ 'aria-label': 'Go source', spellcheck: 'false' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(this.name, update.state.doc.toString())
        if (update.selectionSet || update.docChanged) moved(update.state.doc.lineAt(update.state.selection.main.head).number)
      })
    ]
    this.view = new EditorView({ parent })
  }

  // open shows a file, as it was left if it has been shown before.
  open(name, text) {
    if (this.name) this.states.set(this.name, this.view.state)
    this.name = name
    this.view.setState(this.states.get(name) ?? EditorState.create({ doc: text, extensions: this.extensions }))
  }

  // forget makes all files new ones.
  forget() {
    this.states.clear()
    this.name = undefined
  }

  // replace gives the open file another text, of which what is the same stays.
  replace(text) {
    const old = this.view.state.doc.toString()
    let from = 0
    while (from < old.length && from < text.length && old[from] === text[from]) from++
    let [end, newEnd] = [old.length, text.length]
    while (end > from && newEnd > from && old[end - 1] === text[newEnd - 1]) { end--; newEnd-- }
    this.view.dispatch({ changes: { from, to: end, insert: text.slice(from, newEnd) } })
  }

  // show draws findings and failures, and a dot at each line with an answer.
  show(findings, failures, why) {
    const { doc } = this.view.state
    const mine = (x) => x.file === this.name && x.line <= doc.lines
    const diagnostics = [
      ...findings.filter(mine).map((f) => ({
        from: this.offset(f.line, f.column), to: Math.max(this.offset(f.line, f.column), this.offset(f.endLine, f.endColumn)),
        severity: 'error', message: f.message
      })),
      ...failures.filter(mine).map((f) => {
        const from = this.offset(f.line, f.column)
        const word = syntaxTree(this.view.state).resolveInner(from, 1) // that begins there
        return { from, to: Math.min(Math.max(word.to, from), doc.line(f.line).to), severity: 'error', message: f.message, source: 'go' }
      })
    ]
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics))
    const verdicts = new Map(why.filter(mine).map((w) => [w.line, w.verdict]))
    for (const f of failures.filter(mine)) verdicts.set(f.line, 'broken')
    const set = RangeSet.of([...verdicts].map(([line, verdict]) => new Dot(verdict).range(doc.line(line).from)), true)
    this.view.dispatch({ effects: setDots.of(set) })
  }

  // go puts the cursor at a place.
  go(line, column) {
    const anchor = this.offset(line, column)
    this.view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    this.view.focus()
  }

  // offset is where a line and a column in bytes, from 1, are in the text.
  offset(line, column) {
    const { doc } = this.view.state
    if (line > doc.lines) return doc.length
    const { from, text } = doc.line(line)
    const before = new TextEncoder().encode(text).slice(0, column - 1)
    return from + new TextDecoder().decode(before).length
  }
}
