import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

// sidebar is what docs/README.md lists, in its order: a group for each heading, with
// the pages that are linked below it. A new page appears by its line there.
export function sidebar(docs) {
  const groups = []
  const seen = new Set()
  for (const line of readFileSync(join(docs, 'README.md'), 'utf8').split('\n')) {
    const heading = line.match(/^(#+) +(.*)/)
    if (heading) groups.push({ text: heading[2], items: [] })
    for (const [, file] of line.matchAll(/\]\(([a-z0-9/-]+\.md)(?:#[^)]*)?\)/g)) {
      if (seen.has(file)) continue
      seen.add(file)
      groups.at(-1).items.push({ text: titleOf(join(docs, file)), link: '/' + file.replace(/\.md$/, '').replace(/README$/, '') })
    }
  }
  const folder = (name) => readdirSync(join(docs, name)).filter((f) => f.endsWith('.md') && f !== 'README.md')
    .map((f) => ({ text: titleOf(join(docs, name, f)), link: `/${name}/${f.replace(/\.md$/, '')}` }))
  return {
    '/': groups.filter((g) => g.items.length > 0)
  }
}

function titleOf(file) {
  const title = readFileSync(file, 'utf8').match(/^# +(.*)$/m)
  if (!title) throw new Error(`${file} has no title`)
  return title[1].replaceAll('`', '')
}
