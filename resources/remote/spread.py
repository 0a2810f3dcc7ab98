"""How a training is shared among GPUs: as recipe.json says, or by the simplest of Accelerate's ways that fits them.

python spread.py [GPUS]     how many processes, and the name of a configuration of accelerate/: "4 ddp". GPUS: how many
                            there are to share it; absent: those that this process sees
"""

import importlib.util
import json
import sys
from pathlib import Path

from checks import counts_that_go, in_words, way_needs


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


def processes_for(recipe, there):
    """The largest number that shares an update evenly, and a sentence where some of those that are there do nothing."""
    going = counts_that_go(recipe)
    most = max(count for count in going if count <= max(there, 1))
    if most >= there:
        return most, None
    batch = recipe["batch"]
    return most, (
        f"{there} are here, {most} of them train: {batch['examples']} examples x {batch['accumulation']} "
        f"are shared evenly by {in_words(going)}"
    )


def one_gpu(env, there):
    """What CUDA_VISIBLE_DEVICES must be so that a process that is alone sees one GPU; None: it is so already.

    Of several, Transformers would give each a batch of its own: an update would learn from many times as much.
    there: GPUs of this machine.
    """
    if int(env.get("WORLD_SIZE", "1")) > 1:
        return None
    if (visible := env.get("CUDA_VISIBLE_DEVICES")) is None:
        return "0" if there != 1 else None
    first, *others = (one.strip() for one in visible.split(","))
    return first if others else None


def gpus_of_machine():
    """As the driver of Linux lays them out, without asking it; elsewhere nobody knows."""
    return len(list(Path("/dev").glob("nvidia[0-9]*")))


def gpu_count():
    if importlib.util.find_spec("torch") is None:
        return 0
    import torch

    return torch.cuda.device_count()


def gpu_memory():
    """Of the smallest GPU that this process sees, bytes; None: it sees none."""
    if not gpu_count():
        return None
    import torch

    return min(torch.cuda.get_device_properties(one).total_memory for one in range(torch.cuda.device_count()))


def of_recipe(folder):
    return json.loads((folder / "recipe.json").read_text(encoding="utf-8"))


def main():
    recipe = of_recipe(Path(__file__).resolve().parent)
    there = int(sys.argv[1]) if sys.argv[1:] else gpu_count()
    processes, said = processes_for(recipe, there)
    if said:
        print(said, file=sys.stderr)
    way = choose(recipe["spread"], processes, gpu_memory())
    for trouble in way_needs(way):
        sys.exit(trouble)
    print(processes, way)


if __name__ == "__main__":
    main()
