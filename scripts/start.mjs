// `npm start`: makes what is missing, then runs the main job.
process.argv.splice(2, 0, 'demo')
await import('./neiro.mjs')
