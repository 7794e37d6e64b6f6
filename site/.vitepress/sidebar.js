import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// sidebar is what docs/README.md lists, in its order: a group for each heading, with
// the pages that are linked below it. A new page appears by its line there. Checks
// and libraries, of which there are many, have lists of their own.
export function sidebar(docs) {
  const groups = []
  const seen = new Set(['playground.md']) // which is in the bar above
  for (const line of readFileSync(join(docs, 'README.md'), 'utf8').split('\n')) {
    const heading = line.match(/^#+ +(.*)/)
    if (heading) groups.push({ text: plain(heading[1]), items: [] })
    for (const [, file] of line.matchAll(/\]\(([a-z0-9/-]+\.md|[a-z]+\/README\.md)(?:#[^)]*)?\)/g)) {
      if (seen.has(file)) continue
      seen.add(file)
      groups.at(-1).items.push(page(docs, file))
    }
  }
  const missing = readdirSync(docs).filter((f) => f.endsWith('.md') && f !== 'README.md' && !seen.has(f))
  if (missing.length > 0) throw new Error(`docs/README.md does not list ${missing.join(', ')}`)
  const libraries = pages(docs, 'catalogue')
  return {
    '/checks/': [{ text: 'Checks', link: '/checks/', items: pages(docs, 'checks') }],
    '/catalogue': [
      { text: 'The catalogue', link: '/catalogue' },
      { text: 'Standard library', items: libraries.filter((l) => isStandard(l.text)) },
      { text: 'Other libraries', items: libraries.filter((l) => !isStandard(l.text)).map((l) => ({ ...l, text: l.text.replace('github.com/', '') })) }
    ],
    '/': groups.filter((g) => g.items.length > 0)
  }
}

function pages(docs, folder) {
  return readdirSync(join(docs, folder)).filter((f) => f !== 'README.md').map((f) => page(docs, `${folder}/${f}`))
}

function page(docs, file) {
  const title = readFileSync(join(docs, file), 'utf8').match(/^# +(.*)$/m)
  if (!title) throw new Error(`docs/${file} has no title`)
  return { text: plain(title[1]), link: '/' + file.replace(/(README)?\.md$/, '') }
}

const plain = (text) => text.replaceAll('`', '')
const isStandard = (path) => !path.split('/')[0].includes('.')
