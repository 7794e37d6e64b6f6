// An example for the first page, and what revlint says of it, as the playground
// would: by the same program.
import { readFile } from 'node:fs/promises'
import { createMarkdownRenderer } from 'vitepress'
import { html } from '../../play/ansi.js'
import { Engine } from '../../play/engine.js'

const made = new URL('../../public/', import.meta.url)
const id = 'revescape/rawbytes'

export default {
  async load() {
    const groups = JSON.parse(await readFile(new URL('examples.json', made), 'utf8'))
    const { files } = groups.flatMap((g) => g.examples).find((e) => e.id === id)
    const engine = new Engine(async (name) => new Response(await readFile(new URL(`play/${name}`, made))))
    const { findings } = await engine.check(files)
    const source = files['main.go'].slice(files['main.go'].indexOf('func '))
    const { markdown } = globalThis.VITEPRESS_CONFIG
    const md = await createMarkdownRenderer('.', markdown)
    return { id, code: md.render('```go\n' + source + '```\n'), frame: html(findings[0].frame.trimEnd()) }
  }
}
