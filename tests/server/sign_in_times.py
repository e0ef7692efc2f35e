"""How long a wrong name takes beside a wrong secret, through the kiosks' listener.

    /usr/bin/python3 tests/server/sign_in_times.py TRIES     of each kind

Tries of both kinds come in a random order over many connections.  Three times are judged: the whole one as a kiosk sees it; how late after
the full second, at which failed answers leave, it came (the second hides what lies before it from the first); and how long the registrar
worked, as its log says.  Each by Welch's t-test and by the ranks (Mann and Whitney) at 1 %.  What is seen by chance is not seen a second time.

That it can see is shown in the same run: by a registrar that does not look at passwords of nobody's, and by answers that are held back a
little.
"""
import http.client
import json
import math
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from registrar import Registrar  # noqa: E402

NAME, SECRET = "wrong name", "wrong secret"
KINDS = (NAME, SECRET)
LEVEL = 0.01
THREADS = 24
KIOSKS = 4  # of each kind: the log names the kiosk, so it tells the kinds apart
ACCOUNTS = 50
MEASURES = ("whole", "after the second", "inside")


# --- statistics, exactly ---

def beta_fraction(a, b, x):
    """The continued fraction of the incomplete beta function (Lentz's way)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 1000):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 + term * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + term / c
            c = c if abs(c) > tiny else tiny
            value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return value


def incomplete_beta(a, b, x):
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * beta_fraction(a, b, x) / a
    return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b


def welch(one, other):
    """How likely means that far apart are by chance (two-sided)."""
    n, m = len(one), len(other)
    v, w = statistics.variance(one) / n, statistics.variance(other) / m
    difference = statistics.fmean(one) - statistics.fmean(other)
    if v + w == 0:
        return 1.0 if difference == 0 else 0.0
    t = difference / math.sqrt(v + w)
    freedom = (v + w) ** 2 / (v * v / (n - 1) + w * w / (m - 1))
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def ranks(one, other):
    """Mann and Whitney's test by the normal law, ties counted."""
    n, m = len(one), len(other)
    all_values = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum, ties, at = 0.0, 0.0, 0
    while at < len(all_values):
        end = at
        while end < len(all_values) and all_values[end][0] == all_values[at][0]:
            end += 1
        rank_sum += (at + end + 1) / 2 * sum(1 for value in all_values[at:end] if value[1] == 0)
        ties += (end - at) ** 3 - (end - at)
        at = end
    total = n + m
    spread = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    return 1.0 if spread == 0 else math.erfc(abs(rank_sum - n * (n + 1) / 2 - n * m / 2) / math.sqrt(2 * spread))


def smallest_seen(one, other):
    """The difference of means that would be seen nine times in ten."""
    return (2.576 + 1.282) * math.sqrt(statistics.variance(one) / len(one) + statistics.variance(other) / len(other))


assert abs(incomplete_beta(2, 3, 0.4) - 0.5248) < 1e-9
assert abs(welch([3, 4, 1, 2.1], [490.2, 340, 433.9]) - 0.0107515611) < 1e-8  # a case worked out elsewhere


# --- tries ---

def numbers_that_nobody_has(students, count):
    known, source = {number for number, _ in students}, random.Random(401)
    found = []
    while len(found) < count:
        number = "4012411%05d" % source.randrange(100000)
        if number not in known and number not in found:
            found.append(number)
    return found


class Times:
    def __init__(self):
        self.of = {measure: {kind: [] for kind in KINDS} for measure in MEASURES}
        self.answers = {kind: set() for kind in KINDS}
        self.lock = threading.Lock()


def try_once(kiosk, kind, number, hold_back, times):
    password = "%06x" % random.getrandbits(24)
    began = time.monotonic()
    if not kiosk.connection:
        kiosk.connection = http.client.HTTPSConnection("localhost", kiosk.registrar.ports["kiosks"], timeout=30, context=kiosk.context)
        kiosk.connection.connect()
        began = time.monotonic()
    kiosk.connection.request("POST", "/kiosk/v1/session", json.dumps({"number": number, "password": password}), {"Content-Type": "application/json"})
    answer = kiosk.connection.getresponse()
    if kind == NAME and hold_back:
        time.sleep(hold_back)
    came = time.monotonic()
    body = answer.read()
    head = tuple((name, value) for name, value in answer.getheaders() if name != "Date")
    with times.lock:
        times.of["whole"][kind].append((came - began) * 1000)
        times.of["after the second"][kind].append(came % 1 * 1000)
        times.answers[kind].add((answer.status, answer.reason, head, body))


def work(registrar, thread, plan, numbers, hold_back, times, failures):
    kiosks = {kind: registrar.kiosk("%s-%d" % (kind[6], thread % KIOSKS)) for kind in KINDS}
    source = random.Random()
    try:
        while True:
            try:
                kind = plan.pop()
            except IndexError:
                break
            time.sleep(source.random())
            try_once(kiosks[kind], kind, source.choice(numbers[kind]), hold_back, times)
    except Exception as failure:  # noqa: BLE001: told below, whatever it is
        failures.append(failure)
    finally:
        for kiosk in kiosks.values():
            kiosk.forget_connection()


