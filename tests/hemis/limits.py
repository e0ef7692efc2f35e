"""The clock that a test can set, and HEMIS's limits by it."""
import threading
import time
from collections import deque

FAILURES = 10
ADDRESS_WINDOW, LOGIN_WINDOW = 600, 3600  # seconds


class Clock:
    def __init__(self):
        self.lock = threading.Lock()
        self.real()

    def real(self):
        with self.lock:
            self.fixed, self.ahead = None, 0.0

    def set(self, at):
        """Stands still there, until it is set anew or goes on by advance."""
        with self.lock:
            self.fixed = float(at)

    def advance(self, seconds):
        with self.lock:
            if self.fixed is None:
                self.ahead += seconds
            else:
                self.fixed += seconds

    def now(self):
        with self.lock:
            return self.fixed if self.fixed is not None else time.time() + self.ahead


class LoginLimits:
    """10 failures in 10 minutes an address, 10 in 60 minutes a login; who is over it is refused even with the right password."""

    def __init__(self, clock):
        self.clock, self.lock = clock, threading.Lock()
        self.forget()
        self.forget_counts()

    def forget(self):
        with self.lock:
            self.failures = {"address": {}, "login": {}}

    def forget_counts(self):
        with self.lock:
            self.counts = {"ok": 0, "failed": 0, "over_address": 0, "over_login": 0, "most_of_address": 0, "most_of_login": 0}

    def recent(self, what, who):
        times = self.failures[what].setdefault(who, deque())
        window = ADDRESS_WINDOW if what == "address" else LOGIN_WINDOW
        while times and times[0] <= self.clock.now() - window:
            times.popleft()
        return times

    def over(self, address, login):
        """The limit that refuses this try: "address", "login", or None."""
        with self.lock:
            for what, who in (("address", address), ("login", login)):
                if len(self.recent(what, who)) >= FAILURES:
                    self.counts["over_" + what] += 1
                    return what
            return None

    def failed(self, address, login):
        with self.lock:
            self.counts["failed"] += 1
            for what, who in (("address", address), ("login", login)):
                times = self.recent(what, who)
                times.append(self.clock.now())
                self.counts["most_of_" + what] = max(self.counts["most_of_" + what], len(times))

    def succeeded(self):
        with self.lock:
            self.counts["ok"] += 1


class Rate:
    """Requests a second of each address, in any window of a second; 0: any number.  By the real clock, which never stands still."""

    def __init__(self, most):
        self.most, self.lock, self.times, self.refused = most, threading.Lock(), {}, 0

    def take(self, address):
        if not self.most:
            return True
        with self.lock:
            now = time.monotonic()
            times = self.times.setdefault(address, deque())
            while times and times[0] <= now - 1:
                times.popleft()
            if len(times) >= self.most:
                self.refused += 1
                return False
            times.append(now)
            return True
