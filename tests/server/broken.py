"""Broken catalogue, template and information files change nothing: each is refused with file, path and reason, by `registrar catalogue check`, by a
registrar that serves the folders, and over the interface; visits go on meanwhile, at a kiosk's glass and in another kiosk's requests.
What is whole is taken within two seconds, and a kiosk shows it.

    BUILD=build/debug /usr/bin/python3 tests/server/broken.py        # tests/promises/broken-files-change-nothing

The cases are those of broken_files.py.
"""
import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from broken_files import CASES, I, S, T, TOGETHER  # noqa: E402
from registrar import ROOT, Registrar  # noqa: E402

AT_ONCE = 5
MOST = 256 << 10  # bytes of one over the interface
PAPERS_A_DAY = 3  # of one service
WHOLE = {S: "kiosk/services/certificate-of-study.json", T: "assets/documents/certificate-of-study.json", I: "kiosk/information/housing.json"}
PLURAL = {S: "services", T: "templates", I: "information"}


def json_files(folder):
    return sorted(name[:-len(".json")] for name in os.listdir(folder) if name.endswith(".json"))


FILES = json_files(os.path.join(ROOT, "kiosk/services"))  # a service's file is named for it
OFFERED = [one for one in FILES if one != "hemis-papers"]  # which is off until there is a HEMIS


def until(seconds, what, held):
    """Waits until held() is not None or False, and gives it back."""
    end = time.monotonic() + seconds
    while True:
        found = held()
        if found:
            return found
        assert time.monotonic() < end, "waited %d s in vain: %s" % (seconds, what)
        time.sleep(0.02)


def remove(place):
    if os.path.isdir(place) and not os.path.islink(place):
        os.rmdir(place)
    else:
        os.unlink(place)


def replace(place, content):
    """As an editor saves."""
    with open(place + ".new", "w", encoding="utf-8") as file:
        file.write(content)
    os.rename(place + ".new", place)


class Folders:
    def __init__(self, work):
        self.of = {S: os.path.join(work, "services"), T: os.path.join(work, "documents"), I: os.path.join(work, "information")}
        shutil.copytree(os.path.join(ROOT, "kiosk/information"), self.of[I])
        shutil.copytree(os.path.join(ROOT, "kiosk/services"), self.of[S])
        shutil.copytree(os.path.join(ROOT, "assets/documents"), self.of[T])
        self.good = {}
        for kind, path in WHOLE.items():
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                self.good[kind] = json.load(file)

    def place(self, name, kind):
        return os.path.join(self.of[kind], name + ".json")

    def put(self, case):
        name, kind, make = case[:3]
        place = self.place(name, kind)
        make(place, dict(self.good[kind], id=name))
        return place

    def service(self, name, **more):
        service = dict(self.good[S], id=name, order=0, **more)  # the first of all: no group hides it
        return json.dumps(service, ensure_ascii=False)


class Visits(threading.Thread):
    """One visit after the other, until they are over."""

    def __init__(self):
        super().__init__()
        self.visits, self.fault, self.over = 0, None, False

    def run(self):
        try:
            while not self.over:
                self.visit()
                self.visits += 1
        except (Exception, AssertionError) as fault:  # the main thread tells of it
            self.fault = fault

    def end(self):
        self.over = True
        self.join()
        assert not self.fault, self.fault
        assert self.visits > 0
        return self.visits


