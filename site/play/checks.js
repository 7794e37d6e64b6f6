// The checks, each of which has a page.
export const checks = ['revnil', 'revuse', 'revescape', 'revrelease', 'revleak', 'revbound', 'revwait']
