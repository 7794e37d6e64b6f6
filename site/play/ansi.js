// html is text with a terminal's colours as HTML.
export function html(text) {
  const names = { 1: 'bold', 2: 'faint', 31: 'red', 33: 'yellow', 36: 'cyan' }
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  let open = false
  const marked = escaped.replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    const close = open ? '</span>' : ''
    const classes = codes.split(';').map((c) => names[c]).filter(Boolean)
    open = classes.length > 0
    return close + (open ? `<span class="${classes.join(' ')}">` : '')
  })
  return marked + (open ? '</span>' : '')
}
