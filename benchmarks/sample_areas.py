"""The sample organisation's own themes and lessons -> their areas, beside people's truth; sample_truth.py prints it."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.language.areas import anchor_texts, areas_of_groups
from reviewkit.workspace import Workspace
from reviewkit.workspace.derive.labels import label_lessons
from reviewkit.workspace.derive.progress import silent
from reviewkit.workspace.files.samples import sample_rows


def print_areas(ws: Workspace) -> None:
    """The areas given to people's own themes, by their true statements, and to the library's lessons."""
    store, encoder = ws.context.store, ws.context.engines.encoder
    wanted = {row["key"]: row["area"] for row in sample_rows("truth/themes.csv")}
    said = [row for row in sample_rows("truth/statements.csv") if row["theme"]]
    texts = [row["text"] for row in said]
    groups = [[at for at, row in enumerate(said) if row["theme"] == key] for key in wanted]
    areas = areas_of_groups(encoder.encode(texts), groups, encoder.encode(anchor_texts()), texts=texts)
    right = sum(area == true for area, true in zip(areas, wanted.values(), strict=True))
    print(f"  area of people's themes right {right / len(wanted):.1%} of {len(wanted)}")
    lessons = store.lessons.all()
    with store.write():
        store.lessons.put(*(replace(lesson, area=None) for lesson in lessons))
    label_lessons(ws.context, silent)
    found = {lesson.id: lesson.area for lesson in store.lessons.all()}
    judged = [(found[lesson.id], lesson.area) for lesson in lessons if found[lesson.id]]
    print(f"  area of lessons         right {sum(a == b for a, b in judged) / len(judged):.1%} of {len(judged)}")
    with store.write():
        store.lessons.put(*lessons)
