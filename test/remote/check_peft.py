"""Logits of an adapter that came home, by PEFT, beside those of Neiro's engine.

    python check_peft.py BASE ADAPTER FILE [LABELS]     FILE: tokens and lengths of the prompts, and what the engine says;
                                                        LABELS: it scores so many, and says no tokens
"""

import sys

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

TOLERANCE = 1e-4


def main():
    base, adapter, file = sys.argv[1:4]
    said = load_file(file)
    prompts = torch.split(said["tokens"].long(), said["lengths"].tolist())
    told = {"dtype": torch.float32, "attn_implementation": "eager"}
    if len(sys.argv) > 4:
        model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=int(sys.argv[4]), **told).eval()
    else:
        model = AutoModelForCausalLM.from_pretrained(base, **told).eval()

    def logits():
        with torch.inference_mode():
            return torch.cat([model(tokens[None]).logits[0].flatten() for tokens in prompts])

    untouched = logits()
    model = PeftModel.from_pretrained(model, adapter).eval()
    expected = logits()
    most = expected.abs().max()
    distance = float((said["adapter"] - expected).abs().max() / most)
    learnt = float((untouched - expected).abs().max() / most)
    print(f"apart by {distance:.1e}, learnt {learnt:.1e}")
    sys.exit(0 if distance < TOLERANCE < learnt else 1)


if __name__ == "__main__":
    main()
