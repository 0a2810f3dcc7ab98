"""Opens the base of a generated folder with what it starts from; with a part of that left out it must be refused.

python check_start.py FOLDER
"""

import argparse
import json
import sys
from pathlib import Path

from safetensors.torch import load_file, save_file

FOLDER = Path(sys.argv[1]).resolve()
sys.path.insert(0, str(FOLDER))

from methods import opened_model  # noqa: E402


def main():
    recipe = json.loads((FOLDER / "recipe.json").read_text(encoding="utf-8"))
    options = argparse.Namespace(unquantized=False)
    opened_model(FOLDER, recipe, str(FOLDER / "model"), options)
    print("whole: opened")
    file = FOLDER / "start" / "adapter_model.safetensors"
    all_of_it = load_file(file)
    left_out = sorted(all_of_it)[0]
    save_file({name: part for name, part in all_of_it.items() if name != left_out}, file)
    try:
        opened_model(FOLDER, recipe, str(FOLDER / "model"), options)
    except ValueError as error:
        print(f"spoilt: {error}")
    else:
        sys.exit("what is missing was made up unseen")
    finally:
        save_file(all_of_it, file)


if __name__ == "__main__":
    main()
