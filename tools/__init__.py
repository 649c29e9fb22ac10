"""Commands: `python -m tools.X`."""

import sys

if sys.argv[0] == "-m" and "-m" in sys.orig_argv:  # one of them is being started
    from constructs_lib import last_words

    last_words.install(sys.orig_argv[sys.orig_argv.index("-m") + 1].partition(".")[2])
