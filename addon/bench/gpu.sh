#!/bin/bash
# For the minutes in which a GPU is at hand; 12 of them at most, each part with a limit of its own. In a checkout it
# builds first (nvcc, CMake, a C++ compiler, no Node); in an archive of `npm run cuda:pack` everything lies ready.
#   1. every operation against the CPU, and the golden cases in F32 and BF16 (these where Node came along)
#   2. the products and attention of one layer; whole steps of LoRA; the same by Transformers + PEFT, in BF16 and
#      bitsandbytes' NF4; time of each kernel by ncu, where it is there
#   3. the products once more under compute-sanitizer
# Results in OUT (default: gpu-results). SHAPE=8B LAYERS=8 TOKENS=512,2048 PARTS="check speed sanitizer" choose less.
set -u
HERE=$(cd "$(dirname "$0")" && pwd)
OUT=$(mkdir -p "${OUT:-gpu-results}" && cd "${OUT:-gpu-results}" && pwd)
SHAPE=${SHAPE:-8B} LAYERS=${LAYERS:-0} TOKENS=${TOKENS:-512,2048} PARTS=${PARTS:-check speed sanitizer}
MODELS=${MODELS:-/tmp/neiro-gpu-models}
has() { case " $PARTS " in *" $1 "*) return 0 ;; esac; return 1; }
say() { echo "== $1 (at $SECONDS s)"; }

nvidia-smi --query-gpu=name,driver_version,memory.total,power.limit --format=csv,noheader | tee "$OUT/gpu.txt"
if [ -x "$HERE/gpu_check" ]; then
  BIN=$HERE
else
  cd "$HERE/.." || exit 1
  BIN=$PWD/build-gpu
  NVCC=${NVCC:-$(command -v nvcc || ls "${NEIRO_CUDA_ENV:-/tmp/models/nvcc}"/lib/python*/site-packages/nvidia/cu*/bin/nvcc 2>/dev/null | head -1)}
  [ -n "$NVCC" ] || { echo "nvcc is missing"; exit 3; }
  ARCH=${ARCH:-$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -1 | tr -d .)}
  say "build for ${ARCH:-90}"
  timeout 300 cmake -S . -B build-gpu -DNEIRO_BINDING=OFF -DNEIRO_TESTS=OFF -DNEIRO_BENCH=ON -DNEIRO_NVCC="$NVCC" \
    -DNEIRO_CUDA_ARCHITECTURES="${ARCH:-90}" >"$OUT/build.log" 2>&1 &&
    timeout 300 cmake --build build-gpu --parallel --target gpu_check gpu_bench gpu_step >>"$OUT/build.log" 2>&1 ||
    { tail -5 "$OUT/build.log"; exit 1; }
fi

CHECK=0
if has check; then
  say check
  # Beside one another: they prove, they do not measure.
  (timeout 120 "$BIN/gpu_check" >"$OUT/check.txt" 2>&1; echo $? >"$OUT/check.rc") &
  if [ -x "$HERE/run.sh" ]; then
    "$HERE/run.sh" --unpack >/dev/null 2>&1  # its Node, once for both
    for COMPUTE in f32 bf16; do
      timeout 120 "$HERE/run.sh" --compute $COMPUTE --brief golden >"$OUT/golden-$COMPUTE.txt" 2>&1 &
    done
  fi
  wait
  CHECK=$(cat "$OUT/check.rc")
  tail -3 "$OUT/check.txt"
  [ "$CHECK" -eq 3 ] && exit 3
  for COMPUTE in f32 bf16; do [ -e "$OUT/golden-$COMPUTE.txt" ] && tail -12 "$OUT/golden-$COMPUTE.txt"; done
fi
if has speed; then
  say "one layer"
  timeout 60 "$BIN/gpu_bench" >"$OUT/bench.jsonl" 2>"$OUT/bench.err"
  say "whole steps"
  timeout 150 "$BIN/gpu_step" "$MODELS" --shape "$SHAPE" --layers "$LAYERS" --tokens "$TOKENS" --base nf4,bf16 \
    2>&1 | tee "$OUT/step.jsonl"
  say "the rival"
  RIVAL=$HERE/peft_bench.py
  [ -e "$RIVAL" ] || RIVAL=$HERE/../../test/reference/peft_bench.py
  PYTHONUNBUFFERED=1 PYTHONPATH=$HERE/python${PYTHONPATH:+:$PYTHONPATH} timeout 150 python3 "$RIVAL" \
    --shapes "$SHAPE" --layers "$LAYERS" --tokens "$TOKENS" 2>"$OUT/rival.err" | tee "$OUT/rival.jsonl"
  [ -s "$OUT/rival.jsonl" ] || tail -2 "$OUT/rival.err"
  if command -v ncu >/dev/null; then
    say "each kernel"
    timeout 60 ncu --clock-control none --metrics gpu__time_duration.sum --csv "$BIN/gpu_step" "$MODELS" --shape "$SHAPE" \
      --layers 4 --tokens 2048 --steps 1 >"$OUT/ncu.csv" 2>&1
    wc -l "$OUT/ncu.csv"
  fi
fi
if has sanitizer && command -v compute-sanitizer >/dev/null; then
  say sanitizer
  timeout 90 compute-sanitizer --error-exitcode 9 "$BIN/gpu_check" --only cuda_products >"$OUT/sanitizer.txt" 2>&1
  echo "compute-sanitizer: $?"
fi
say end
exit "$CHECK"
