"""What an earlier run has left in output/, and what becomes of it: two trainings never mix. Imports nothing heavy."""

import json

LEFT = ("metrics.jsonl", "status.json", "checkpoints", "best", "adapter", "model")


def result_of(output):
    """Where the result of a run is that has come to its end; None: there is none, or it has not."""
    try:
        state = json.loads((output / "status.json").read_text(encoding="utf-8"))["state"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    found = [output / name for name in ("adapter", "model") if (output / name / "sealed.json").exists()]
    return found[0] if state == "finished" and found else None


def is_left(output):
    return any((output / name).exists() for name in LEFT)


def move_aside(output):
    """Nothing is thrown away: output becomes output-1, or the first number that is free."""
    number = 1
    while (aside := output.with_name(f"{output.name}-{number}")).exists():
        number += 1
    output.rename(aside)
    return aside


def forget_stop(output, began):
    """A wish of before this run. One made since it began counts, however long it takes to start. began: Unix seconds"""
    stop = output / "stop"
    if stop.exists() and stop.stat().st_mtime < began:
        stop.unlink(missing_ok=True)
