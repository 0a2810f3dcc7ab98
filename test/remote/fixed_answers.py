"""Trains a generated folder of GRPO or RLOO with answers that are given, not drawn: the parts of what the data answer.

    python fixed_answers.py FOLDER TEXTS    TEXTS: where the texts of all answers are left, by their token ids

The same answers can then be given elsewhere, and everything that follows from them be compared.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

FOLDER, TEXTS = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
sys.path.insert(0, str(FOLDER))

from methods import make_trainer  # noqa: E402
from report import Report  # noqa: E402

# tokens of the answers to one question, one after the other
LENGTHS = (3, 6, 10, 16)
HELD_OUT = 2


def main():
    recipe = json.loads((FOLDER / "recipe.json").read_text(encoding="utf-8"))
    options = argparse.Namespace(model=None, output=FOLDER / "output", resume=False, unquantized=False)
    report = Report(options.output, recipe, resume=False)
    trainer = make_trainer(FOLDER, recipe, str(FOLDER / "model"), options, report)
    rows = {name: lessons(FOLDER / part["file"]) for name, part in recipe["lessons"].items()}
    right = {tuple(row["prompt_ids"]): row["answer_ids"] for part in rows.values() for row in part}
    held_out = {tuple(row["prompt_ids"]) for row in rows["held_out"]}
    asked = Counter()
    texts = {}

    def answered(prompt):
        key = tuple(prompt)
        asked[key] += 1
        which = HELD_OUT if key in held_out else (asked[key] - 1) % len(LENGTHS)
        return right[key][: LENGTHS[which]]

    def said(prompt_ids, *_arguments, **_named):
        answers = [answered(prompt) for prompt in prompt_ids]
        return answers if recipe["method"] == "rloo" else (answers, None)

    for answer in right.values():
        for length in (*LENGTHS, len(answer), len(answer) - 1):
            texts[",".join(map(str, answer[:length]))] = trainer.processing_class.decode(
                answer[:length], skip_special_tokens=True
            )
    TEXTS.write_text(json.dumps(texts), encoding="utf-8")
    trainer._generate_single_turn = said
    report.follow(trainer)
    trainer.train()
    report.finish(trainer)


def lessons(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


main()
