// The playground says what revlint says: of each example that is broken, a finding
// of its check, and of each that is fixed, nothing.
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { Engine, importsOf } from '../play/engine.js'
import { pack, unpack } from '../play/link.js'

const made = new URL('../public/', import.meta.url)
const engine = new Engine(async (name) => new Response(await readFile(new URL(`play/${name}`, made))))
const groups = JSON.parse(readFileSync(new URL('examples.json', made), 'utf8'))

for (const { title, examples } of groups) {
  test(title, async () => {
    assert.ok(examples.length > 0)
    const wrong = []
    for (const { id, files } of examples) {
      const { findings, failures } = await engine.check(files)
      const found = findings.map((f) => f.message)
      if (failures.length > 0) wrong.push([id, failures])
      else if (/\/(fixed|kept)$/.test(id) ? found.length > 0 : found.length === 0) wrong.push([id, found])
      else if (/^rev/.test(id) && !findings.every((f) => f.analyzer === id.split('/')[0])) wrong.push([id, found])
    }
    assert.deepStrictEqual(wrong, [])
  })
}

test('a fix mends', async () => {
  const { files } = groups.flatMap((g) => g.examples).find((e) => e.id === 'revleak/file')
  const { findings } = await engine.check(files)
  assert.match(findings[0].frame, /main\.go:\d+:\d+/)
  const mended = await engine.check({ ...files, ...findings[0].fix.files })
  assert.deepStrictEqual(mended.findings, [])
})

test('a contract for a package of others', async () => {
  const files = {
    'main.go': 'package play\n\nimport "container/list"\n\nfunc f(l *list.List) any {\n\te := l.Front()\n\tl.Init()\n\treturn e.Value\n}\n',
    '.revlint/stub.go': '//revlint:package container/list\npackage list\n\n//revlint:borrow e from l until Init\nfunc (l *List) Front() (e *Element)\n'
  }
  const { findings } = await engine.check(files)
  assert.deepStrictEqual(findings.map((f) => [f.file, f.line, f.analyzer]), [['main.go', 8, 'revuse']])
  files['.revlint/stub.go'] = files['.revlint/stub.go'].replace('until Init', 'untill Init')
  const mistaken = await engine.check(files)
  assert.deepStrictEqual(mistaken.findings.map((f) => [f.file, f.line, f.analyzer]), [['.revlint/stub.go', 4, 'contract']])
})

test('strict, and why', async () => {
  const { files } = groups.flatMap((g) => g.examples).find((e) => e.id === 'revescape/rawbytes/fixed')
  const { why, findings } = await engine.check(files)
  assert.deepStrictEqual(findings, [])
  assert.ok(why.some((w) => w.verdict === 'proved' && /is proved to be accessible/.test(w.text)))
  for (const w of why) assert.match(w.text, /^main\.go:\d+/)
  const unknown = { 'main.go': 'package play\n\nimport "database/sql"\n\nfunc next(all map[int]*sql.Rows) bool { return all[1].Next() }\n' }
  const lenient = await engine.check(unknown)
  const strict = await engine.check({ ...unknown, '.revlint.yaml': 'strict: [./...]\n' })
  assert.deepStrictEqual([lenient.failures, strict.failures], [[], []])
  assert.ok(strict.findings.length > lenient.findings.length, 'strict finds no more')
  const wrong = await engine.check({ ...files, '.revlint.yaml': 'stric: [./...]\n' })
  assert.match(wrong.failures[0].message, /stric/)
})

test('what does not compile has a place', async () => {
  const places = async (source) => (await engine.check({ 'main.go': source })).failures.map((f) => [f.file, f.line, f.column])
  assert.deepStrictEqual(await places('package play\n\nvar x int = "a"\n'), [['main.go', 3, 13]])
  assert.deepStrictEqual(await places('package play\n\nfunc {\n'), [['main.go', 3, 6]])
  assert.deepStrictEqual(await places('package play\n\nimport "example.com/none"\n'), [['main.go', 3, 8]])
  assert.deepStrictEqual(await places(''), [['main.go', 1, 1]])
})

test('imports are found where they are', () => {
  const paths = (source) => importsOf(source).map((i) => i.path)
  assert.deepStrictEqual(paths('// import "no"\npackage p // x\n\n/* import "no" */ import "a"; import (\n\t"b" // "no"\n\tx "c"\n\t. `d`\n\t_ "e"\n)\nvar s = `\nimport "no"`\n'), ['a', 'b', 'c', 'd', 'e'])
  assert.deepStrictEqual(paths('package p\nfunc f() {}\nimport "no"\n'), [])
  assert.deepStrictEqual(paths('"no"'), [])
})

test('a link carries the files', async () => {
  const files = { 'main.go': 'package ä\n' + '// x\n'.repeat(1000), '.revlint/stub.go': '//' }
  const text = await pack(files)
  assert.match(text, /^[\w-]+$/)
  assert.deepStrictEqual(await unpack(text), files)
  await assert.rejects(unpack('nonsense'))
})
