// Electron entry: start-up as a list of calls in order, quit as the same list backwards.
export {}
