"""What must be here before a training begins. Imports nothing that is heavy."""

import hashlib
import importlib.metadata
import importlib.util
import os
from pathlib import Path


def trouble_here(folder, recipe, place, options):
    """A sentence for each thing that is missing or is not what it should be; none: all is well."""
    return [
        *versions(folder, packed=bool(recipe["quantization"]) and not options.unquantized),
        *lessons(folder, recipe),
        *base_model(recipe, place),
        *machine(recipe, options),
    ]


def versions(folder, packed):
    """Every line of requirements.txt against what is installed. Another patch is fine, another minor version is not."""
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


def lessons(folder, recipe):
    for part in recipe["lessons"].values():
        file = folder / part["file"]
        if not file.exists():
            yield f"{part['file']} is missing: the folder was not copied whole"
        elif sha256(file) != part["sha256"]:
            yield f"{part['file']} is not what it was: copy the folder again"


def base_model(recipe, place):
    """The weights must be those that the recipe was made for: an adapter for others would say other things."""
    if place is None:
        yield f"the base model {recipe['model']['name']} did not come along: train.py --model FOLDER"
        return
    if not Path(place).is_dir():
        if "/" not in place or place.startswith((".", "/")):
            yield f"there is no base model at {place}: train.py --model FOLDER"
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
    if options.processes not in (None, world):
        yield f"this process knows of {world}, there should be {options.processes}: they have not found each other"
    if shares(recipe["batch"], world) is None:
        batch = recipe["batch"]
        yield (
            f"{batch['examples']} examples x {batch['accumulation']} cannot be shared evenly by {world} processes: "
            "start a number of them that divides it"
        )


def shares(batch, world):
    """Examples a process and passes an update, so that all together make the recipe's update; None: there is no way."""
    examples, accumulation = batch["examples"], batch["accumulation"]
    if examples % world == 0:
        return examples // world, accumulation
    total = examples * accumulation
    if total % world:
        return None
    return next((size, total // world // size) for size in range(examples, 0, -1) if (total // world) % size == 0)


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
