"""The other half of `npm run reference`: loads our adapter folder in PEFT and our merged folder in
Transformers, base in F32 and in bitsandbytes' NF4, and compares logits with the engine's.
Measure as in tolerances.json: max |d| / max |expected|. No part of the product."""

import json
import os
import sys
import warnings
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
warnings.filterwarnings("ignore")

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, BitsAndBytesConfig
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()
torch.set_grad_enabled(False)


def take_back(packed, state, shape):
    """Values of NF4 blocks, block after block across rows, as bitsandbytes' CUDA kernels and its plain code
    take them back. (Its vector kernel for CPUs, 0.50.2, counts whole blocks per row and so misplaces scales
    where the rows are no multiple of 64.)"""
    codes = torch.stack([packed >> 4, packed & 15], -1).flatten()[: shape.numel()].long()
    second = state.state2
    absmax = second.code[state.absmax.long()] * second.absmax.repeat_interleave(second.blocksize)[: len(state.absmax)]
    scales = (absmax + state.offset).repeat_interleave(state.blocksize)[: len(codes)]
    return (state.code[codes] * scales).view(shape)


def nf4_by_bitsandbytes(model):
    """Every linear layer but the head quantised by bitsandbytes and taken back; products in F32."""
    from bitsandbytes.functional import quantize_4bit

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear) and name != "lm_head":
            weight = module.weight.data
            packed, state = quantize_4bit(weight, blocksize=64, quant_type="nf4", compress_statistics=True)
            module.weight.data = take_back(packed.flatten(), state, weight.shape)
    return model


def load(folder):
    return AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager"
    ).eval()


def load_base(case):
    model = load(case["model"])
    return nf4_by_bitsandbytes(model) if case["base"] == "nf4" else model


def load_in_4bit(case):
    """The same through Transformers' own loading, as a user of QLoRA does it; rows are multiples of 64 here."""
    config = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.float32,
    )
    model = AutoModelForCausalLM.from_pretrained(
        case["model"],
        quantization_config=config,
        dtype=torch.float32,
        attn_implementation="eager",
        device_map="cpu",
    ).eval()
    for module in model.modules():
        # on processors with BF16 products bitsandbytes computes in BF16 whatever compute_dtype says
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
    return model


def logits_of(model, prompts):
    return torch.cat([model(tokens[None]).logits[0].float().flatten() for tokens in prompts])


def error(actual, expected):
    return float((actual - expected).abs().max() / expected.abs().max())


def main(out):
    cases = json.loads((out / "cases.json").read_text())
    packed = load_file(out / "prompts.safetensors")
    prompts = torch.split(packed["tokens"].long(), packed["lengths"].tolist())
    print(f"{len(prompts)} prompts, logits beside Transformers, PEFT and bitsandbytes (max |d| / max)")
    missed = 0
    for case in cases:
        folder = out / case["name"]
        ours = load_file(folder / "engine.safetensors")
        rows = []
        base = load_base(case)
        rows.append(("base", ours["base"], logits_of(base, prompts)))
        tuned = PeftModel.from_pretrained(base, folder / "adapter").eval()
        rows.append(("adapter in PEFT", ours["adapter"], logits_of(tuned, prompts)))
        merged = load(folder / "merged")
        rows.append(("merged in Transformers", ours["adapter"], logits_of(merged, prompts)))
        halved = load(folder / "merged-bf16")
        rows.append(("merged, BF16", ours["merged-bf16"], logits_of(halved, prompts)))
        if case["direct"]:
            direct = load_in_4bit(case)
            rows.append(("base loaded in 4 bit", ours["base"], logits_of(direct, prompts)))
            direct = PeftModel.from_pretrained(direct, folder / "adapter").eval()
            rows.append(("adapter on 4 bit", ours["adapter"], logits_of(direct, prompts)))
        for name, actual, expected in rows:
            distance = error(actual, expected)
            good = actual.shape == expected.shape and distance <= case["tolerance"]
            missed += not good
            verdict = "" if good else "  MISS"
            print(f"  {case['name']:<14}{name:<26}{distance:9.1e} of {case['tolerance']:.1e}{verdict}")
    print("all within the tolerance" if not missed else f"{missed} missed")
    return 1 if missed else 0


sys.exit(main(Path(sys.argv[1])))
