"""For all tests, and for what they start."""

import signal

# Where a script has started the tests in its background, Ctrl-C is ignored; a test would wait for
# what it interrupts for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
