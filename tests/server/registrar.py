"""A registrar of the demo university, asked as its kiosks and as the public ask it.  For tests in Python; registrar.sh is for bash.

    registrar = Registrar("build/debug", folder)       # init, two kiosks, nothing served yet; kiosks=[...], database="postgresql://..."
    registrar.serve("--no-limits")
    kiosk = registrar.kiosk("A-2")                     # one connection, kept; one a thread
    kiosk.sign_in(*registrar.students[0])
    issued = kiosk.issue("any", "uz")
    other = registrar.beside("--no-limits")            # a second process on the same folder
    registrar.end()                                    # SIGTERM; end(signal.SIGKILL) for the other way

Whatever was started is ended by close(), meant for a finally.
"""
import copy
import http.client
import json
import os
import re
import signal
import sqlite3
import ssl
import subprocess
import time
import uuid
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HOST = "hujjat.namuna.uz"


class Kiosk:
    """Not for two threads at once.  A connection that breaks is made anew with the next question, and the break is told."""

    def __init__(self, registrar, name):
        folder = os.path.join(registrar.folder, name)
        self.registrar = registrar
        self.context = ssl.create_default_context(cafile=os.path.join(folder, "ca.pem"))
        self.context.load_cert_chain(os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem"))
        self.connection = None
        self.bearer = None

    def ask(self, method, path, body=None, bearer=None):
        """(status, bytes); OSError or http.client.HTTPException when the registrar is gone."""
        if not self.connection:
            self.connection = http.client.HTTPSConnection("localhost", self.registrar.ports["kiosks"], timeout=30, context=self.context)
        head = {"Content-Type": "application/json"}
        if bearer or self.bearer:
            head["Authorization"] = "Bearer " + (bearer or self.bearer)
        try:
            self.connection.request(method, "/kiosk/v1/" + path, None if body is None else json.dumps(body), head)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.forget_connection()
            raise

    def forget_connection(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def sign_in(self, number, password):
        self.bearer = None
        status, body = self.ask("POST", "session", {"number": number, "password": password})
        assert status == 201, (status, body)
        self.bearer = json.loads(body)["token"]

    def put(self, key, receiver, language, again=False):
        return self.ask("PUT", "requests/" + key, {"service": "certificate-of-study", "language": language, "answers": {"receiver": receiver}, "again": again})

    def issue(self, receiver, language, key=None, again=False):
        """The ApiIssued, with its key."""
        key = key or str(uuid.uuid4())
        status, body = self.put(key, receiver, language, again)
        assert status in (200, 201), (status, body)
        return dict(json.loads(body), key=key)

    def page(self, job, bearer=None):
        return self.ask("GET", "copies/%s/page?epoch=%d" % (job["copy"], job["epoch"]), bearer=bearer)

    def report(self, job, state, sheets=-1, **more):
        body = {"epoch": job["epoch"], "state": state, "no_byte_left": False, "sheets": sheets, "printer_uuid": "", "printer_job": 0, **more}
        status, answer = self.ask("PUT", "print-jobs/" + job["id"], body)
        return status, json.loads(answer)


class Registrar:
    def __init__(self, build, folder, kiosks=("A-2", "B-1"), database=None):
        self.program = os.path.join(os.path.abspath(os.path.join(ROOT, build)), "registrar")
        self.folder = folder
        self.data = os.path.join(folder, "registrar")
        self.backup_key = self.data + "-backup-key.pem"
        self.process = None
        self.ports = {}
        self.log = None
        self.kiosks = kiosks
        students = os.environ.get("OFFICE_STUDENTS", "100")
        if database:
            self.run("init", self.data, "--demo", "--students", students, "--host", HOST, "--database", database)
        else:
            made = {"OFFICE_MADE": os.path.join(os.path.dirname(self.program), "demo-offices"), **os.environ}
            subprocess.run([os.path.join(HERE, "demo"), self.program, self.data, students, HOST], env=made, check=True, stdout=subprocess.DEVNULL, timeout=120)
        for name in kiosks:
            self.run("kiosk", "add", self.data, name, "--place", "1-bino", "--address", "https://localhost:8444", "--out", os.path.join(folder, name))
        with open(os.path.join(ROOT, "assets/demo/university.json"), encoding="utf-8") as file:
            people = json.load(file)["students"]
        self.students = [(one["number"], one["password"]) for one in people if one["profile"]["status"] == "11"]
        self.names = [name for one in people for name in one["profile"]["names"].values()]

    def run(self, *arguments, status=0):
        """What the command said; its exit code must be this one."""
        done = subprocess.run([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        assert done.returncode == status, (arguments, done.returncode, done.stdout)
        return done.stdout

    def set(self, section, key, value):
        """A line of registrar.ini, in force with the next serve."""
        path = os.path.join(self.data, "registrar.ini")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        text, count = re.subn(r"(\[%s\]\n(?:(?!\[).*\n)*?)(?:; )?%s = .*\n" % (section, key), lambda found: "%s%s = %s\n" % (found[1], key, value), text, count=1)
        assert count == 1, (section, key)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def beside(self, *options):
        other = copy.copy(self)
        other.process = None
        other.serve(*options)
        return other

    @staticmethod
    def record():
        """Where tests keep what was asked and answered, for tests/web/run-openapi."""
        file = os.environ.get("OFFICE_RECORD")
        return ("--record", file) if file else ()

    def serve(self, *options):
        """Its first line says where: "ready kiosks=https://127.0.0.1:40123 people=https://127.0.0.1:40124"."""
        self.log = open(os.path.join(self.folder, "serve.log"), "a+")
        began = self.log.seek(0, os.SEEK_END)
        self.process = subprocess.Popen([self.program, "serve", self.data, "--kiosks", "0", "--people", "0", "--address", "127.0.0.1", *self.record(), *options],
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        until = time.monotonic() + 30
        ready = None
        while not ready:
            assert self.process.poll() is None and time.monotonic() < until, "the registrar does not serve: " + self.log.name
            time.sleep(0.02)
            with open(self.log.name, encoding="utf-8") as said:
                said.seek(began)
                ready = next((line for line in said if line.startswith("ready ") and line.endswith("\n")), None)
        self.ports = {name: int(port) for name, port in re.findall(r"(\w+)=https://\S+:(\d+)", ready)}

    def end(self, by=signal.SIGTERM):
        if not self.process:
            return
        self.process.send_signal(by)
        self.process.wait(30)
        self.process = None
        self.log.close()

    def close(self):
        self.end(signal.SIGKILL)

    def kiosk(self, name):
        return Kiosk(self, name)

    def public(self, path):
        """(status, bytes) of the people's listener."""
        context = ssl.create_default_context(cafile=os.path.join(self.folder, self.kiosks[0], "ca.pem"))
        connection = http.client.HTTPSConnection("localhost", self.ports["people"], timeout=30, context=context)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def rows(self, sql, *values):
        with sqlite3.connect("file:%s/registrar.db" % self.data, uri=True, timeout=10) as database:
            return database.execute(sql, values).fetchall()

    def change(self, sql, *values):
        with sqlite3.connect("file:%s/registrar.db" % self.data, uri=True, timeout=10) as database:
            database.execute(sql, values)


def cbor(data, at=0):
    """One item of the kinds that our messages are made of, and where the next begins."""
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number >= 24:
        size = 1 << number - 24
        number, at = int.from_bytes(data[at:at + size], "big"), at + size
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind in (2, 3):
        part = bytes(data[at:at + number])
        return (part if kind == 2 else part.decode()), at + number
    if kind == 6:
        return cbor(data, at)
    items = []
    for _ in range(number * (2 if kind == 5 else 1)):
        item, at = cbor(data, at)
        items.append(item)
    return (dict(zip(items[::2], items[1::2])) if kind == 5 else items), at


class StatusList:
    """As a checker reads it (its signature is the business of tests/web/run-cose and `registrar seal verify`)."""

    VALID, REVOKED, SUSPENDED, SUPERSEDED = range(4)

    def __init__(self, token):
        self.token = token
        claims = cbor(cbor(token)[0][2])[0]
        self.version, self.era, self.heads = claims[-65538]
        self.issued_at, self.expires_at = claims[6], claims[4]
        self.places = zlib.decompress(claims[65533]["lst"])

    def status(self, index):
        return self.places[index // 4] >> index % 4 * 2 & 3
