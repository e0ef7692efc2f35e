"""`registrar import hemis` over a stand-in, for tests in Python.

    with Standing(people, folder, "--rate", "0") as hemis:
        house = House("build/debug", folder + "/registrar", hemis)         # a register without students; database="postgresql://..."
        done = house.run("--all")                                          # .code, .out, .err
        house.dump()                                                       # {table: rows}, of what an import writes, without times
"""
import os
import shutil
import sqlite3
import subprocess

PATIENCE = 1800
# What an import writes, but for the times at which it did.
TABLES = {
    "student": "SELECT id, number, name_fold, faculty, kind, seen_in_run FROM student ORDER BY id",
    "student_word": "SELECT student, word FROM student_word ORDER BY student, word",
    "record": "SELECT student, part, body, source FROM record ORDER BY student, part",
    "import_run": "SELECT source, run, step, state, whole, cursor, counts FROM import_run",
    "import_finding": "SELECT kind, number, detail FROM import_finding",
    "act": "SELECT act, count(*) FROM act WHERE object LIKE 'import:%' GROUP BY act, object ORDER BY object, act",
}


class Done:
    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr


class House:
    def __init__(self, build, folder, hemis, database=None, ask=None):
        """ask: psql's address past any fence, where the database is one of PostgreSQL's."""
        self.registrar, self.folder, self.database, self.address = os.path.join(build, "registrar"), folder, database, ask
        subprocess.run([self.registrar, "init", folder, "--host", "localhost:8443", "--id", "namuna", *(["--database", database] if database else [])],
                       check=True, stdout=subprocess.DEVNULL)
        shutil.copy(os.path.join(hemis.people, "institution.json"), os.path.join(folder, "institution.json"))
        self.token = os.path.join(folder, "keys", "hemis-token")
        self.set_token(hemis.data_token)
        self.ini = os.path.join(folder, "registrar.ini")
        with open(self.ini, encoding="utf-8") as file:
            self.before = file.read()
        self.settings = {"address": "https://localhost:%d/rest" % hemis.port, "ca": os.path.join(hemis.people, "tls", "ca.pem"),
                         "data_token": self.token, "data_pace_ms": "0"}
        self.set()

    def set(self, **settings):
        """Of [hemis]; None takes one away."""
        self.settings.update(settings)
        with open(self.ini, "w", encoding="utf-8") as file:
            file.write(self.before + "\n[hemis]\n" + "".join("%s = %s\n" % pair for pair in self.settings.items() if pair[1] is not None))

    def set_token(self, token, mode=0o600):
        with open(self.token, "w", encoding="utf-8") as file:
            file.write(token + "\n")
        os.chmod(self.token, mode)

    def command(self, *options):
        return [self.registrar, "import", "hemis", self.folder, *options]

    def run(self, *options):
        return Done(subprocess.run(self.command(*options), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=PATIENCE,
                                   check=False))

    def start(self, *options):
        """In a process of its own, whose output nobody reads."""
        return subprocess.Popen(self.command(*options), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(self, statement):
        if self.address:
            said = subprocess.run(["psql", "-X", "-q", "-t", "-A", self.address, "-c", statement], check=True, capture_output=True, encoding="utf-8")
            return [tuple(line.split("|")) for line in said.stdout.splitlines()]
        with sqlite3.connect(os.path.join(self.folder, "registrar.db"), timeout=30) as line:
            return line.execute(statement).fetchall()

    def dump(self):
        return {table: self.ask(statement) for table, statement in TABLES.items()}


class Cluster:
    """A PostgreSQL of its own in a folder, and as many databases of it as are asked for."""

    def __init__(self, folder, *options):
        self.program, self.folder, self.count = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "postgresql"), folder, 0
        subprocess.run([self.program, "start", folder, *options], check=True, stdout=subprocess.DEVNULL)
        self.addresses = [self.say("address", folder), self.say("address", folder, "--admin")]

    def say(self, *words):
        return subprocess.run([self.program, *words], check=True, capture_output=True, encoding="utf-8").stdout.strip()

    def make(self):
        """The registrar's address of a new database, and one past any fence."""
        self.count += 1
        name = "import%d" % self.count
        subprocess.run(["psql", "-X", "-q", self.addresses[1], "-c", "CREATE DATABASE %s OWNER registrar TEMPLATE template0 ENCODING 'UTF8'" % name],
                       check=True)
        return [address.replace("/registrar?", "/%s?" % name) for address in self.addresses]

    def close(self):
        subprocess.run([self.program, "remove", self.folder], check=False)
