"""Lists of people as facilitators have them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.invitees import Invitee, read_invitees
from reviewkit.domain.errors import Invalid, ReviewkitError, UnreadableFile
from reviewkit.domain.words import RespondentRole

ANNA, BEN = Invitee("anna@example.org", RespondentRole.TEAM), Invitee("ben@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "address,role\nanna@example.org,team\nben@example.org,\n",
        "Name;E-Mail;Role\nAnna;anna@example.org;Team\n\n;ben@example.org;\n",
        "anna@example.org,team\nben@example.org,\n",
        "\ufeffemail\trole\r\nanna@example.org\tTEAM\r\nben@example.org\t\r\n",
        "address,role\nanna@example.org,team\n ben@example.org ,\nANNA@example.org,team\n",
    ],
)
def test_people_are_found_each_once(text: str) -> None:
    assert read_invitees(text.encode()) == [ANNA, BEN]
    assert read_invitees(text.replace("\ufeff", "").encode("utf-16")) == [ANNA, BEN]


def test_nothing_but_addresses_is_a_list_too() -> None:
    assert read_invitees(b"ben@example.org") == [BEN]
    assert [one.address for one in read_invitees(b"a@x.org\nb@x.org\n\nc@x.org\n")] == ["a@x.org", "b@x.org", "c@x.org"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not an address\nanna@example.org,boss", "Row 1: “not an address” is no e-mail address. If it is a heading"),
        ("address\nanna at example.org", "Row 2: “anna at example.org” is no e-mail address"),
        ("address\n=cmd|'/C calc'!A0", "is no e-mail address"),
        ("a@x.org\nb@x.org\nc at x.org", "Row 3: “c at x.org” is no e-mail address"),
        ("address\na@b@c.org", "is no e-mail address"),
        ("address\n\u202egro.elpmaxe@a\u202c", "is no e-mail address"),
        ("address\n" + "a" * 300 + "@example.org", "is no e-mail address"),
        ("address,role\na@x.org,king", "Row 2: “king” is no role. There are: sponsor"),
        ("address,role\na@x.org,team\na@x.org,user", "Row 3: a@x.org stands there twice"),
        ("address\n", "holds no addresses"),
        ("address\n" + "\n".join(f"p{n}@x.org" for n in range(10_001)), "more than 10,000 people"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text: str, said: str) -> None:
    with pytest.raises(Invalid) as problem:
        read_invitees(text.encode())
    assert said in str(problem.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"name,phone\nAnna,1", b'address\n"a@x.org', b"<html><body>a@x.org", b"\x89PNG\r\n", b"\0\1\2" * 99],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_invitees(content)


@given(st.text(max_size=200) | st.lists(st.text("a@.,;\n\"' role=é", max_size=30)).map("\n".join))
def test_any_text_is_a_list_or_is_refused(text: str) -> None:
    try:
        found = read_invitees(text.encode("utf-8", "replace"))
    except ReviewkitError:
        return
    assert all("@" in one.address and one.address.isprintable() for one in found)
