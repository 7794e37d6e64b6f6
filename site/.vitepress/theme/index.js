import { defineAsyncComponent, defineComponent, h } from 'vue'
import { useData } from 'vitepress'
import Theme from 'vitepress/theme'
import './style.css'

const Playground = defineAsyncComponent(() => import('../../play/Playground.vue'))

// Layout puts the playground on its page, which is text alone on GitHub.
const Layout = defineComponent(() => {
  const { page } = useData()
  return () => h(Theme.Layout, null, {
    'page-top': () => page.value.relativePath === 'playground.md' ? h(Playground) : null
  })
})

export default { extends: Theme, Layout }
