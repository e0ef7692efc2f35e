"""32 kiosks that ask for 32 papers at the same moment, round after round, through the kiosks' listener; what became of the numbers.

    /usr/bin/python3 tests/server/issues_at_once.py ROUNDS [sqlite] [postgresql]

A round: each kiosk asks for a paper that nobody asked for before, all at once; every fourth asks twice at once, with one key, over two
connections, and where two registrars serve one database, over both of them.  Afterwards no number is missing or given twice, each key has
one paper, and the audit log's chain holds.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from registrar import ROOT, Registrar  # noqa: E402

KIOSKS = 32
TWICE = 4  # every fourth kiosk asks twice


class Asker:
    """A kiosk with its student; asks on its own connection, and the second time on another one."""

    def __init__(self, registrars, number, student):
        name = "K-%d" % number
        self.first = registrars[0].kiosk(name)
        self.second = registrars[-1].kiosk(name) if number % TWICE == 0 else None
        self.first.sign_in(*student)
        if self.second:
            self.second.bearer = self.first.bearer
        self.number = number
        self.papers = {}  # key: what each asking was told

    def body(self, turn):
        return {"service": "certificate-of-study", "language": ("uz", "en")[turn % 2], "answers": {"receiver": "other", "place": "Bank %d" % turn}, "again": False}

    def ask(self, kiosk, key, turn, told):
        status, answer = kiosk.ask("PUT", "requests/" + key, self.body(turn))
        told.append((status, json.loads(answer)))

    def turn(self, turn):
        key, told = str(uuid.uuid4()), []
        beside = threading.Thread(target=self.ask, args=(self.second, key, turn, told)) if self.second else None
        if beside:
            beside.start()
        self.ask(self.first, key, turn, told)
        if beside:
            beside.join()
        self.papers[key] = told


def catalogue_without_limits(folder):
    """Nobody asks for a hundred certificates a day but a test."""
    shutil.copytree(os.path.join(ROOT, "kiosk/services"), folder)
    path = os.path.join(folder, "certificate-of-study.json")
    with open(path, encoding="utf-8") as file:
        service = json.load(file)
    del service["limit"]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(service, file)


def all_at_once(askers, rounds):
    """The rounds' times in seconds."""
    barrier = threading.Barrier(len(askers) + 1)
    failures = []

    def run(asker):
        try:
            for turn in range(rounds):
                barrier.wait()
                asker.turn(turn)
                barrier.wait()
        except Exception as failure:  # noqa: BLE001: told below, whatever it is
            failures.append((asker.number, failure))
            barrier.abort()

    threads = [threading.Thread(target=run, args=(asker,)) for asker in askers]
    for thread in threads:
        thread.start()
    times = []
    try:
        for _ in range(rounds):
            barrier.wait()
            began = time.monotonic()
            barrier.wait()
            times.append(time.monotonic() - began)
    except threading.BrokenBarrierError:
        pass
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]
    return times


def judge(askers, rounds):
    """No number is missing or given twice, and one key is one paper."""
    numbers, documents = {}, set()
    for asker in askers:
        assert len(asker.papers) == rounds
        for key, told in asker.papers.items():
            statuses = sorted(status for status, _ in told)
            assert statuses in ([201], [200, 201]), (asker.number, key, told)
            papers = {(answer["document"], answer["number"], answer["code"]) for _, answer in told}
            assert len(papers) == 1, "two papers for one key: %r" % papers
            document, number, _ = papers.pop()
            assert number not in numbers, "%s was given to %s and %s" % (number, numbers[number], document)
            numbers[number] = document
            documents.add(document)
    count = rounds * len(askers)
    assert len(documents) == count
    years = {number[:7] for number in numbers}
    assert len(years) == 1, "the year changed while this ran: once more, please"
    assert {int(number[7:]) for number in numbers} == set(range(1, count + 1)), "a number is missing"
    return count


def audit_holds(registrar):
    """The sealer gives positions each second; a log that is not all sealed yet is asked again."""
    until = time.monotonic() + 20
    while True:
        done = subprocess.run([registrar.program, "audit", "verify", registrar.data], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        if done.returncode == 0:
            return done.stdout.strip().splitlines()[-1]
        assert time.monotonic() < until, done.stdout
        time.sleep(0.5)


def run(build, rounds, database, registrar_count):
    with tempfile.TemporaryDirectory() as folder:
        cluster = os.path.join(folder, "postgresql")
        script = os.path.join(ROOT, "tests/postgresql")
        registrars = []
        try:
            address = subprocess.run([script, "start", cluster], stdout=subprocess.PIPE, text=True, check=True).stdout.strip() if database == "postgresql" else None
            registrars = [Registrar(build, folder, ["K-%d" % n for n in range(KIOSKS)], address)]
            catalogue_without_limits(os.path.join(folder, "services"))
            registrars[0].set("paths", "catalogue", os.path.join(folder, "services"))
            registrars[0].serve("--no-limits")
            registrars += [registrars[0].beside("--no-limits") for _ in range(registrar_count - 1)]
            askers = [Asker(registrars, n, registrars[0].students[n]) for n in range(KIOSKS)]
            times = all_at_once(askers, rounds)
            count = judge(askers, rounds)
            said = audit_holds(registrars[0])
        finally:
            for registrar in registrars:
                registrar.close()
            if database == "postgresql":
                subprocess.run([script, "remove", cluster], check=True)
    times.sort()
    print("%s, %d registrar%s: %d papers in %d rounds of %d at once, numbers 1 to %d without a gap, %d keys asked twice at once: one paper each; a round %.2f s (%.0f papers a second); audit: %s" %
          (database, registrar_count, "" if registrar_count == 1 else "s", count, rounds, KIOSKS, count, count // TWICE, times[len(times) // 2], count / sum(times), said), flush=True)


def main():
    rounds = int(sys.argv[1])
    build = os.environ.get("BUILD", "build/debug")
    for database in sys.argv[2:] or ["sqlite", "postgresql"]:
        run(build, rounds, database, 1 if database == "sqlite" else 2)


if __name__ == "__main__":
    main()
