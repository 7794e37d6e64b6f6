// A person at the site: in headless Chromium, which may ask nobody but the site.
import assert from 'node:assert'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { serve } from './serve.js'

const patience = 120_000 // for a machine that is busy
const wide = { width: 1280, height: 850 }
const narrow = { width: 390, height: 800 }

let server, browser

before(async () => {
  server = await serve(new URL('../dist', import.meta.url).pathname)
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] })
})

after(async () => {
  await browser?.close()
  server?.close()
})

// visit opens a page of the site. What it asks of others, and its errors, fail the
// test that looks at trouble.
async function visit(path, viewport = wide, colorScheme = 'light') {
  const page = await browser.newPage({ viewport, colorScheme })
  page.setDefaultTimeout(patience)
  page.trouble = []
  await page.route('**/*', (route) => {
    const url = route.request().url()
    if (url.startsWith(server.origin) || url.startsWith('data:') || url.startsWith('blob:')) return route.continue()
    page.trouble.push(`asks for ${url}`)
    return route.abort()
  })
  page.on('pageerror', (err) => page.trouble.push(String(err)))
  page.on('response', (r) => { if (r.status() >= 400) page.trouble.push(`${r.status()} ${r.url()}`) })
  await page.goto(server.origin + path)
  return page
}

// checked waits until revlint has answered what stands in the editor.
const checked = (page) => page.waitForSelector('.playground[data-ready=true]')

async function type(page, source) {
  await page.click('.cm-content')
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(source)
  await checked(page)
}

const shot = async (page, name) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

test('type a bug, see it, mend it', async () => {
  const page = await visit('/playground.html')
  await checked(page)
  const bug = 'package play\n\nimport "os"\n\nfunc size(name string) (int64, error) {\n\tf, err := os.Open(name)\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\tinfo, err := f.Stat()\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn info.Size(), nil\n}\n'
  await type(page, bug)
  assert.strictEqual(await page.locator('.finding').count(), 1)
  assert.match(await page.locator('.finding').innerText(), /main\.go:6:12: the access to f is not released on every path \(revleak\)/)
  assert.ok(await page.locator('.cm-lintRange-error').count() > 0, 'no squiggle')
  assert.match(await page.locator('.status').innerText(), /1 finding/)

  await page.locator('.cm-line', { hasText: 'os.Open' }).click()
  assert.match(await page.locator('.why').innerText(), /violated: the access to f is not released/)

  const link = page.url()
  await page.locator('.fix').click()
  await page.waitForFunction(() => document.querySelectorAll('.finding').length === 0)
  await checked(page)
  assert.match(await page.locator('.cm-content').innerText(), /defer f\.Close\(\)/)
  assert.match(await page.locator('.results').innerText(), /revlint finds nothing here/)
  await shot(page, 'mended')

  const other = await visit(new URL(link).pathname + new URL(link).hash) // the link carries the code
  await checked(other)
  assert.match(await other.locator('.cm-content').innerText(), /func size/)
  assert.strictEqual(await other.locator('.finding').count(), 1)
  assert.deepStrictEqual([...page.trouble, ...other.trouble], [])
  await page.close()
  await other.close()
})

test('what does not compile is told at its place', async () => {
  const page = await visit('/playground.html')
  await checked(page)
  await type(page, 'package play\n\nfunc f() int {\n\treturn "a"\n}\n')
  assert.match(await page.locator('.failures').innerText(), /main\.go:4:9/)
  assert.ok(await page.locator('.cm-lintRange-error').count() > 0, 'no squiggle')
  assert.deepStrictEqual(page.trouble, [])
  await page.close()
})

