#!/usr/bin/env node
// `neiro` from a checkout: makes what is missing, then hands over to the built command line.
import { pathToFileURL } from 'node:url'
import { cliBundle } from './house.mjs'
import { setup } from './setup.mjs'

setup()
await import(pathToFileURL(cliBundle).href)
