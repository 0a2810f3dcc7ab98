"""The user's half after product.ts: the exported folders in Transformers and PEFT, tokenizer and chat template
included. Prints how far logits are apart and whether tokens and texts are the same."""

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
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

logging.set_verbosity_error()
torch.set_grad_enabled(False)
TOLERANCE = 5e-5


def main(out):
    if not (out / "prompts.json").exists():
        return 0
    told = json.loads((out / "prompts.json").read_text())
    prompts = told["prompts"]
    ours = load_file(out / "engine.safetensors")
    load = lambda folder: AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    logits = lambda model: torch.cat(
        [model(torch.tensor([prompt["tokens"]])).logits[0].flatten() for prompt in prompts]
    )
    base = load(told["base"])
    merged = load(out / "merged")
    rows = [("starter", ours["base"], logits(base)), ("merged folder", ours["merged"], logits(merged))]
    rows.append(("merged beside adapter", ours["adapter"], logits(merged)))
    rows.append(("PEFT folder", ours["adapter"], logits(PeftModel.from_pretrained(base, out / "peft").eval())))
    bad = 0
    print(f"the starter, tuned and exported from the command line; {len(prompts)} questions")
    for name, actual, expected in rows:
        distance = float((actual - expected).abs().max() / expected.abs().max())
        bad += not distance <= TOLERANCE
        print(f"  {name:<40}{distance:9.1e} of {TOLERANCE:.1e}{'' if distance <= TOLERANCE else '  MISS'}")
    changed = float((ours["adapter"] - ours["base"]).abs().max() / ours["base"].abs().max())
    bad += not changed > TOLERANCE
    print(f"  {'what the adapter changes':<40}{changed:9.1e}{'' if changed > TOLERANCE else '  NOTHING'}")
    tokenizer = AutoTokenizer.from_pretrained(out / "merged")
    for prompt in prompts:
        text = tokenizer.apply_chat_template(prompt["messages"], tokenize=False, add_generation_prompt=True)
        tokens = tokenizer(prompt["text"], add_special_tokens=False)["input_ids"]
        if text != prompt["text"] or tokens != prompt["tokens"]:
            bad += 1
            print(f"  DIFFERS: {prompt['text']!r} {text!r} {tokens}")
    print(f"  {'texts and tokens as AutoTokenizer':<40}{'exact' if not bad else ''}")
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
