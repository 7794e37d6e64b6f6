// The worker has revlint run beside the page, which stays responsive.

import { Engine } from './engine.js'

let engine

onmessage = async ({ data: { id, base, files } }) => {
  engine ??= new Engine((name) => fetch(base + name))
  const start = performance.now()
  try {
    const answer = await engine.check(files)
    postMessage({ id, answer, milliseconds: performance.now() - start })
  } catch (err) {
    engine = undefined // what was loaded may be amiss
    postMessage({ id, error: String(err) })
  }
}
