"""The user's half after scores.ts: folders that sort texts and that give replies points, in Transformers'
AutoModelForSequenceClassification, and their PEFT folders in peft. Prints how far scores are apart. No part
of the product."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
warnings.filterwarnings("ignore")

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification
from transformers.utils import logging

logging.set_verbosity_error()
torch.set_grad_enabled(False)
TOLERANCE = 5e-5


def main(out):
    if not (out / "scores.json").exists():
        return 0
    told = json.loads((out / "scores.json").read_text())
    scores = lambda model: torch.cat(
        [model(torch.tensor([tokens])).logits[0].flatten() for tokens in told["tokens"]]
    )
    load = lambda folder, **more: AutoModelForSequenceClassification.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", **more
    ).eval()
    bad = 0
    print(f"the starter, learnt to give scores and exported from the command line; {len(told['tokens'])} texts")
    for kind in told["kinds"]:
        name = kind["name"]
        ours = load_file(out / f"{name}.safetensors")
        merged = load(out / f"{name}-merged")
        adapter = PeftModel.from_pretrained(
            load(told["base"], num_labels=kind["labels"]), out / f"{name}-peft"
        ).eval()
        rows = [
            ("merged folder", ours["merged"], scores(merged)),
            ("merged beside adapter", ours["adapter"], scores(merged)),
            ("PEFT folder", ours["adapter"], scores(adapter)),
        ]
        for said, actual, expected in rows:
            distance = float((actual - expected).abs().max() / expected.abs().max())
            miss = not distance <= TOLERANCE
            bad += miss
            print(f"  {name + ': ' + said:<44}{distance:9.1e} of {TOLERANCE:.1e}{'  MISS' if miss else ''}")
        if merged.config.num_labels != kind["labels"]:
            bad += 1
            print(f"  {name}: {merged.config.num_labels} labels")
        if kind["labels"] > 1:
            names = [merged.config.id2label[i] for i in range(kind["labels"])]
            same = sorted(names) == told["names"]
            bad += not same
            print(f"  {name + ': id2label':<44}{'kept' if same else f'LOST {names}'}")
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
