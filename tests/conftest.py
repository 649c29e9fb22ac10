"""For all tests, and for what they start."""

import os
import signal

# Where a script has started the tests in its background, Ctrl-C is ignored; a test would wait for
# what it interrupts for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What README lets a shell choose for the project is not for the tests, which choose for themselves.
for chosen in ("NETFLUX_ENV", "CDKTF_AUTO_APPROVE"):
    os.environ.pop(chosen, None)
