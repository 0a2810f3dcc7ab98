#!/bin/sh
# Starts the training in the background, so that it goes on when whoever started it has gone. Its words: output/log.txt.
# Goes on from the last checkpoint where there is one. NEIRO_PYTHON says which Python; else that of .venv, here or beside
# this folder, else python3.
cd "$(dirname "$0")" || exit 1
mkdir -p output || exit 1
# a wish to stop counts from here on
rm -f output/stop
NEIRO_BEGAN=$(date +%s)
export NEIRO_BEGAN
for python in "$NEIRO_PYTHON" .venv/bin/python ../.venv/bin/python ../../.venv/bin/python python3; do
  [ -n "$python" ] && command -v "$python" > /dev/null && break
done
refused() {
  tail -n 5 output/check.txt >&2
  exit 2
}
# all GPUs that it sees (CUDA_VISIBLE_DEVICES), as far as they share an update evenly
shared=$("$python" spread.py 2> output/check.txt) || refused
tee -a output/log.txt < output/check.txt >&2
count=${shared% *}
"$python" train.py --dry-run --processes "$count" > output/check.txt 2>&1 || refused
if [ "$count" -gt 1 ]; then
  set -- -m accelerate.commands.launch --config_file "accelerate/${shared#* }.yaml" --num_processes "$count" train.py
else
  set -- train.py
fi
nohup setsid "$python" "$@" --resume >> output/log.txt 2>&1 < /dev/null &
echo $! > output/pid
