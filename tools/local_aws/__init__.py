"""The embedded AWS: moto's server on a port of 127.0.0.1, for the demo and the tests.

`python -m tools.local_aws up` starts one that stays; `with LocalAws() as aws:` starts one that
ends with the block, and with its process however that dies.

    session      LocalAws, the context manager
    detached     up, down and status, over the files in `.local_aws/`
    launch       starts the server's process and waits until it answers
    server       that process: when it begins and ends
    application  what it serves: moto
    protocol     what they say to each other
"""

from tools.local_aws.launch import StartFailure
from tools.local_aws.session import LocalAws

__all__ = ["LocalAws", "StartFailure"]
