"""A review template -> its TOML text, which reads back as the same template."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from reviewkit.domain.reviews import Question, Template


def template_toml(template: Template) -> str:
    """The template as its own file would hold it; fields left at their default are left out.

    The key is not in it: a template is called as its file is.
    """
    head = [
        f"title = {_text(template.title)}",
        f"wave = {_text(template.wave)}",
        f"minutes = {template.minutes}",
        f"intro = {_text(template.intro)}",
    ]
    blocks = ["\n".join(head), *("\n".join(_lines(question)) for question in template.questions)]
    return "\n\n".join(blocks) + "\n"


def _lines(question: Question) -> Iterator[str]:
    yield "[[questions]]"
    yield f"key = {_text(question.key)}"
    yield f"text = {_text(question.text)}"
    if question.help:
        yield f"help = {_text(question.help)}"
    yield f"type = {_text(question.type)}"
    if question.required:
        yield "required = true"
    if question.lens:
        yield f"lens = {_text(question.lens)}"
    if question.area:
        yield f"area = {_text(question.area)}"
    if question.expects:
        yield f"expects = {_text(question.expects)}"
    if question.options:
        yield f"options = {_texts(question.options)}"
    if question.when:
        yield f"when = {{ question = {_text(question.when.question)}, answers = {_texts(question.when.answers)} }}"


def _texts(values: tuple[str, ...]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _text(value: str) -> str:
    """A basic string of TOML, which escapes what JSON does, and the character 127 too."""
    return re.sub("\x7f", r"\\u007f", json.dumps(str(value), ensure_ascii=False))
