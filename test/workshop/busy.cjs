// Loaded into a process of the workshop before its program: it works on its first job for ever.
process.once('message', function look(message) {
  if (message.kind !== 'job') return process.once('message', look)
  // the program has heard of it, too
  setImmediate(() => {
    for (;;);
  })
})
