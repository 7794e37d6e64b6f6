// Links within the site lead somewhere, to the heading that they name, too. (That
// pages and files exist, the build itself checks.)
import assert from 'node:assert'
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'node:test'

const dist = new URL('../dist', import.meta.url).pathname
const pages = new Map(readdirSync(dist, { recursive: true }).filter((f) => f.endsWith('.html'))
  .map((f) => [`/${f.replaceAll('\\', '/')}`, readFileSync(join(dist, f), 'utf8')]))

test('links to headings', () => {
  const ids = new Map([...pages].map(([name, html]) => [name, new Set([...html.matchAll(/ id="([^"]*)"/g)].map((m) => m[1]))]))
  const dead = []
  let n = 0
  for (const [name, html] of pages) {
    for (const [, href] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href)) continue
      const [path, hash] = href.replaceAll('&amp;', '&').split('#')
      let target = path === '' ? name : posix.resolve(posix.dirname(name), path) + (path.endsWith('/') && path !== '/' ? '/' : '')
      if (target.endsWith('/')) target += 'index.html'
      if (!target.includes('.')) target += '.html'
      if (target.startsWith('/playground.html') && hash) continue // an example
      n++
      if (!ids.has(target) || (hash && !ids.get(target).has(decodeURIComponent(hash)))) dead.push(`${name}: ${href}`)
    }
  }
  assert.deepStrictEqual([...new Set(dead)], [])
  assert.ok(n > 1000, `only ${n} links`)
})
