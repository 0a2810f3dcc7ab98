"""What is calculated in: the recipe's word, as far as this machine can."""

import torch


def numbers_of(recipe, tell=False):
    """BF16 where the recipe lets it and the GPU has it by itself: older ones only mimic it, slowly."""
    if recipe["precision"] == "f32" or not torch.cuda.is_available():
        return torch.float32
    if torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.bfloat16
    if tell:
        print(f"{torch.cuda.get_device_name()} has no BF16: F32 is used, which takes more memory and time.")
    return torch.float32
