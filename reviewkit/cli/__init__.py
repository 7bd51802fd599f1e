"""Command line -> use cases: one module a noun, each imported when it is named."""

from __future__ import annotations

import click

import reviewkit
from reviewkit.cli.terminal.group import LazyGroup, shared_options

COMMANDS = {
    "demo": "The sample organisation through the whole path, then the web app.",
    "serve": "The web app and its worker.",
    "worker": "Derives what is missing, again and again.",
    "analyse": "Derives what is missing between answers and advice, once.",
    "project": "Projects: import, add, list, show, close.",
    "risk": "Risk registers: import, list.",
    "lesson": "The lessons library: import, list, show, export.",
    "review": "Reviews: new, open, close, list, link.",
    "responses": "Answers from elsewhere: import.",
    "theme": "Themes: list, show, rename, confirm, retire, merge, split, move, undo, diff.",
    "search": "Finds lessons, statements, risks and themes.",
    "kickoff": "Advice for a project that is about to start.",
    "report": "The review report of a project, as HTML, Word or Markdown.",
    "backtest": "Whether past kickoffs would have warned of what came.",
    "insight": "What all projects together say: blind-spots, false-alarms, base-rates.",
    "user": "Accounts of the web app: add, list, disable, passwd.",
    "model": "The language model: list, build, check.",
    "check": "Whether the workspace is sound.",
    "csv": "Themes, links, search and kinds on plain CSV files.",
}
"""Every command with its help, so that `--help` imports none of them."""

main = LazyGroup(
    "reviewkit",
    package=__name__,
    table=COMMANDS,
    params=[*shared_options()],
    help="Post-implementation reviews and lessons learned that come back at the next kickoff.",
    no_args_is_help=True,
)
main = click.version_option(reviewkit.__version__, prog_name="reviewkit")(main)
