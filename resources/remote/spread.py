"""How a training is shared among GPUs: as recipe.json says, or by the simplest of Accelerate's ways that fits them.

python spread.py PROCESSES     prints its name: a configuration of accelerate/
"""

import json
import sys
from pathlib import Path


def choose(spread, processes, gpu_bytes):
    """spread: of recipe.json. gpu_bytes: memory of the smallest GPU; None: there are none."""
    if processes == 1:
        return "single"
    if spread["said"]:
        return spread["said"]
    if gpu_bytes is None:
        return "ddp"
    room = gpu_bytes * spread["usable"]
    fitting = [way for way in spread["ways"] if way["whole"] + way["divided"] / processes <= room]
    # where none fits, the last one comes nearest to it
    return (fitting or spread["ways"][-1:])[0]["name"]


def gpu_memory():
    """Of the smallest GPU that this process sees, bytes; None: it sees none."""
    import torch

    found = range(torch.cuda.device_count())
    return min((torch.cuda.get_device_properties(one).total_memory for one in found), default=None)


def of_recipe(folder):
    return json.loads((folder / "recipe.json").read_text(encoding="utf-8"))["spread"]


if __name__ == "__main__":
    print(choose(of_recipe(Path(__file__).resolve().parent), int(sys.argv[1]), gpu_memory()))
