"""Lays the folder of a training out on a node of a Ray cluster, with what was too large for one package.

pieces.json says of which pieces each such file is made. A piece is named by its SHA-256, and lies in one of the folders
where Python looks for modules: Ray has laid it there, on every node.
"""

import json
import shutil
import sys
from pathlib import Path

from checks import sha256


def lay_out(source, target, below=""):
    """A copy of its own, every file whole: Ray may lay out the folder of a job anew while it is at work."""
    for file in sorted((source / below).rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            beside = target / file.relative_to(source)
            beside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, beside)
    plan = source / "pieces.json"
    for entry in json.loads(plan.read_text(encoding="utf-8")) if plan.exists() else []:
        if entry["file"].startswith(below):
            put_together(target / entry["file"], entry["pieces"])


def put_together(file, pieces):
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as whole:
        for mark in pieces:
            with found(mark).open("rb") as piece:
                shutil.copyfileobj(piece, whole, 1 << 20)


def found(mark):
    for place in sys.path:
        piece = Path(place) / f"neiro-piece-{mark}"
        if piece.exists():
            if sha256(piece) != mark:
                raise ValueError(f"{piece} is not what was sent")
            return piece
    raise FileNotFoundError(f"the cluster has not laid out piece {mark}")
