// Entry of the window: styles, then the app.
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { refuseStrayDrops } from './lib/stray-drops'

refuseStrayDrops(window)
const target = document.getElementById('app')
if (target) mount(App, { target })
