"""Progress goes to stderr: plain lines without a terminal, nothing with --quiet."""

from __future__ import annotations

import click
from click.testing import CliRunner

from reviewkit.cli.terminal.group import shared_options
from reviewkit.cli.terminal.progress import progress


@click.command(params=[*shared_options()])
def work() -> None:
    with progress() as report:
        for done in range(0, 101, 10):
            report("statements", done, 100)
        for done in (300, 600, 900, 1300, 1400):
            report("vectors", done, 0)
    click.echo("result")


def test_without_a_terminal_a_few_plain_lines_tell_how_far_it_is() -> None:
    result = CliRunner().invoke(work)
    assert result.stdout == "result\n"
    assert result.stderr.splitlines() == [
        "statements: 30 of 100",
        "statements: 50 of 100",
        "statements: 80 of 100",
        "statements: 100 of 100",
        "vectors: 600 so far",
        "vectors: 1300 so far",
        "vectors: 1400",
    ]


def test_quiet_is_quiet() -> None:
    result = CliRunner().invoke(work, ["--quiet"])
    assert (result.stdout, result.stderr) == ("result\n", "")
