"""The words that change with a way, in any text of the project and in the names of its files.

CDK Terrain kept CDKTF's API, `cdktf.json`, `cdktf.out`, the `CDKTF_` variables and `@cdktf/`'s
symbols (seen in cdktn 0.24.0 and cdktn-cli 0.24.0, 2026-11). So what changes is the name of the
Python package, of the CLI's package and of its command; and, with AWS provider 6, the name of its
bindings. A word is left as it is where a phrase of `_KEPT` holds it, and as a part of a longer name
(`acme-cdktf-state`, `ghcr.io/acme/cdktf`): that is someone's bucket, image or service.
"""

from __future__ import annotations

import re

from tools.leave.ways import TODAY, WAYS, Way

_KEPT = (
    r"cdktf\\?\.(?:json|out)\b",  # the names that CDK Terrain kept
    r"@cdktf/[\w-]+",
    r'"?managed-by"?\s*[:=]\s*"cdktf"',  # a tag on what is deployed
    r"cdktf[-_]cdktf[-_]provider[-_](?!aws\b)\w+",  # any other provider's bindings
    r"cdktf 0\.21\.0",  # where something was seen
    r"leaving-cdktf|import-cdktf",  # a page and a benchmark
    r"back to cdktf[-\w]*",  # what tools/leave says, in docs/errors.md too
)
_AWS = r"cdktf[-_]cdktf[-_]provider[-_]aws\b(?P<release> \d+\.\d+\.\d+\b)?"
_CLI_PROGRAM = r'"bundle" / "bin" / "cdktf"'
_RELEASES = "|".join(re.escape(way.aws) for way in (TODAY, *WAYS.values()))
_VERSION = rf'(?P<of>PROVIDER_VERSION = |"version": |\bversion = )"(?:{_RELEASES})"'
_SOURCE = r'"source": "aws"'
_REQUIRED = r"(?m:^(?:cdktf|cdktn)(?:-cdktf)?(?P<aws>-provider-aws)?==[\w.]+$)"
_STARTER = r"(?<![^\W_])cdktf_cli\b"  # of tools/
_PATHS = r"(?<=bin/)|(?<=tools/)|(?<=node_modules/)"
_WORD = rf"(?:(?<![\w./@:-])|(?<=\\b)|{_PATHS})cdktf(?!\w|[-/](?!cli\b))"

_FOUND = re.compile(
    rf"(?P<required>{_REQUIRED})|(?P<version>{_VERSION})|(?P<kept>{'|'.join(_KEPT)})"
    rf"|(?P<source>{_SOURCE})|(?P<bindings>{_AWS})|(?P<program>{_CLI_PROGRAM})"
    rf"|(?P<word>{_STARTER}|{_WORD})"
)


def renamed(text: str, way: Way) -> str:
    """`text` with the words of `way`; text that has them already stays as it is."""

    def word(found: re.Match[str]) -> str:
        old = found[0]
        match found.lastgroup:
            case "required":
                return way.provider if found["aws"] else way.framework
            case "version":
                return f'{found["of"]}"{way.aws}"'
            case "source" if way.changes_provider:
                return '"source": "hashicorp/aws"'
            case "bindings" if found["release"]:
                return way.provider.replace("==", " ")
            case "bindings" if way.changes_provider:
                return old[len("cdktf-") :].replace("cdktf", "cdktn", 1)
            case "program" if way.changes_framework:
                return '"bin" / "cdktn"'
            case "word" if way.changes_framework:
                return old.replace("cdktf", "cdktn")
        return old

    return _FOUND.sub(word, text)
