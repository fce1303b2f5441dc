"""Tells Reeve about this program's progress, or what this program is.

    import reeve_run
    run = reeve_run.Run(kind="training", owner="ana", checkpoint={"signal": "USR1", "ack": "/ckpt/ack", "within": "5m"})
    run.report(step=120, loss=0.52)          # a loss that is nan or inf is welcome
    run.listen(lambda notice: print(notice["text"]))   # be told before anything happens; acknowledges each notice
    run.end()

Needs nothing but Python 3. It never disturbs the program: a method returns False, and Run.error says why, when the daemon
refuses or is not there. After a restart of the daemon it connects again by itself.
"""

import json
import os
import socket
import threading
import time

SOCKET = os.environ.get("REEVE_RUN_SOCKET", "/run/reeve/run.sock")


class _Connection:
    def __init__(self, path, timeout):
        self.socket = socket.socket(socket.AF_UNIX)
        try:
            self.socket.settimeout(timeout)
            self.socket.connect(path)
            self.file = self.socket.makefile("r", encoding="utf-8", newline="\n")
            self.ask({"reeve": 1})
        except BaseException:
            self.socket.close()
            raise

    def say(self, line):
        self.socket.sendall((json.dumps(line) + "\n").encode())

    def read(self):
        line = self.file.readline()
        if not line.endswith("\n"):
            raise OSError("the daemon closed the connection")
        return json.loads(line)

    def ask(self, line):
        self.say(line)
        answer = self.read()
        if not answer.get("ok"):
            raise ValueError(answer.get("error", "refused"))

    def close(self):
        self.socket.close()


class Run:
    """One per program. May be used by several threads. Members of a declaration are given as keyword arguments."""

    def __init__(self, path=SOCKET, timeout=5.0, name=None, **declaration):
        self.path, self.timeout, self.name = path, timeout, name
        self.error = ""
        self._lock = threading.Lock()
        self._connection = None
        self._process = os.getpid()
        self._tried = -1e9
        self._declaration = {}
        if declaration:
            self.declare(**declaration)

    def declare(self, **declaration):
        """kind, owner, group, protect, checkpoint, budget, single_node."""
        return self._ask({"declare": declaration}, declaration)

    def report(self, step=None, loss=None, end=False, total_steps=None):
        line = {"step": step, "loss": None if loss is None else float(loss), "run": self.name, "end": end or None,
                "total_steps": total_steps}
        return self._ask({key: value for key, value in line.items() if value is not None})

    def end(self):
        return self.report(end=True)

    def listen(self, callback):
        """Calls callback(notice) on a thread of its own for each notice; what returns is acknowledged."""
        threading.Thread(target=self._listen, args=(callback,), name="reeve-notices", daemon=True).start()

    def _ask(self, line, declaration=None):
        with self._lock:
            again = self._connection is not None  # an old connection may have died with an old daemon
            while True:
                try:
                    self._connect()
                    self._connection.ask(line)
                    self._declaration.update(declaration or {})
                    self.error = ""
                    return True
                except ValueError as refused:
                    self.error = str(refused)
                    return False
                except OSError as failure:
                    self.error = "no daemon answers at %s: %s" % (self.path, failure)
                    self._declaration.update(declaration or {})  # for the next connection
                    if self._connection is not None:
                        self._connection.close()
                        self._connection = None
                    if not again:
                        return False
                    again = False
                    self._tried = -1e9

    def _connect(self):
        if self._process != os.getpid():  # after a fork the connection is the parent's
            self._process, self._connection = os.getpid(), None
        if self._connection is not None:
            return
        if time.monotonic() - self._tried < 10:
            raise OSError(self.error)
        self._tried = time.monotonic()
        self._connection = _Connection(self.path, self.timeout)
        if self._declaration:
            self._connection.ask({"declare": self._declaration})

    def _listen(self, callback):
        while True:
            try:
                connection = _Connection(self.path, self.timeout)
                try:
                    connection.ask({"notices": True})
                    connection.socket.settimeout(None)
                    while True:
                        line = connection.read()
                        if "notice" in line:
                            callback(line["notice"])
                            connection.say({"ack": line["notice"]["id"]})
                finally:
                    connection.close()
            except (OSError, ValueError) as failure:
                self.error = str(failure)
            time.sleep(10)
