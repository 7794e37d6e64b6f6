// A link carries the files: compressed, in the part after #, which no server sees.

export async function pack(files) {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(files)), new CompressionStream('deflate-raw'))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  const files = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw'))))
  if (typeof files !== 'object' || !Object.values(files).every((f) => typeof f === 'string')) throw new Error('no files')
  return files
}

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer())
}
