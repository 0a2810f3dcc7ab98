#!/bin/bash
# For the minutes in which a GPU is at hand: builds for it alone, checks every operation against the CPU (once more
# under compute-sanitizer where there is one), measures. Needs nvcc, CMake and a C++ compiler, no Node. Results as JSON
# lines in OUT (default: gpu-results); each part has its own limit, 12 minutes in all.
set -u
cd "$(dirname "$0")/.."
OUT=${OUT:-gpu-results}
mkdir -p "$OUT"
NVCC=${NVCC:-$(command -v nvcc || ls "${NEIRO_CUDA_ENV:-/tmp/models/nvcc}"/lib/python*/site-packages/nvidia/cu*/bin/nvcc 2>/dev/null | head -1)}
[ -n "$NVCC" ] || { echo "nvcc is missing"; exit 3; }
ARCH=${ARCH:-$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -1 | tr -d .)}
nvidia-smi --query-gpu=name,driver_version,memory.total,power.limit --format=csv,noheader >"$OUT/gpu.txt" 2>&1
timeout 300 cmake -S . -B build-gpu -DNEIRO_BINDING=OFF -DNEIRO_TESTS=OFF -DNEIRO_BENCH=ON -DNEIRO_NVCC="$NVCC" \
  -DNEIRO_CUDA_ARCHITECTURES="${ARCH:-90}" >"$OUT/build.log" 2>&1 &&
  timeout 300 cmake --build build-gpu --parallel --target gpu_check gpu_bench >>"$OUT/build.log" 2>&1 ||
  { tail -5 "$OUT/build.log"; exit 1; }
timeout 120 build-gpu/gpu_check >"$OUT/check.txt" 2>&1
CHECK=$?
tail -3 "$OUT/check.txt"
[ $CHECK -eq 3 ] && exit 3
if command -v compute-sanitizer >/dev/null; then
  timeout 90 compute-sanitizer --error-exitcode 9 build-gpu/gpu_check --only cuda_products >"$OUT/sanitizer.txt" 2>&1
  echo "compute-sanitizer: $?"
fi
timeout 150 build-gpu/gpu_bench >"$OUT/bench.jsonl" 2>"$OUT/bench.err"
cat "$OUT/bench.jsonl"
exit $CHECK
