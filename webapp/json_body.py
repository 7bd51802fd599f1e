"""A request's body -> a JSON object, strictly: one reading for every sender, nothing guessed."""

from __future__ import annotations

import json
import math
from typing import NoReturn

from flask import Request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType


def json_object(request: Request) -> dict[str, object]:
    """The object that the body holds.

    Raises:
        UnsupportedMediaType: for a type other than application/json, a charset other than UTF-8, or a compressed body.
        BadRequest: for bytes that are not UTF-8, no JSON, a name given twice, a number that is none (NaN, 1e999),
            nesting too deep, or a value that is no object.
        RequestEntityTooLarge: over the limit.
    """
    _check_type(request)
    try:
        found = json.loads(
            request.get_data().decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_finite,
        )
    except UnicodeDecodeError:
        raise BadRequest("The body is not UTF-8.") from None
    except RecursionError:
        raise BadRequest("The body is nested too deeply.") from None
    except ValueError as problem:  # JSONDecodeError, and integers of thousands of digits
        raise BadRequest(f"The body is no JSON: {problem}") from None
    if not isinstance(found, dict):
        raise BadRequest("The body must be a JSON object.")
    return found


def _check_type(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype != "application/json" or charset.lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType()
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice in one object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large")
    return number
