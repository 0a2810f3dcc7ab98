#!/bin/sh
# Starts the training in the background, so that it goes on when whoever started it has gone. Its words: output/log.txt.
# NEIRO_PYTHON says which Python; else one beside this folder (.venv), else python3.
cd "$(dirname "$0")" || exit 1
mkdir -p output || exit 1
for python in "$NEIRO_PYTHON" ../.venv/bin/python ../../.venv/bin/python python3; do
  [ -n "$python" ] && command -v "$python" > /dev/null && break
done
"$python" train.py --dry-run > output/check.txt 2>&1 || {
  tail -n 5 output/check.txt >&2
  exit 2
}
count=$(nvidia-smi -L 2> /dev/null | wc -l)
if [ "$count" -gt 1 ]; then
  way=$("$python" spread.py "$count") || exit 2
  set -- -m accelerate.commands.launch --config_file "accelerate/$way.yaml" --num_processes "$count" train.py
else
  set -- train.py
fi
nohup setsid "$python" "$@" --resume >> output/log.txt 2>&1 < /dev/null &
echo $! > output/pid
