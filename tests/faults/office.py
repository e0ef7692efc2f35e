"""An office under test, who stands at its kiosk, and what comes out of its printer.

    with Office("build/debug", folder, kind="direct") as office:
        kiosk = Kiosk(office)
        glass = kiosk.look()         # the nodes that are on the glass now
        kiosk.touch("attract.start")
        office.kill("printer")

Office: registrar and printer by tests/faults/office.  Kiosk: the kiosk's own program with `--script -`, so that a test looks first
and answers what is on the glass.  Tray: the printer's own witness.  Register: what lies in the registrar's database.
"""
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PATIENCE = 30  # seconds for whatever a program does at once


class OfficeError(Exception):
    """What should have worked in any case did not."""


class Ended(Exception):
    """The kiosk's process is gone."""


interrupted = threading.Event()  # whoever looks or opens then gives up


def end_on_signals():
    def end(*_):
        interrupted.set()
        sys.exit(130)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)


def give_up_if_interrupted():
    if interrupted.is_set():
        raise OfficeError("interrupted")


def wait_until(seconds, holds):
    """Waits until holds() is true; returns what it gave at last."""
    until = time.monotonic() + seconds
    while True:
        value = holds()
        if value or time.monotonic() > until:
            return value
        time.sleep(0.02)


class Office:
    """kind: of printer, as deploy/office.sh has them."""

    def __init__(self, build, folder, kind):
        self.build, self.folder, self.kind = os.path.abspath(build), folder, kind
        self.lock = threading.Lock()
        self.kiosks = []
        give_up_if_interrupted()
        os.makedirs(folder, exist_ok=True)
        self.log = open(os.path.join(folder, "office.log"), "ab")
        self.process = subprocess.Popen([os.path.join(HERE, "office"), self.build, os.path.join(folder, "office")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.log, cwd=ROOT, env={**os.environ, "OFFICE_PRINTER_KIND": kind})
        self.paths = {}
        for line in self.process.stdout:
            words = line.decode().strip()
            if words == "open":
                break
            name, _, self.paths[name] = words.partition("=")
        else:
            with open(self.log.name, encoding="utf-8", errors="replace") as log:
                raise OfficeError("the office did not open: " + log.read()[-2000:])
        self.tray = Tray(self.paths["PRINTER"])
        self.register = Register(os.path.join(self.paths["DATA"], "registrar.db"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def obey(self, *words):
        with self.lock:
            self.process.stdin.write((" ".join(words) + "\n").encode())
            self.process.stdin.flush()
            if self.process.stdout.readline() != b"done\n":
                raise OfficeError("the office could not: " + " ".join(words))

    def kill(self, who):
        self.obey("kill", who)

    def start(self, who):
        self.obey("start", who)

    def fault(self, *words):
        self.obey("fault", *words)

    def close(self):
        for kiosk in self.kiosks:
            kiosk.close()
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.terminate()
                self.process.wait()
        self.log.close()

    def keep(self, folder):
        """What a failed test is understood from."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("keys", "spool", "*.sock", "run", "bus", "faults"))


class Glass:
    """What is on the glass: ids of its nodes, those that can't be touched now, its title, all its words."""

    def __init__(self, tree):
        nodes = re.findall(r'^\s*\S+ (\S+) "(.*?)"(.*)$', tree, re.M)
        self.ids = {node for node, _, _ in nodes}
        self.asleep = {node for node, _, rest in nodes if re.search(r"\[[^]]*disabled", rest)}
        self.title = next((words for node, words, _ in nodes if node == "title"), "")
        self.words = "\n".join(words for _, words, _ in nodes)

    def __contains__(self, node):
        return node in self.ids and node not in self.asleep

    def first(self, beginning):
        return min((node for node in self.ids - self.asleep if node.startswith(beginning)), default=None)


class Kiosk:
    """The program of a kiosk, with nobody before it but us."""

    def __init__(self, office):
        self.office = office
        self.looks = 0
        self.out = os.path.join(office.folder, "glass")
        os.makedirs(self.out, exist_ok=True)
        self.log = open(os.path.join(office.folder, "kiosk.log"), "ab")
        self.process = subprocess.Popen(
            [os.path.join(office.build, "kiosk"), "--config", os.path.join(office.paths["KIOSK"], "kiosk.ini"), "--headless",
             "--size", "540x960", "--lang", "en", "--out", self.out, "--script", "-"],
            stdin=subprocess.PIPE, stdout=self.log, stderr=self.log, cwd=ROOT)
        office.kiosks.append(self)
        self.write("answers 0")  # who looks first goes by what is seen, also while an answer is away

    def write(self, steps):
        try:
            self.process.stdin.write((steps + "\n").encode())
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise Ended() from None

    def touch(self, node):
        self.write("touch " + node)

    def look(self):
        give_up_if_interrupted()
        self.looks += 1
        path = os.path.join(self.out, f"{os.getpid()}-{self.looks}.tree")
        self.write("tree " + os.path.basename(path))
        until = time.monotonic() + PATIENCE
        while not os.path.exists(path):
            if self.process.poll() is not None:
                raise Ended()
            if time.monotonic() > until:
                raise OfficeError("the kiosk's loop stands still")
            time.sleep(0.003)
        with open(path, encoding="utf-8") as file:
            glass = Glass(file.read())
        os.unlink(path)
        return glass

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        """As it is stopped at night: it may still bring a job to its truth."""
        if self.process.poll() is None:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        if self in self.office.kiosks:
            self.office.kiosks.remove(self)
        self.log.close()


class Paper:
    """A whole paper in the tray."""

    def __init__(self, path):
        self.path = path
        self.at_ms = int(os.stat(path).st_mtime * 1000)
        with open(path, "rb") as file:
            self.sha256 = hashlib.sha256(file.read()).hexdigest()
        text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
        codes = set(re.findall(r"\b([0-9A-HJKMNP-TV-Z]{4})-([0-9A-HJKMNP-TV-Z]{4})-([0-9A-HJKMNP-TV-Z]{4})\b", text))
        numbers = set(re.findall(r"\b[A-Z]-\d{4}/\d{6}\b", text))
        if len(codes) != 1 or len(numbers) != 1:
            raise OfficeError(f"{path}: {len(codes)} codes and {len(numbers)} numbers on it")
        self.code = "".join(codes.pop())
        self.number = numbers.pop()


class Sheet:
    def __init__(self, line):
        at_ms, job, self.title, page, pages, self.sha256 = line.rstrip("\n").split("\t")
        self.at_ms, self.job, self.page, self.pages = int(at_ms), int(job), int(page), int(pages)


class Event:
    def __init__(self, line):
        at_ms, self.what, job, self.title, size = line.rstrip("\n").split("\t")
        self.at_ms, self.job, self.bytes = int(at_ms), int(job), int(size)


class Tray:
    """The printer's side, in which nobody of ours has a hand: what came out, and when."""

    def __init__(self, folder):
        self.folder = folder
        self.seen = {}

    def count(self):
        return sum(name.endswith(".pdf") for name in os.listdir(os.path.join(self.folder, "printed")))

    def papers(self):
        folder = os.path.join(self.folder, "printed")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".pdf") and name not in self.seen:
                self.seen[name] = Paper(os.path.join(folder, name))
        return [self.seen[name] for name in sorted(self.seen)]

    def lines(self, name, kind):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            return [kind(line) for line in file if line.endswith("\n")]

    def sheets(self):
        return self.lines("sheets.tsv", Sheet)

    def events(self):
        return self.lines("events.tsv", Event)


class Register:
    """The registrar's database as it lies on the disk."""

    def __init__(self, path):
        self.path = path

    def rows(self, query, *values):
        for _ in range(100):
            try:
                database = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=5)
                database.row_factory = sqlite3.Row
                try:
                    return database.execute(query, values).fetchall()
                finally:
                    database.close()
            except sqlite3.OperationalError as error:  # it is being opened, or was just killed
                last = error
                time.sleep(0.05)
        raise OfficeError(f"the database can't be read: {last}")

    def requests_of(self, student):
        """What this student asked for with this receiver."""
        return self.rows("SELECT request.* FROM request JOIN student ON student.id = request.student WHERE student.number = ?"
                         " AND request.answers LIKE ?", student.number, f'%"{student.receiver}"%')

    def jobs_of(self, student):
        """Each copy of it with its document and job, oldest first."""
        return [job for request in self.requests_of(student) for job in self.rows(
            "SELECT print_job.*, copy.code, copy.n, copy.validity, copy.file_sha256, copy.pages, document.number, document.year, document.register,"
            " document.id AS document_id, document.state AS document_state FROM print_job JOIN copy ON copy.id = print_job.copy"
            " JOIN document ON document.id = copy.document WHERE document.request = ? ORDER BY copy.n", request["id"])]


class Student:
    def __init__(self, number, password, receiver):
        self.number, self.password, self.receiver = number, password, receiver


def students():
    """Everyone who may have a certificate of study, with each receiver that a day allows."""
    with open(os.path.join(ROOT, "assets/demo/university.json"), encoding="utf-8") as file:
        people = json.load(file)["students"]
    receivers = ["any", "parents-work", "inson"]
    return [Student(one["number"], one["password"], receiver) for receiver in receivers for one in people if one["profile"]["status"] == "11"]


SERVICE = "certificate-of-study"


class Visitor:
    """A student who wants one paper, once, and believes the glass.  has_paper(): whether it lies in the tray by now."""

    def __init__(self, student, has_paper):
        self.student, self.has_paper = student, has_paper
        self.asks_anew = False  # rather than looking under "my requests"
        self.goes_on = False    # with the form that was begun
        self.signing_in = False
        self.titles = []  # of what the glass said that was not well

    def react(self, kiosk, glass):
        """One touch, or none; what it came to when there is nothing left to do: "printed", "took" (the paper was there before the glass
        said so) or "person" (the glass sends them to one)."""
        if "sign-in.enter" not in glass.ids:
            self.signing_in = False
        if glass.first("fault.") and glass.title not in self.titles[-1:]:
            self.titles.append(glass.title)
        if "done.finish" in glass:
            kiosk.touch("done.finish")
            return "printed"
        if "unknown.came-out" in glass:
            kiosk.touch("unknown.came-out" if self.has_paper() else "unknown.did-not")
        elif "still-there.stay" in glass:
            kiosk.touch("still-there.stay")
        elif "printing.stop" in glass.ids:
            pass
        elif "attract.start" in glass:
            if self.has_paper():
                return "took"
            kiosk.touch("attract.start")
        elif self.has_paper() and "finish" in glass:
            kiosk.touch("finish")
            return "took"
        elif "sign-in.enter" in glass:
            self.sign_in(kiosk)
        elif "fault.looked" in glass:
            kiosk.touch("fault.looked")
        elif "fault.again" in glass.ids:
            if "fault.again" in glass:
                kiosk.write("wait 0.1\ntouch fault.again")
        elif "fault.window" in glass:
            return None if "busy with a paper" in glass.title else "person"
        else:
            self.walk(kiosk, glass)
        return None

    def sign_in(self, kiosk):
        if self.signing_in:
            raise OfficeError("the sign-in was refused")
        self.signing_in = True
        kiosk.write(f"type {self.student.number}\ntap sign-in.password\ntype {self.student.password}\ntap sign-in.enter")

    def walk(self, kiosk, glass):
        mine = None if self.asks_anew else glass.first("home.request.")
        begun = "home.draft.1" if self.goes_on else "home.draft.1.anew"
        ways = [mine, begun, f"home.service.{SERVICE}", "service.continue", f"form.receiver.{self.student.receiver}", "review.next", "preview.print"]
        if "form.next" in glass and f"form.receiver.{self.student.receiver}" in glass.ids:
            kiosk.write(f"touch form.receiver.{self.student.receiver}\ntouch form.next")
            return
        for way in ways:
            if way and way in glass:
                kiosk.touch(way)
                return