def measure(registrar, tries, hold_back=0.0):
    times, failures = Times(), []
    accounts = registrar.students[:ACCOUNTS]
    numbers = {SECRET: [number for number, _ in accounts], NAME: numbers_that_nobody_has(registrar.students, len(accounts))}
    plan = [kind for kind in KINDS for _ in range(tries)]
    random.shuffle(plan)
    with open(registrar.log.name, encoding="utf-8") as log:
        began_at = log.seek(0, os.SEEK_END)
        threads = [threading.Thread(target=work, args=(registrar, n, plan, numbers, hold_back, times, failures)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, failures[:3]
        log.seek(began_at)
        for letter, ms in re.findall(r"sign-in kiosk=(\w)-\d+ result=refused way=password hemis=not-asked ms=(\d+)", log.read()):
            times.of["inside"][NAME if letter == NAME[6] else SECRET].append(float(ms))
    for measure_ in MEASURES:
        assert [len(times.of[measure_][kind]) for kind in KINDS] == [tries, tries], (measure_, "the log tells of other sign-ins than were made")
    both = times.answers[NAME] | times.answers[SECRET]
    assert len(both) == 1, "answers differ: %r" % both
    assert next(iter(both))[0] == 401, both
    return times


def judge(times):
    """{measure: p} of what a test at LEVEL sees; the smaller of both tests' p counts."""
    seen = {}
    for name in MEASURES:
        one, other = (times.of[name][kind] for kind in KINDS)
        p = min(welch(one, other), ranks(one, other))
        if p < LEVEL:
            seen[name] = p
    return seen


def tell(times):
    for name in MEASURES:
        one, other = (times.of[name][kind] for kind in KINDS)
        print("  %-16s  name %7.1f ms, secret %7.1f ms (medians %.1f, %.1f)   t-test p = %.3f, ranks p = %.3f; %.1f ms would be seen" %
              (name, statistics.fmean(one), statistics.fmean(other), statistics.median(one), statistics.median(other), welch(one, other), ranks(one, other),
               smallest_seen(one, other)), flush=True)


def limits_answer_alike(registrar):
    """With limits on, one account of somebody's and one of nobody's: the same answers, and the same waits, try by try."""
    told = {}

    def ask(kind, number):
        kiosk, told[kind] = registrar.kiosk("%s-0" % kind[6]), []
        for _ in range(5):
            status, body = kiosk.ask("POST", "session", {"number": number, "password": "wrong"})
            told[kind].append((status, json.loads(body).get("type")))
        kiosk.forget_connection()

    threads = [threading.Thread(target=ask, args=pair) for pair in
               ((SECRET, registrar.students[-1][0]), (NAME, numbers_that_nobody_has(registrar.students, ACCOUNTS + 1)[-1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told[NAME] == told[SECRET] and (429, "/problems/limit") in told[NAME], told


def shows_that_it_sees(registrar, build, tries):
    os.environ["LD_PRELOAD"] = os.path.abspath(os.path.join(build, "libquick_nobody.so"))
    try:
        registrar.serve("--no-limits")
    finally:
        del os.environ["LD_PRELOAD"]
    seen = judge(measure(registrar, tries))
    assert "inside" in seen, "a registrar that does not look at nobody's password was not seen"
    registrar.end()
    registrar.serve("--no-limits")
    held = judge(measure(registrar, tries, 0.02))
    assert "after the second" in held, "answers that were held back by 20 ms were not seen"
    return seen["inside"], held["after the second"]


def main():
    tries, build = int(sys.argv[1]), os.environ.get("BUILD", "build/debug")
    with tempfile.TemporaryDirectory() as folder:
        registrar = Registrar(build, folder, ["%s-%d" % (kind[6], n) for kind in KINDS for n in range(KIOSKS)])
        try:
            registrar.serve()
            limits_answer_alike(registrar)
            registrar.end()
            registrar.serve("--no-limits")
            times = measure(registrar, tries)
            tell(times)
            seen = judge(times)
            if seen:
                print("  seen, by chance or not: %s; once more" % ", ".join(seen), flush=True)
                times = measure(registrar, tries)
                tell(times)
                seen = {name: p for name, p in judge(times).items() if name in seen}
            assert not seen, "a wrong name and a wrong secret take different times: %r" % seen
            registrar.end()
            control = shows_that_it_sees(registrar, build, max(60, tries // 10))
        finally:
            registrar.close()
    print("%d wrong names and %d wrong secrets: the same answer byte for byte, no difference that a t-test at 1 %% sees; a registrar that skips nobody's "
          "password is seen (p = %.0e), 20 ms more are seen (p = %.0e); limits answer both alike" % (tries, tries, *control))


if __name__ == "__main__":
    main()
