"""The user's half after combined.ts: the same adapters combined by peft's add_weighted_adapter, with the same logits as the
engine's of the folder that Neiro wrote; and that folder opened in peft. No part of the product."""

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


def logits_of(model, told):
    return torch.cat([model(torch.tensor([t])).logits[0].flatten() for t in told["tokens"]])


def base_of(told):
    return AutoModelForCausalLM.from_pretrained(told["base"], dtype=torch.float32, attn_implementation="eager").eval()


def main(out):
    if not (out / "combined.json").exists():
        return 0
    told = json.loads((out / "combined.json").read_text())
    bad = 0
    print("adapters combined from the command line, and by peft's add_weighted_adapter")
    for name, one in told["combinations"].items():
        first, *others = one["adapters"]
        model = PeftModel.from_pretrained(base_of(told), out / first / "adapter", adapter_name=first)
        for other in others:
            model.load_adapter(out / other / "adapter", adapter_name=other)
        model.add_weighted_adapter(one["adapters"], one["weights"], "all", combination_type=one["how"])
        model.set_adapter("all")
        ours = load_file(out / f"{name}.safetensors")
        opened = PeftModel.from_pretrained(base_of(told), out / f"{name}-made").eval()
        largest = ours["adapter"].abs().max()
        changed = float((ours["adapter"] - ours["base"]).abs().max() / largest)
        for what, model in {"by peft": model.eval(), "opened in peft": opened}.items():
            distance = float((ours["adapter"] - logits_of(model, told)).abs().max() / largest)
            miss = not (distance <= TOLERANCE < changed)
            bad += miss
            print(
                f"  {name:<8}{what:<16}{distance:9.1e} of {TOLERANCE:.1e}, changes {changed:.1e}{'  MISS' if miss else ''}"
            )
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
