"""What must be here before a training begins. Imports nothing that is heavy."""

import hashlib
import importlib.metadata
import importlib.util
import os
import sys
from pathlib import Path

# DeepSpeed's, which not every training needs: requirements.txt does not ask for it
DEEPSPEED = "deepspeed==0.19.8"


def trouble_here(folder, recipe, place, options):
    """A sentence for each thing that is missing or is not what it should be; none: all is well."""
    return [
        *versions(folder, packed=bool(recipe["quantization"]) and not options.unquantized),
        *files(folder, recipe, options),
        *base_model(recipe, place, options),
        *machine(recipe, options),
    ]


def versions(folder, packed):
    """Every line of requirements.txt against what is installed. Another patch is fine, another minor version is not."""
    if sys.version_info < (3, 10):  # noqa: UP036 (whoever starts it with an older one shall read a sentence)
        yield f"Python is {sys.version.split()[0]}, 3.10 or newer is needed"
    for line in (folder / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.split("#")[0].partition(";")[0].strip().partition("==")
        if not name or (name == "bitsandbytes" and not packed):
            continue
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} is not installed: pip install -r requirements.txt"
            continue
        if found.split("+")[0].split(".")[:2] != version.split(".")[:2]:
            yield f"{name} is {found}, this was written for {version}: pip install -r requirements.txt"


def files(folder, recipe, options):
    """Everything that decides what is learnt, as it was written: lessons, their order, where it starts, tokenizer."""
    for name, digest in recipe["files"].items():
        if name.startswith("model/") and options.model:
            # another copy of the base is used
            continue
        file = folder / name
        if not file.exists():
            yield f"{name} is missing: the folder was not copied whole"
        elif sha256(file) != digest:
            yield f"{name} is not what it was: copy the folder again"


def base_model(recipe, place, options):
    """The weights must be those that the recipe was made for: an adapter for others would say other things."""
    if place is None:
        yield f"the base model {recipe['model']['name']} did not come along: train.py --model FOLDER"
        return
    if not Path(place).is_dir():
        # a folder that was mistyped is no name on the hub
        if options.model or "/" not in place or place.startswith((".", "/")):
            yield f"there is no folder {place}: train.py --model FOLDER (or --hub NAME, to fetch it from the hub)"
        return
    for name, digest in recipe["model"]["sha256"].items():
        file = Path(place) / name
        if not file.exists():
            yield f"{name} is missing in {place}"
        elif sha256(file) != digest:
            yield f"{file} is not the base that this recipe was made for ({recipe['model']['name']})"


def machine(recipe, options):
    if recipe["quantization"] and not options.unquantized and not has_gpu():
        yield "the recipe packs the base (NF4), which needs an NVIDIA GPU: or train.py --unquantized"
    if os.environ.get("ACCELERATE_USE_FSDP", "").lower() == "true" and not has_gpu():
        # it would give each process the whole model, and say nothing
        yield "FSDP needs GPUs: among processors Accelerate 1.15 knows DDP alone (torchrun, or accelerate/ddp.yaml)"
    world = int(os.environ.get("WORLD_SIZE", "1"))
    if options.dry_run and options.processes:
        # before they are started
        world = options.processes
    elif options.processes not in (None, world):
        yield f"this process knows of {world}, there should be {options.processes}: they have not found each other"
    if shares(recipe, world) is None:
        yield does_not_go(recipe, world)
    if os.environ.get("ACCELERATE_USE_DEEPSPEED", "").lower() == "true":
        yield from way_needs("zero")
    elif options.dry_run and options.processes != 1:
        yield from way_needs(recipe["spread"]["said"])


def way_needs(way):
    """What a way of sharing needs beside requirements.txt. way: zero: any of DeepSpeed's; None: none was said"""
    if (way or "").startswith("zero") and importlib.util.find_spec("deepspeed") is None:
        yield f"{way} needs DeepSpeed, which is not installed: pip install {DEEPSPEED}"


def does_not_go(recipe, world):
    batch = recipe["batch"]
    alone = ", each of which needs two at once" if recipe["learns"] == "rated" else ""
    return (
        f"{batch['examples']} examples x {batch['accumulation']} cannot be shared evenly by {world} processes{alone}: "
        f"start {in_words(counts_that_go(recipe))} (python spread.py says how many for the GPUs that are here)"
    )


def shares(recipe, world):
    """Examples a process and passes an update, so that all together make the recipe's update; None: there is no way."""
    examples, accumulation = recipe["batch"]["examples"], recipe["batch"]["accumulation"]
    # a single answer is held against its neighbour's question
    least = 2 if recipe["learns"] == "rated" else 1
    if examples % world == 0 and examples // world >= least:
        return examples // world, accumulation
    own, rest = divmod(examples * accumulation, world)
    if rest:
        return None
    return next(((size, own // size) for size in range(examples, least - 1, -1) if own % size == 0), None)


def counts_that_go(recipe):
    """All numbers of processes that share an update evenly. One always does."""
    total = recipe["batch"]["examples"] * recipe["batch"]["accumulation"]
    return [count for count in range(1, total + 1) if shares(recipe, count)]


def in_words(numbers):
    *first, last = map(str, numbers)
    return f"{', '.join(first)} or {last}" if first else last


def has_gpu():
    if importlib.util.find_spec("torch") is None:
        return False
    import torch

    return torch.cuda.is_available()


def sha256(file):
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
