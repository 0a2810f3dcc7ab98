"""Trains what recipe.json says: one base model, one set of lessons, one adapter (or the whole model).

    python train.py --dry-run              what is missing here, without training
    python train.py                        one process: this CPU, or one GPU
    torchrun --nproc_per_node 2 train.py   several processes of this CPU
    accelerate launch train.py             several GPUs (see README.md for the configuration that fits)
    python train.py --resume               on from the last checkpoint

What it leaves is below output/: metrics.jsonl (one line an update), status.json, checkpoints/, adapter/ or model/.
Ctrl-C, SIGTERM or a file output/stop: it saves a checkpoint at the next update and ends.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from checks import trouble_here

HERE = Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="check versions, model and lessons; train nothing")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint of --output")
    parser.add_argument("--processes", type=int, help="how many there should be: one that is alone by mistake ends")
    parser.add_argument("--model", help="folder or hub name of the base model; absent: as recipe.json says")
    parser.add_argument("--output", type=Path, default=HERE / "output", help="what it learnt is left here")
    parser.add_argument(
        "--unquantized", action="store_true", help="hold the base whole although the recipe packs it (NF4)"
    )
    return parser.parse_args()


def model_place(recipe, said):
    """Where the base is: what was said, the copy that came along, or its name on the hub."""
    beside = HERE / "model"
    if said:
        return said
    return str(beside) if (beside / "config.json").exists() else recipe["model"]["hub"]


def main():
    options = arguments()
    recipe = json.loads((HERE / "recipe.json").read_text(encoding="utf-8"))
    place = model_place(recipe, options.model)
    trouble = trouble_here(HERE, recipe, place, options)
    if trouble or options.dry_run:
        print(
            "\n".join(trouble) or "All is here: versions, model and lessons.",
            file=sys.stderr if trouble else sys.stdout,
        )
        sys.exit(2 if trouble else 0)

    # what follows takes seconds to import: a dry run has ended by now
    from methods import make_trainer
    from report import Report

    report = Report(options.output, recipe, resume=options.resume)
    try:
        trainer = make_trainer(HERE, recipe, place, options, report)
        report.follow(trainer)
        trainer.train(resume_from_checkpoint=report.checkpoint)
        report.finish(trainer)
    except Exception as error:
        report.failed(error)
        raise
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        trainer.accelerator.wait_for_everyone()
        trainer.accelerator.end_training()


if __name__ == "__main__":
    main()
