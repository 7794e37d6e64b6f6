import { existsSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'
import { home } from './home.js'
import { sidebar } from './sidebar.js'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '../..')
const docs = join(root, 'docs')
const base = process.env.SITE_BASE ?? '/'
const repository = 'https://github.com/revlint/revlint'
const installed = (name) => resolve(here, '../node_modules', name)

export default {
  title: 'revlint',
  description: 'Finds, at compile time, what is used after it was taken away, and what is never given back.',
  lang: 'en',
  base,
  srcDir: docs,
  outDir: resolve(here, '../dist'),
  cacheDir: resolve(here, '../.cache'),
  rewrites: { 'README.md': 'index.md', ':folder/README.md': ':folder/index.md', ':folder/:inner/README.md': ':folder/:inner/index.md' },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: base + 'icon.svg' }]],

  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Book', link: '/ten-minutes', activeMatch: '^/(?!checks|catalogue|playground|$)' },
      { text: 'Checks', link: '/checks/', activeMatch: '^/checks/' },
      { text: 'Catalogue', link: '/catalogue', activeMatch: '^/catalogue' },
      { text: 'Playground', link: '/playground' }
    ],
    sidebar: sidebar(docs),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: repository }]
  },

  // The pages are plain Markdown, so what some need beside is here.
  transformPageData(page) {
    const { relativePath: path, frontmatter } = page
    if (path === 'index.md') Object.assign(frontmatter, home)
    if (path === 'playground.md') Object.assign(frontmatter, { layout: 'page', sidebar: false, pageClass: 'play' })
    if (/^(checks|catalogue)/.test(path)) Object.assign(frontmatter, { aside: false, pageClass: 'broad' })
  },

  markdown: {
    anchor: { slugify: slug }, // as on GitHub, so that a link to a heading works on both
    config(md) {
      md.core.ruler.push('links', (state) => {
        for (const token of state.tokens.flatMap((t) => t.children ?? [])) {
          if (token.type === 'link_open') token.attrSet('href', target(token.attrGet('href'), state.env))
        }
      })
    }
  },

  vite: {
    publicDir: resolve(here, '../public'),
    resolve: {
      alias: [ // the pages are outside of the folder with the packages
        { find: /^vue$/, replacement: installed('vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: installed('vue/server-renderer/index.mjs') }
      ]
    },
    server: { fs: { allow: [root] } },
    worker: { format: 'es' },
    build: { chunkSizeWarningLimit: 2000 }
  }
}

// target is where a link of a page leads: to another page, or to a file that is
// no page, which is in the repository. VitePress checks pages, this files.
function target(href, { path, relativePath }) {
  if (/^([a-z]+:|#|\/)/.test(href)) return href
  const [file, hash] = href.split('#')
  const name = posix.join('docs', posix.dirname(relativePath ?? ''), decodeURI(file))
  if (name.startsWith('docs/') && name.endsWith('.md')) return href.replace(/README\.md/, 'index.md') // see rewrites
  if (!existsSync(join(root, name))) throw new Error(`${path}: there is no ${href}`)
  const kind = /\.[a-z]+$/.test(name) ? 'blob' : 'tree'
  return `${repository}/${kind}/main/${name.replace(/\/$/, '')}${hash ? '#' + hash : ''}`
}
