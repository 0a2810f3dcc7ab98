"""Between the two halves of kinds.ts: our virtual tokens in peft with the same logits; then an adapter of every kind made by peft,
its values moved off their beginning, saved beside its logits. No part of the product."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.filterwarnings("ignore")

import torch
from peft import (
    IA3Config,
    LoraConfig,
    PeftModel,
    PrefixTuningConfig,
    PromptEncoderConfig,
    PromptTuningConfig,
    VeraConfig,
    get_peft_model,
)
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()
TASK = {"task_type": "CAUSAL_LM"}
LORA = {**TASK, "r": 4, "lora_alpha": 8, "target_modules": "all-linear"}
VIRTUAL = {**TASK, "num_virtual_tokens": 5}
KINDS = {
    "lora": LoraConfig(**LORA),
    "rslora": LoraConfig(**LORA, use_rslora=True),
    "dora": LoraConfig(**LORA, use_dora=True),
    "bias": LoraConfig(**LORA, bias="lora_only"),
    "patterns": LoraConfig(**LORA, rank_pattern={"q_proj": 8}, alpha_pattern={"down_proj": 4}),
    "some-layers": LoraConfig(**{**LORA, "target_modules": ["q_proj", "v_proj"]}, layers_to_transform=[0]),
    "whole-head": LoraConfig(**LORA, modules_to_save=["lm_head"]),
    "tokens": LoraConfig(**LORA, trainable_token_indices=[5, 9]),
    "vera": VeraConfig(**TASK, r=8, target_modules=["q_proj", "o_proj"], save_projection=True),
    "ia3": IA3Config(**TASK, target_modules=["k_proj", "v_proj", "down_proj"], feedforward_modules=["down_proj"]),
    "prompt": PromptTuningConfig(**VIRTUAL),
    "prefix": PrefixTuningConfig(**VIRTUAL),
    "p-tuning": PromptEncoderConfig(**VIRTUAL, encoder_hidden_size=16),
}


def base(told):
    return AutoModelForCausalLM.from_pretrained(told["model"], dtype=torch.float32, attn_implementation="eager").eval()


@torch.no_grad()
def logits_of(model, told):
    """Of the tokens alone: before them peft gives those of virtual tokens."""
    given = model(torch.tensor([told["tokens"]])).logits[0].float()
    return given[-len(told["tokens"]) :].flatten()


def main(out):
    told = json.loads((out / "kinds.json").read_text())
    bad = 0
    print("virtual tokens tuned here, in peft")
    for name in told["kinds"]:
        ours = load_file(out / f"ours-{name}.safetensors")
        expected = logits_of(PeftModel.from_pretrained(base(told), out / f"ours-{name}").eval(), told)
        largest = expected.abs().max()
        distance = float((ours["adapter"] - expected).abs().max() / largest)
        changed = float((ours["base"] - expected).abs().max() / largest)
        miss = not (distance <= told["tolerance"] < changed)
        bad += miss
        print(f"  {name:<20}{distance:.1e} of {told['tolerance']:.1e}, changes {changed:.1e}{'  MISS' if miss else ''}")
    for name, config in KINDS.items():
        torch.manual_seed(3)
        model = get_peft_model(base(told), config)
        with torch.no_grad():
            for values in model.parameters():
                if values.requires_grad:
                    values += 0.05 * torch.randn_like(values)
        model.eval()
        model.save_pretrained(out / f"peft-{name}")
        save_file({"adapter": logits_of(model, told).contiguous()}, out / f"peft-{name}.safetensors")
    return 1 if bad else 0


sys.exit(main(Path(sys.argv[1])))
