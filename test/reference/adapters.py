"""The user's half after adapters.ts: each PEFT folder in peft, with the same logits as the engine's. No part of
the product."""

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
from transformers import AutoModelForCausalLM
from transformers.utils import logging

logging.set_verbosity_error()
torch.set_grad_enabled(False)
TOLERANCE = 5e-5


def main(out):
    if not (out / "adapters.json").exists():
        return 0
    told = json.loads((out / "adapters.json").read_text())
    bad = 0
    print("adapters of other kinds, tuned and exported from the command line, in peft")
    for name in told["kinds"]:
        base = AutoModelForCausalLM.from_pretrained(
            told["base"], dtype=torch.float32, attn_implementation="eager"
        ).eval()
        model = PeftModel.from_pretrained(base, out / f"{name}-peft").eval()
        expected = torch.cat([model(torch.tensor([t])).logits[0][-len(t) :].flatten() for t in told["tokens"]])
        ours = load_file(out / f"{name}.safetensors")
        largest = expected.abs().max()
        distance = float((ours["adapter"] - expected).abs().max() / largest)
        changed = float((ours["adapter"] - ours["base"]).abs().max() / largest)
        miss = not (distance <= TOLERANCE < changed)
        bad += miss
        print(f"  {name:<8}{distance:9.1e} of {TOLERANCE:.1e}, changes {changed:.1e}{'  MISS' if miss else ''}")
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