class Asking(Visits):
    """At kiosk B-1, without a glass: every answer is what it always is."""

    def __init__(self, registrar):
        super().__init__()
        self.kiosk, self.versions = registrar.kiosk("B-1"), set()
        self.students = registrar.students[:len(registrar.students) // 4]  # the others are at the glass, and have papers left today

    def visit(self):
        kiosk = self.kiosk
        kiosk.sign_in(*self.students[self.visits % len(self.students)])
        status, body = kiosk.ask("GET", "home")
        assert status == 200 and json.loads(body)["services"], (status, body)
        status, body = kiosk.ask("GET", "catalogue")
        assert status == 200, status
        self.versions.add(tuple(sorted(service["id"] for service in json.loads(body)["services"])))
        if self.visits < PAPERS_A_DAY * len(self.students):
            self.take_paper()
        status, _ = kiosk.ask("DELETE", "session")
        assert status == 204, status

    def take_paper(self):
        status, body = self.kiosk.ask("PUT", "requests/%s" % uuid.uuid4(), {"service": "certificate-of-study", "language": ("uz", "en")[self.visits % 2], "again": False,
                                                                            "answers": {"receiver": "other", "place": "Bank %d" % self.visits}})
        assert status == 201, (status, body)
        issued = json.loads(body)
        status, page = self.kiosk.page(dict(issued["print_job"], copy=issued["copy"]))
        assert status == 200 and page.startswith(b"%PDF"), (status, page[:200])


class Glass:
    """A kiosk's own program at A-2, whose steps are written as they are wanted."""

    def __init__(self, registrar, work):
        self.work, self.marks = work, 0
        with open(os.path.join(work, "A-2/kiosk.ini"), encoding="utf-8") as file:
            ini = file.read()
        with open(os.path.join(work, "A-2/kiosk.ini"), "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^address = .*", "address = https://localhost:%d" % registrar.ports["kiosks"], ini)
                       + "\n[printer]\nuri = ipp://localhost:9/none\n")
        self.log = open(os.path.join(work, "kiosk.log"), "w", encoding="utf-8")
        self.process = subprocess.Popen([os.path.join(os.path.dirname(registrar.program), "kiosk"), "--config", os.path.join(work, "A-2/kiosk.ini"), "--headless",
                                         "--lang", "uz", "--script", "-", "--out", work], stdin=subprocess.PIPE, stdout=self.log, stderr=self.log, text=True)

    def play(self, *steps):
        """Returns once they are done."""
        self.marks += 1
        tree = "mark-%d.tree" % self.marks
        self.process.stdin.write("\n".join(steps) + "\ntree %s\n" % tree)
        self.process.stdin.flush()
        until(90, "the glass: " + "; ".join(steps[:3]), lambda: self.process.poll() is not None or os.path.exists(os.path.join(self.work, tree)))
        assert self.process.poll() is None, "a visit broke, see " + self.log.name

    def sign_in(self, number, password):
        self.play("patience 60", "expect screen attract", "tap attract.start", "expect screen sign-in", "type " + number, "tap sign-in.password",
                  "type " + password, "tap sign-in.enter", "expect screen home", "expect home.group.documents")

    def to_preview(self):
        self.play("tap home.service.certificate-of-study", "expect screen service", "tap service.continue", "expect screen form", "tap form.receiver.any",
                  "tap form.next", "expect screen preview", "expect preview.page")

    def leave(self):
        self.play("tap finish", "expect screen attract")

    def walk_off(self):
        """Nobody says that he is still there."""
        self.play("later 60", "later 60", "expect screen attract")

    def end(self):
        self.process.stdin.close()
        assert self.process.wait(30) == 0, "the kiosk ended badly, see " + self.log.name
        self.log.close()


class Touching(Visits):
    """At the glass of A-2, as far as the preview."""

    def __init__(self, registrar, glass):
        super().__init__()
        self.glass, self.students = glass, registrar.students[len(registrar.students) // 4:]

    def visit(self):
        self.glass.sign_in(*self.students[self.visits])
        self.glass.to_preview()
        self.glass.walk_off()
        self.over |= self.visits + 1 == len(self.students)  # who came again would be offered the form that was left


# --- the command ---------------------------------------------------------------------------------------------------------------------

def check_command(registrar, folders):
    options = ("--services", folders.of[S], "--templates", folders.of[T], "--words", os.path.join(folders.of[T], "words/words.json"))
    for case in CASES:
        (path, reason), place = case[3:], folders.put(case)
        said = registrar.run(*(("information", "check", "--pages", folders.of[I]) if case[1] == I else ("catalogue", "check", *options)), status=1)
        assert said.startswith("%s: %s%s%s" % (place, path, ": " if path else "", reason)) and said.count("\n") == 1, (case[0], said)
        remove(place)
    said = registrar.run("catalogue", "check", *options)
    pages = registrar.run("information", "check", "--pages", folders.of[I])
    assert pages.startswith("whole: %d pages" % len(json_files(folders.of[I]))), pages
    assert said.startswith("whole: %d services, %d templates" % (len(OFFERED), len(json_files(folders.of[T])))), said


# --- the folders of one that serves ---------------------------------------------------------------------------------------------------

def log_since(registrar, began):
    with open(registrar.log.name, encoding="utf-8") as log:
        log.seek(began)
        return log.read()


def refused(text):
    """{file: (path, reason)} of what the log says."""
    rows = re.findall(r'catalogue-refused file=(\S+) path=(\S+) code=\S+ cause=\S+ why="(.*)"', text)
    return {file: ("" if path == "-" else path, why) for file, path, why in rows}


def check_batch(registrar, folders, batch):
    began = os.path.getsize(registrar.log.name)
    places = {case[0]: folders.put(case) for case in batch}
    told = until(15, "refusal of " + ", ".join(places), lambda: (lambda rows: rows if len(rows) >= len(places) else None)(refused(log_since(registrar, began))))
    for case in batch:
        (path, reason), place = case[3:], places[case[0]]
        assert place in told, (case[0], told)
        assert told[place][0] == path and told[place][1].startswith(reason.replace('"', "'")), (case[0], told[place])
    assert len(told) == len(batch), told
    for place in places.values():
        remove(place)
    until(15, "the folder is whole again", lambda: "catalogue-loaded" in log_since(registrar, began))


def check_folders(registrar, folders):
    alone = [case for case in CASES if case[0] in TOGETHER]
    others = [case for case in CASES if case[0] not in TOGETHER]
    for at in range(0, len(others), AT_ONCE):
        check_batch(registrar, folders, others[at:at + AT_ONCE])
    for case in alone:
        check_batch(registrar, folders, [case])


# --- the interface --------------------------------------------------------------------------------------------------------------------

class Interface:
    """A connection for each asking: who shows no certificate has none for long."""

    def __init__(self, registrar, token):
        self.context = ssl.create_default_context(cafile=os.path.join(registrar.folder, "A-2/ca.pem"))
        self.port, self.token = registrar.ports["people"], token

    def ask(self, method, path, body=None, **head):
        head = {name.replace("_", "-"): value for name, value in head.items()}
        if body and len(body) > MOST:  # as who expects "100 Continue": it is refused by its announced size
            head["Content-Length"], body = str(len(body)), None
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=30, context=self.context)
        try:
            connection.request(method, "/office/v1/" + path, body, {"Authorization": "Bearer " + self.token, "Content-Type": "application/json", **head})
            answer = connection.getresponse()
            return answer.status, answer.getheader("ETag"), answer.read()
        finally:
            connection.close()


