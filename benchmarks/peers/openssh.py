"""OpenSSH's own client. It has no warm form: each connection is a process, or one for each hop."""

import os
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import contract


class OpenSsh:
    def __init__(self, folder, *options):
        self.ssh = ["ssh", "-F", os.path.join(folder, "ssh_config"), *options]
        self.held = []

    def command(self, hops, *rest):
        jumps = ["%s:%d" % hop for hop in hops[:-1]]
        host, port = hops[-1]
        return [*self.ssh, *(["-J", ",".join(jumps)] if jumps else []), "-p", str(port), *rest, host]

    def first_byte(self, hops):
        begin = time.perf_counter()
        with subprocess.Popen([*self.command(hops), contract.COMMAND], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE) as ssh:
            if ssh.stdout.read(1) != b"x":
                raise RuntimeError("the command said something else")
            return (time.perf_counter() - begin) * 1000

    def forward(self, hops, target):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        spec = "127.0.0.1:%d:%s:%d" % (port, *target)
        ssh = subprocess.Popen(self.command(hops, "-N", "-o", "ExitOnForwardFailure=yes", "-L", spec),
                               stdin=subprocess.DEVNULL)
        self.held.append(ssh)
        while ssh.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return port
            except ConnectionRefusedError:
                time.sleep(0.02)
        raise RuntimeError("ssh ended with %d" % ssh.returncode)

    def close_forward(self):
        for ssh in self.held:
            ssh.terminate()
            ssh.wait()
        self.held.clear()

    def targets(self, jump, targets, parallel):
        with ThreadPoolExecutor(parallel) as pool:
            return sum(pool.map(lambda target: self.run([jump, target]), targets))

    def run(self, hops):
        output = subprocess.run([*self.command(hops), contract.COMMAND], stdin=subprocess.DEVNULL,
                                capture_output=True, check=True).stdout
        return output == b"x\n"

    def hold(self, jump, targets):
        raise contract.LeftOut("a process for each session")


contract.serve(OpenSsh)
