"""Figures of sorting, over all held-out rows at once, as scikit-learn counts them."""

import numpy


def sorting_figures(problem):
    return {"regression": of_numbers, "single_label_classification": of_one, "multi_label_classification": of_several}[
        problem
    ]


def of_numbers(prediction):
    return {
        "mean_error": float(numpy.abs(prediction.predictions.reshape(-1) - prediction.label_ids.reshape(-1)).mean())
    }


def of_one(prediction):
    said, right = prediction.predictions.argmax(1), prediction.label_ids
    labels = numpy.arange(prediction.predictions.shape[1])
    return {"accuracy": float((said == right).mean()), **f1(said[:, None] == labels, right[:, None] == labels)}


def of_several(prediction):
    said, right = prediction.predictions > 0, prediction.label_ids > 0.5
    return {"accuracy": float((said == right).all(1).mean()), **f1(said, right)}


def f1(said, right):
    """Rows by labels, true where a label is given. A label that nobody has and nobody says is left out."""
    hits, count = (said & right).sum(0), said.sum(0) + right.sum(0)
    seen = count > 0
    each = numpy.where(seen, 2 * hits / numpy.maximum(count, 1), 0)
    rows = right.sum(0)
    return {
        "macro_f1": float(each[seen].mean()) if seen.any() else 0.0,
        "micro_f1": float(2 * hits.sum() / max(count.sum(), 1)),
        "weighted_f1": float((each * rows).sum() / max(rows.sum(), 1)),
    }
