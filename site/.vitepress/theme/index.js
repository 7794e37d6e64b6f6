import { defineAsyncComponent, defineComponent, h } from 'vue'
import { useData } from 'vitepress'
import Theme from 'vitepress/theme'
import Example from './Example.vue'
import './style.css'

const Playground = defineAsyncComponent(() => import('../../play/Playground.vue'))

// Layout adds what is no text, and so not in the pages, which are read on GitHub, too.
const Layout = defineComponent(() => {
  const { page } = useData()
  return () => h(Theme.Layout, null, {
    'page-top': () => page.value.relativePath === 'playground.md' ? h(Playground) : null,
    'home-features-before': () => h(Example)
  })
})

export default { extends: Theme, Layout }
