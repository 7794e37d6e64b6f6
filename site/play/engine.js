// The engine is revlint in a browser, or wherever else JavaScript runs: the
// command itself, as WebAssembly, over files in memory. It does what the go command
// does for a run of revlint: it hands one package to a unit, with what is known of
// the packages that it imports, and what the unit prints to "revlint play".

import { ConsoleStdout, Directory, File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'

const home = '/play' // the folder of the package, which is a module

export class Engine {
  // load(name) is a promise of a Response with a file that internal/pack has made.
  constructor(load) {
    this.load = load
    this.facts = new Map() // of packages, by import path: promises
    this.program = open(load('revlint.bin'), 'application/wasm').then((r) => WebAssembly.compileStreaming(r))
    this.index = load('index.json').then((r) => r.json())
  }

  // check analyses a package. files are texts by name: main.go, .revlint/stub.go.
  // The answer has findings, why and failures, each with places; columns count
  // bytes, from 1.
  async check(files) {
    const index = await this.index
    const known = new Set(index.packages)
    const wanted = new Map()
    const failures = []
    const sources = Object.keys(files).filter((name) => /^[^/.][^/]*\.go$/.test(name))
    for (const name of sources) {
      for (const { path, line, column } of importsOf(files[name])) {
        if (known.has(path)) wanted.set(path, this.factsOf(path))
        else if (path !== 'unsafe') failures.push({ file: name, line, column, message: `${path} is not in the playground, which has the standard library, revocable and some libraries of the catalogue` })
      }
    }
    if (failures.length > 0) return { findings: [], why: [], failures }

    const tree = new Directory(new Map())
    const write = (path, data) => put(tree, path, typeof data === 'string' ? new TextEncoder().encode(data) : data)
    write(`${home}/go.mod`, `module play\n\ngo ${index.go.replace('go', '')}\n`)
    for (const [name, text] of Object.entries(files)) write(`${home}/${name}`, text)
    const unit = {
      ID: 'play', Compiler: 'gc', Dir: home, ImportPath: 'play', GoVersion: index.go, ModulePath: 'play',
      GoFiles: sources.map((name) => `${home}/${name}`), ImportMap: { unsafe: 'unsafe' }, PackageVetx: {}
    }
    for (const [path, facts] of wanted) {
      unit.ImportMap[path] = path
      unit.PackageVetx[path] = `/facts/${path}`
      write(`/facts/${path}/facts`, await facts)
      unit.PackageVetx[path] += '/facts'
    }
    write('/unit.cfg', JSON.stringify(unit))

    const program = await this.program
    const told = await run(program, tree, ['-everything', '-json', '/unit.cfg'])
    if (told.code !== 0) return { findings: [], why: [], failures: failuresOf(told.err) }
    const play = await run(program, tree, ['play'], told.out)
    if (play.code !== 0) return { findings: [], why: [], failures: failuresOf(play.err) }
    const answer = JSON.parse(play.out)
    const local = (place) => { place.file = place.file.replace(home + '/', '') }
    for (const f of answer.findings) {
      local(f)
      f.story.forEach(local)
      if (f.fix) f.fix.files = Object.fromEntries(Object.entries(f.fix.files).map(([name, text]) => [name.replace(home + '/', ''), text]))
    }
    answer.why.forEach(local)
    return { ...answer, failures: answer.failures ? failuresOf(answer.failures) : [] }
  }

  factsOf(path) {
    if (!this.facts.has(path)) {
      const facts = open(this.load(`${path}.bin`), '').then((r) => r.arrayBuffer()).then((b) => new Uint8Array(b))
      facts.catch(() => this.facts.delete(path)) // the next run may have more luck
      this.facts.set(path, facts)
    }
    return this.facts.get(path)
  }
}

// open decompresses a file.
async function open(loading, type) {
  const response = await loading
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${response.statusText}`)
  return new Response(response.body.pipeThrough(new DecompressionStream('gzip')), { headers: { 'content-type': type } })
}

// put puts a file into a tree, and its folders where they are missing.
function put(tree, path, data) {
  const names = path.split('/').slice(1)
  for (const name of names.slice(0, -1)) {
    if (!tree.contents.has(name)) tree.contents.set(name, new Directory(new Map()))
    tree = tree.contents.get(name)
  }
  tree.contents.set(names.at(-1), new File(data))
}

// run runs revlint once.
async function run(program, tree, args, input = '') {
  const printed = ['', '']
  const printer = (i) => {
    const decoder = new TextDecoder()
    return new ConsoleStdout((bytes) => { printed[i] += decoder.decode(bytes, { stream: true }) })
  }
  const wasi = new WASI(['revlint', ...args], [`PWD=${home}`, 'GOOS=linux', 'GOARCH=amd64'], [
    new OpenFile(new File(new TextEncoder().encode(input))), printer(0), printer(1), new PreopenDirectory('/', tree.contents)
  ], { debug: false })
  const instance = await WebAssembly.instantiate(program, { wasi_snapshot_preview1: wasi.wasiImport })
  const code = wasi.start(instance)
  return { code, out: printed[0], err: printed[1] }
}

// failuresOf finds the places in what a run says of its failure.
function failuresOf(text) {
  return text.trim().split('\n').map((line) => {
    const at = line.match(/^(?:vet: |revlint: )?\/play\/(.+?):(\d+):(?:(\d+):)? ?(.*)$/)
    return at ? { file: at[1], line: +at[2], column: +(at[3] ?? 1), message: at[4] } : { message: line }
  })
}

// importsOf lists the imports of a file of Go, which come before all else in it.
// What is no Go is for revlint to tell.
export function importsOf(source) {
  const token = /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|"[^"\n]*"|`[^`]*`|[\p{L}_][\p{L}\p{N}_]*|[().;]|[^]/uy
  const imports = []
  let state = 'package'
  for (let m; (m = token.exec(source));) {
    const word = m[0]
    if (/^(\s|\/\/|\/\*)/.test(word)) continue
    if (/^["`]/.test(word)) {
      if (state !== 'import' && state !== 'group') break
      const before = source.slice(0, m.index)
      const line = before.split('\n').length
      imports.push({ path: word.slice(1, -1), line, column: new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length + 1 })
      if (state === 'import') state = 'next'
    } else if (word === 'import' && (state === 'next' || state === 'clause')) state = 'import'
    else if (word === '(' && state === 'import') state = 'group'
    else if (word === ')' && state === 'group') state = 'next'
    else if (word === 'package' && state === 'package') state = 'name'
    else if (state === 'name') state = 'next'
    else if (word === ';' || ((state === 'import' || state === 'group') && /^[\p{L}_.]/u.test(word))) continue
    else break
  }
  return imports
}
