// Where it begins.
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import { session } from './api/session.svelte'
import App from './app/App.svelte'
import { router } from './app/router.svelte'
import { theme } from './app/theme.svelte'
import { beginWorker } from './app/worker'
import { language } from './i18n/language.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has an element #app')
theme.begin()
language.begin()
void session.begin()
mount(App, { target })
router.begin()
beginWorker()
