"""Commands: `python -m tools.X`."""

import signal
import sys

if sys.argv[0] == "-m" and "-m" in sys.orig_argv:  # one of them is being started
    _interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there are `last_words`
    from constructs_lib import last_words

    last_words.install(sys.orig_argv[sys.orig_argv.index("-m") + 1].partition(".")[2])
    signal.signal(signal.SIGINT, _interrupt)