test('a contract in a tab of its own', async () => {
  const page = await visit('/playground.html')
  await checked(page)
  await type(page, 'package play\n\nimport (\n\t"encoding/csv"\n\t"io"\n)\n\nfunc all(in io.Reader) (all [][]string, err error) {\n\tr := csv.NewReader(in)\n\tr.ReuseRecord = true\n\tfor {\n\t\trecord, err := r.Read()\n\t\tif err == io.EOF {\n\t\t\treturn all, nil\n\t\t}\n\t\tif err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t\tall = append(all, record)\n\t}\n}\n')
  assert.strictEqual(await page.locator('.finding').count(), 0)
  await page.getByText('+ contracts').click()
  await page.waitForSelector('.finding')
  await checked(page)
  assert.match(await page.locator('.finding').innerText(), /outlives its access \(revescape\)/)
  await page.getByRole('tab', { name: 'main.go' }).click()
  assert.ok(await page.locator('.cm-lintRange-error').count() > 0, 'no squiggle')
  await shot(page, 'contract')
  assert.deepStrictEqual(page.trouble, [])
  await page.close()
})

test('from the page of a check into the playground', async () => {
  const page = await visit('/checks/revleak.html')
  await page.getByRole('link', { name: 'Try it' }).first().click()
  await page.waitForURL(/playground\.html#example=revleak/)
  await checked(page)
  assert.match(await page.locator('.finding').first().innerText(), /\(revleak\)/)
  await page.getByText('What is revleak?').click()
  await page.waitForURL(/checks\/revleak\.html/)
  assert.match(await page.locator('.vp-doc h1').innerText(), /revleak/)
  assert.deepStrictEqual(page.trouble, [])
  await page.close()
})

test('choose an example, and the next', async () => {
  const page = await visit('/playground.html')
  await checked(page)
  for (const [id, check] of [['revuse/body', /revuse/], ['revwait/revoke', /revwait/], ['revuse/body', /revuse/]]) {
    await page.selectOption('.choose select', id)
    await page.waitForURL(`**/playground.html#example=${id}`)
    await page.waitForFunction((text) => document.querySelector('.playground[data-ready=true] .finding')?.textContent.includes(text), check.source)
  }
  await page.goBack()
  await page.waitForFunction(() => document.querySelector('.playground[data-ready=true] .finding')?.textContent.includes('revwait'))
  assert.deepStrictEqual(page.trouble, [])
  await page.close()
})

test('a damaged link, and a missing example', async () => {
  for (const hash of ['#code=%%%', '#example=none']) {
    const page = await visit('/playground.html' + hash)
    await checked(page)
    assert.ok(await page.locator('.finding').count() > 0)
    assert.strictEqual(await page.getByText('The link is damaged').count(), hash.startsWith('#code') ? 1 : 0)
    assert.deepStrictEqual(page.trouble, [])
    await page.close()
  }
})

test('search finds words of the pages', async () => {
  const page = await visit('/')
  const box = page.locator('.VPLocalSearchBox input')
  for (let tries = 0; tries < 100 && await box.count() === 0; tries++) { // the page answers keys once its script runs
    await page.keyboard.press('Control+k')
    await page.waitForTimeout(300)
  }
  await box.fill('idempotent')
  await page.waitForSelector('.VPLocalSearchBox .result')
  await shot(page, 'search')
  assert.deepStrictEqual(page.trouble, [])
  await page.close()
})

for (const [name, viewport, scheme] of [['wide', wide, 'light'], ['narrow', narrow, 'dark']]) {
  test(`pages fit, ${name}`, async () => {
    for (const path of ['/', '/ten-minutes.html', '/checks/', '/checks/revuse.html', '/catalogue.html', '/catalogue/database-sql.html', '/playground.html']) {
      const page = await visit(path, viewport, scheme)
      if (path === '/playground.html') await checked(page)
      const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      assert.ok(inner <= outer, `${path} is ${inner} wide, the window ${outer}`)
      assert.strictEqual(await page.evaluate(() => document.documentElement.classList.contains('dark')), scheme === 'dark')
      await shot(page, `${name}-${path.replace(/\W+/g, '-')}`)
      assert.deepStrictEqual(page.trouble, [], path)
      await page.close()
    }
  })
}
