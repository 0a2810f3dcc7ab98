// The systems that Neiro runs on, as zig and CMake call them. Each names the oldest version that its module will load on.
export const targets = {
  'linux-x64': { zig: 'x86_64-linux-gnu.2.28', system: 'Linux', processor: 'x86_64' },
  'linux-arm64': { zig: 'aarch64-linux-gnu.2.28', system: 'Linux', processor: 'aarch64' },
  'win32-x64': { zig: 'x86_64-windows-gnu', system: 'Windows', processor: 'AMD64' },
  'darwin-arm64': { zig: 'aarch64-macos.12.0', system: 'Darwin', processor: 'arm64' },
  'darwin-x64': { zig: 'x86_64-macos.12.0', system: 'Darwin', processor: 'x86_64' }
}

/** Where a module for another system lies once it is built, below the checkout. */
export const builtFor = (target) => `addon/build-elsewhere/${target}/neiro.node`
