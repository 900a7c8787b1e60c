"""The contract that PeerMain describes, for clients in Python."""

import os
import sys
import traceback

COMMAND = "echo x"


class LeftOut(Exception):
    """The client cannot do this."""


def hop(word):
    host, port = word.rsplit(":", 1)
    return host, int(port)


def hops(words):
    return [hop(word) for word in words]


def answer(client, request, words):
    if request == "first-byte":
        return "%.3f" % client.first_byte(hops(words))
    if request == "forward":
        return client.forward(hops(words[1:]), hop(words[0]))
    if request == "close":
        return client.close_forward()
    if request == "targets":
        jump, *targets = hops(words[1:])
        return client.targets(jump, targets, int(words[0]))
    if request == "hold":
        jump, *targets = hops(words)
        return client.hold(jump, targets)
    raise LeftOut("no " + request + " here")


def serve(make_client):
    """Answers requests until the input ends. The folder of the bed is the first argument."""
    client = make_client(sys.argv[1], *sys.argv[2:])
    for line in sys.stdin:
        request, *words = line.split()
        try:
            result = answer(client, request, words)
            print(("ok %s" % ("" if result is None else result)).strip(), flush=True)
        except Exception as e:
            traceback.print_exc()
            print("no " + " ".join(("%s: %s" % (type(e).__name__, e)).split()), flush=True)
    sys.stdout.flush()
    # Some libraries leave threads.
    os._exit(0)
