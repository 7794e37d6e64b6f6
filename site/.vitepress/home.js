// What stands above the list of documents on the first page.
export const home = {
  layout: 'home',
  hero: {
    name: 'revlint',
    text: 'What is taken away must not be used',
    tagline: 'A static analyzer for Go that finds what is used after it was taken away, and what is never given back: rows, response bodies, files, locks, transactions, pooled buffers, devices that are unplugged.',
    actions: [
      { theme: 'brand', text: 'Ten minutes', link: '/ten-minutes' },
      { theme: 'alt', text: 'Try it here', link: '/playground' }
    ]
  },
  features: [
    { title: 'Right on the first day', details: 'Contracts for the standard library and many others are on without configuration.', link: '/catalogue', linkText: 'The catalogue' },
    { title: 'Told by contracts', details: 'One line above a declaration says who holds what, until when, and who gives it back. It works for your libraries, too.', link: '/contracts', linkText: 'The language' },
    { title: 'It says why', details: 'Each finding tells its story; each access is proved, violated or unknown, and revlint tells what that rests on.', link: '/concepts', linkText: 'Concepts' }
  ]
}
