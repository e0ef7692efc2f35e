"""One listener is flooded, and who asks the other one hardly notices.

    /usr/bin/python3 tests/server/flood.py SECONDS     of each spell

Spells without and with a flood take turns, so that whatever else the machine does falls on both.  Judged is the ratio of medians, of which
ten milliseconds count as the least: below that nobody waits.  Nobody who keeps to the rules is refused.  The flooders are the nicest
processes there are: they stand for machines of their own.  The same without limits is told
beside it, and judged by nobody: on a busy machine such a flood does not come to much.
"""
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from registrar import Registrar  # noqa: E402

TURNS = 4
FACTOR = 5.0  # on two cores, all of which the flood would take
LEAST_MS = 10.0
MANY = "100000000"
ELSEWHERE, SILENT_ONES = "127.0.0.2", "127.0.0.3"  # the flood's addresses


class Flood:
    """Walkers, each as fast as it is answered over four connections, or rate times a second; clients that stay and say next to nothing."""

    def __init__(self, build, port, walks, silent, rate=None):
        self.walker = os.path.join(os.path.abspath(build), "people_walk")
        self.port, self.walks, self.silent = port, walks, silent
        self.environment = dict(os.environ, WALK_FROM=ELSEWHERE, **({"WALK_RATE": str(rate)} if rate else {}))
        self.processes, self.sockets = [], []

    def __enter__(self):
        for walk in self.walks:
            self.processes.append(subprocess.Popen(["nice", "-n", "19", self.walker, str(self.port), *walk], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                                   env=self.environment))
        for _ in range(self.silent):
            try:
                self.sockets.append(socket.create_connection(("127.0.0.1", self.port), timeout=5, source_address=(SILENT_ONES, 0)))
                self.sockets[-1].send(b"\x16\x03\x01\x02")  # a handshake's first bytes, of which the rest never comes
            except OSError:
                pass  # turned away: that is what the limit is for
        time.sleep(0.2)
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(10)
        for one in self.sockets:
            one.close()
        self.processes, self.sockets = [], []


class Times:
    def __init__(self):
        self.of = {}

    def add(self, what, flooded, began):
        self.of.setdefault(what, ([], []))[flooded].append((time.monotonic() - began) * 1000)

    def ratios(self):
        return {what: max(LEAST_MS, statistics.median(flooded)) / max(LEAST_MS, statistics.median(calm)) for what, (calm, flooded) in self.of.items()}


def visit(registrar, n, flooded, times, failures, until):
    """As kiosks ask, with their rests."""
    kiosk, turn = registrar.kiosk("K-%d" % n), 0
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            kiosk.sign_in(*registrar.students[n])
            times.add("sign-in", flooded, began)
            for _ in range(3):
                began = time.monotonic()
                status, body = kiosk.ask("GET", "home")
                times.add("home", flooded, began)
                assert status == 200, (status, body)
            began = time.monotonic()
            status, body = kiosk.ask("POST", "preview", {"service": "certificate-of-study", "language": "uz", "answers": {"receiver": "any"}, "width": 400})
            times.add("preview", flooded, began)
            assert status == 200, (status, body)
            turn += 1
            time.sleep(0.25)  # a kiosk has its share of requests
    except Exception as failure:  # noqa: BLE001: told below
        failures.append(failure)
    finally:
        kiosk.forget_connection()


def check(registrar, code, flooded, times, failures, until):
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            status, body = registrar.public("/v/" + code)
            times.add("check", flooded, began)
            assert status == 200, (status, body)
            time.sleep(0.02)
    except Exception as failure:  # noqa: BLE001: told below
        failures.append(failure)


def spells(seconds, flood, ask):
    """ask(flooded, times, failures, until) -> threads."""
    times, failures = Times(), []
    for turn in range(2 * TURNS):
        flooded = turn % 2
        if flooded:
            flood.__enter__()
        threads = ask(flooded, times, failures, time.monotonic() + seconds)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if flooded:
            flood.__exit__()
    assert not failures, failures[:3]
    return times


def tell(name, times):
    ratios = times.ratios()
    for what, (calm, flooded) in times.of.items():
        print("  %-8s %-8s calm %6.1f ms, flooded %6.1f ms, %.1f times; %d and %d asked" %
              (name, what, statistics.median(calm), statistics.median(flooded), ratios[what], len(calm), len(flooded)), flush=True)
    return max(ratios.values())


def refused_requests(registrar, listener):
    with open(registrar.log.name, encoding="utf-8") as log:
        text = log.read()
    return sum(int(count) for count in re.findall(r"http-limited listener=%s route=any limit=requests count=(\d+)" % listener, text))


def play(build, seconds, *options):
    """(worst ratio for kiosks, worst ratio beside a mad kiosk, requests that it was refused)."""
    with tempfile.TemporaryDirectory() as folder:
        registrar = Registrar(build, folder, ["K-%d" % n for n in range(4)])
        try:
            registrar.serve(*options)
            kiosk = registrar.kiosk("K-0")
            kiosk.sign_in(*registrar.students[0])
            code = kiosk.issue("any", "uz")["code"].replace("-", "")
            public = Flood(build, registrar.ports["people"], [("code", code, MANY), ("random", MANY, "7"), ("path", "/status/1", MANY), ("path", "/keys", MANY)], 40)
            kiosks = spells(seconds, public, lambda flooded, times, failures, until: [
                threading.Thread(target=visit, args=(registrar, n, flooded, times, failures, until)) for n in (0, 1)])
            shown = [os.path.join(folder, "K-3", name) for name in ("certificate.pem", "key.pem")]
            mad = Flood(build, registrar.ports["kiosks"], [("path", "/kiosk/v1/catalogue", MANY, *shown)] * 2 + [("path", "/kiosk/v1/home", MANY)] * 2, 400, 1000)
            others = spells(seconds, mad, lambda flooded, times, failures, until: [
                threading.Thread(target=check, args=(registrar, code, flooded, times, failures, until)),
                threading.Thread(target=visit, args=(registrar, 1, flooded, times, failures, until))])
            time.sleep(1.2)  # refusals are written down once a second
            return tell("kiosks", kiosks), tell("beside", others), refused_requests(registrar, "kiosks")
        finally:
            registrar.close()


def main():
    seconds, build = float(sys.argv[1]), os.environ.get("BUILD", "build/debug")
    kiosks, others, refused = play(build, seconds)
    assert refused > 20, "the broken kiosk was refused %d times" % refused
    assert kiosks <= FACTOR, "kiosks wait %.1f times as long while the public listener is flooded" % kiosks
    assert others <= FACTOR, "people and kiosks wait %.1f times as long while a kiosk is mad" % others
    print("  and where nothing is limited:", flush=True)
    unguarded = play(build, seconds, "--no-limits")
    print("while the public listener is flooded kiosks wait at most %.1f times as long, none is refused; while a broken kiosk and silent clients flood the "
          "kiosks' listener (%d requests told to come later), others wait at most %.1f times as long; without limits %.1f and %.1f times" %
          (kiosks, refused, others, *unguarded[:2]))


if __name__ == "__main__":
    main()
