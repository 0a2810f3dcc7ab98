// What CMake is told of a system that is not this one: a file of its own form, and zig under the names of compiler and archiver.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes it into `folder`; answers the file's path. */
export function writeToolchain(folder, zig, target) {
  mkdirSync(folder, { recursive: true })
  const program = (name, words) => {
    const file = join(folder, name)
    writeFileSync(file, `#!/bin/sh\nexec "${zig}" ${words} "$@"\n`)
    chmodSync(file, 0o755)
    return file
  }
  const lines = [
    `set(CMAKE_SYSTEM_NAME ${target.system})`,
    `set(CMAKE_SYSTEM_PROCESSOR ${target.processor})`,
    // zig's own checks of undefined behaviour are for its debug builds
    `set(CMAKE_CXX_COMPILER "${program('c++', `c++ -target ${target.zig} -fno-sanitize=all`)}")`,
    `set(CMAKE_AR "${program('ar', 'ar')}")`,
    `set(CMAKE_RANLIB "${program('ranlib', 'ranlib')}")`,
    // nothing that it builds can be run here
    'set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)'
  ]
  const file = join(folder, 'toolchain.cmake')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}