def check_interface(interface, folders, work):
    asked = 0
    for case in CASES:
        name, kind, make, path, reason = case
        place = os.path.join(work, "put.json")
        make(place, dict(folders.good[kind], id=name))
        if not os.path.isfile(place):
            remove(place)
            continue
        with open(place, "rb") as file:
            body = file.read()
        os.unlink(place)
        status, _, answer = interface.ask("PUT", "%s/%s" % (PLURAL[kind], name), body, If_None_Match="*")
        asked += 1
        if name == "too-large":
            assert status == 413, (name, status, answer)
            continue
        problem = json.loads(answer)
        assert status == 422 and problem["type"] == "/problems/not-whole", (name, status, answer)
        fault = problem["faults"][0]
        assert fault["file"] == "/office/v1/%s/%s" % (PLURAL[kind], name), (name, fault)
        if name == "empty":  # a blank stands for nothing
            assert fault["path"] == "" and fault["reason"].startswith("not JSON"), fault
        elif name.endswith("two-of-one-id"):  # its address says what it is to be
            assert fault["path"] == "id" and fault["reason"].startswith("is not " + name), fault
        else:
            assert fault["path"] == path and fault["reason"].startswith(reason), (name, fault)
    status, _, answer = interface.ask("GET", "services")
    assert status == 200 and sorted(one["id"] for one in json.loads(answer)["services"]) == FILES, answer
    return asked


# --- what is whole --------------------------------------------------------------------------------------------------------------------

def fetched(registrar, began):
    """By A-2: the other kiosk is silent by then."""
    return re.search(r"http-answered listener=kiosks route=catalogue .*status=200", log_since(registrar, began))


def good_change(registrar, glass, service, change):
    """Seconds until the kiosk at rest has it; then its home shows it."""
    began = os.path.getsize(registrar.log.name)
    at = time.monotonic()
    change()
    until(10, "A-2 asks for the catalogue with " + service, lambda: fetched(registrar, began))
    took = time.monotonic() - at
    for _ in range(2):  # who signs in while the kiosk still reads it stays with what there was
        glass.sign_in(*registrar.students[-1])
        glass.leave()
    glass.sign_in(*registrar.students[-1])
    glass.play("expect home.service." + service)
    glass.leave()
    assert took < 2, "%s was there after %.2f s" % (service, took)
    return took


def main():
    work = tempfile.mkdtemp()
    folders = Folders(work)
    registrar = Registrar(os.environ.get("BUILD", "build/debug"), work)
    glass = None
    try:
        registrar.set("paths", "catalogue", folders.of[S])
        registrar.set("paths", "templates", folders.of[T])
        registrar.set("paths", "information", folders.of[I])
        registrar.set("paths", "own_information", os.path.join(work, "own"))  # not there: no university's own pages hide these
        check_command(registrar, folders)
        token = registrar.run("token", "add", registrar.data, "broken-files", "--for", "catalogue,information").strip()
        registrar.serve("--no-limits")  # B-1 asks more often than a kiosk with a glass can
        glass = Glass(registrar, work)
        asking, touching = Asking(registrar), Touching(registrar, glass)
        asking.start()
        touching.start()
        try:
            check_folders(registrar, folders)
            asked = check_interface(Interface(registrar, token), folders, work)
        finally:
            visits = asking.end() + touching.end()
        assert asking.versions == {tuple(OFFERED)}, asking.versions
        alerts = registrar.rows("SELECT count(*) FROM alert WHERE what = 'catalogue.refused'")[0][0]
        assert alerts > 0
        disk = good_change(registrar, glass, "from-the-folder", lambda: replace(folders.place("from-the-folder", S), folders.service("from-the-folder")))
        put = good_change(registrar, glass, "from-a-program", lambda: Interface(registrar, token).ask("PUT", "services/from-a-program", folders.service("from-a-program").encode(), If_None_Match="*"))
        glass.end()
        print("%d broken files refused in folders, %d of them over the interface too; %d visits meanwhile, none touched; what is whole was at the kiosk "
              "after %.2f s (folder) and %.2f s (interface)" % (len(CASES), asked, visits, disk, put))
    except BaseException:
        print("what was said is in " + work, file=sys.stderr)
        work = None
        raise
    finally:
        if glass and glass.process.poll() is None:
            glass.process.kill()
        registrar.close()
        if work:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
