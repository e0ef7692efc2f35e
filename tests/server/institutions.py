"""Several institutions of the demo country in one process and one database, asked from outside.  For tests in Python.

    country = Country("build/debug", folder, count=3, database="postgresql://...")   # made, a kiosk A-2 for each; nothing served yet
    country.serve()
    one = country.houses[0]
    kiosk = one.kiosk()                        # .ask(METHOD, path, body=, bearer=, host=): as that kiosk, naming any host
    one.public("GET", "/v/CODE", host=)        # as anybody, naming any host
    country.dump(one.id)                       # a hash of every row of its, table by table
    country.close()
"""
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NEVER_STILL = {"commit_mark", "limit_count"}  # a writer's own mark; counts of tries, which every refusal adds to


class Asking:
    """Whoever asks: a certificate or none, any name in the handshake, any Host field."""

    def __init__(self, country, listener, authority, identity=None):
        self.country, self.listener = country, listener
        self.context = ssl.create_default_context(cafile=authority) if authority else ssl._create_unverified_context()
        if identity:
            self.context.load_cert_chain(os.path.join(identity, "certificate.pem"), os.path.join(identity, "key.pem"))

    def ask(self, method, path, body=None, host=None, bearer=None, head=None, named=None):
        """(status, header fields, bytes); host is what the Host field says, named what the handshake does."""
        port = self.country.ports[self.listener]
        line = socket.create_connection(("127.0.0.1", port), timeout=40)
        connection = http.client.HTTPSConnection(host, port, timeout=40, context=self.context)
        connection.sock = self.context.wrap_socket(line, server_hostname=named or host)
        fields = {"Host": host, **(head or {})}
        if bearer:
            fields["Authorization"] = "Bearer " + bearer
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        if data is not None and not any(name.lower() == "content-type" for name in fields):
            fields["Content-Type"] = "application/json"
        try:
            connection.request(method, path, data, fields)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()


class House:
    def __init__(self, country, identity):
        self.country, self.id = country, identity
        self.data = os.path.join(country.data, identity)
        self.host = identity + "." + country.domain
        self.desk = os.path.join(country.folder, "kiosk-" + identity)
        self.authority = os.path.join(self.data, "keys/ca.pem")
        country.run("kiosk", "add", self.data, "A-2", "--place", "1-bino", "--address", f"https://{self.host}:8444", "--out", self.desk)
        with open(os.path.join(self.data, "passwords.txt"), encoding="utf-8") as file:
            self.people = [line.split()[:2] for line in file if line.strip() and not line.startswith("#")]
        with open(os.path.join(self.data, "institution.json"), encoding="utf-8") as file:
            self.institution = json.load(file)
        self.certified = Asking(country, "kiosks", self.authority, self.desk)
        self.anybody = Asking(country, "people", self.authority)

    def kiosk(self, method, path, body=None, bearer=None, host=None, head=None):
        """As its kiosk; host: of another one, whose name is then asked while the certificate stays this one's."""
        asking = self.certified if host in (None, self.host) else Asking(self.country, "kiosks", None, self.desk)
        return asking.ask(method, path, body, host or self.host, bearer, head)

    def public(self, method, path, body=None, host=None, bearer=None, head=None):
        asking = self.anybody if host in (None, self.host) else Asking(self.country, "people", None)
        return asking.ask(method, path, body, host or self.host, bearer, head)

    def sign_in(self, person=0):
        number, password = self.people[person]
        status, _, body = self.kiosk("POST", "/kiosk/v1/session", {"number": number, "password": password})
        assert status == 201, (self.id, status, body)
        return json.loads(body)["token"]

    def visit(self):
        """(bearer, ApiIssued) of the first who may have a certificate: some are away or gone."""
        for person in range(len(self.people)):
            bearer = self.sign_in(person)
            status, body = self.issue(bearer)
            if status == 201:
                return bearer, body
        raise AssertionError(f"{self.id}: nobody may have a certificate")

    def issue(self, bearer, key=None, receiver="any"):
        status, _, body = self.kiosk("PUT", "/kiosk/v1/requests/" + (key or str(uuid.uuid4())),
                                     {"service": "certificate-of-study", "language": "uz", "answers": {"receiver": receiver}, "again": False}, bearer)
        return status, json.loads(body)


class Country:
    def __init__(self, build, folder, count=3, database=None, domain="example.uz", passwords=10):
        self.program = os.path.join(os.path.abspath(os.path.join(ROOT, build)), "registrar")
        self.folder, self.data, self.domain, self.database = folder, os.path.join(folder, "country"), domain, database
        self.process, self.ports, self.said = None, {}, ""
        self.run("demo", self.data, "--students", str(60 * count), "--institutions", str(count), "--passwords", str(passwords), "--host", domain,
                 *(("--database", database) if database else ()))
        self.houses = [House(self, name) for name in sorted(os.listdir(self.data)) if os.path.exists(os.path.join(self.data, name, "registrar.ini"))]
        assert len(self.houses) == count, os.listdir(self.data)

    def run(self, *arguments, status=0):
        done = subprocess.run([self.program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        assert done.returncode == status, (arguments, done.returncode, done.stdout)
        return done.stdout

    def serve(self, *options, folders=None, fails=False):
        """fails: it is to end by itself; its words are in said."""
        log = os.path.join(self.folder, "serve.log")
        with open(log, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen([self.program, "serve", *(folders or [self.data]), "--kiosks", "0", "--people", "0", "--address", "127.0.0.1", *options],
                                            stdout=out, stderr=out, start_new_session=True)
        until, ready = time.monotonic() + 60, None
        while not ready and self.process.poll() is None:
            assert time.monotonic() < until, "it does not serve: " + log
            time.sleep(0.02)
            with open(log, encoding="utf-8") as said:
                self.said = said.read()
            ready = re.search(r"^ready .*\n", self.said, re.M)
        if fails:
            assert not ready and self.process.wait(60) == 1, self.said
            with open(log, encoding="utf-8") as said:
                self.said = said.read()
            self.process = None
            return
        assert ready, self.said
        self.ready = ready[0]
        self.ports = {name: int(port) for name, port in re.findall(r"(\w+)=https://\S+?:(\d+)", ready[0])}

    def end(self, by=signal.SIGTERM):
        if not self.process:
            return None
        self.process.send_signal(by)
        code = self.process.wait(60)
        self.process = None
        return code

    def close(self):
        self.end(signal.SIGKILL)

    # --- every row, past every fence ---

    def dump(self, identity):
        """{table: hash of its rows}."""
        return self.dump_postgresql(identity) if self.database and self.database.startswith("postgres") else self.dump_sqlite(identity)

    def dump_sqlite(self, identity):
        path = self.database or os.path.join(self.data, identity, "registrar.db")
        found = {}
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS "
                                             "(SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'institution')").fetchall():
                rows = database.execute(f'SELECT * FROM "{table}" WHERE institution = ?', (identity,)).fetchall()
                found[table] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
        return {table: digest for table, digest in found.items() if table not in NEVER_STILL}

    def dump_postgresql(self, identity):
        admin = self.database.replace("//registrar@", "//admin@")
        tables = self.ask_postgresql(admin, "SELECT table_name FROM information_schema.columns WHERE column_name = 'institution' AND table_schema = 'public'")
        sql = " UNION ALL ".join(f"SELECT '{table}', coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM \"{table}\" t "
                                 f"WHERE institution = '{identity}'" for table in sorted(tables) if table not in NEVER_STILL)
        return dict(line.split("|", 1) for line in self.ask_postgresql(admin, sql))

    @staticmethod
    def ask_postgresql(address, sql):
        done = subprocess.run(["psql", "-X", "-A", "-t", "-q", address, "-c", sql], capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()

    def dump_when_still(self, identity):
        """Once nothing that is under way by itself (sealing, lists) changes it any more."""
        before, until = self.dump(identity), time.monotonic() + 30
        while True:
            time.sleep(2.5)  # longer than a round of the finisher
            now = self.dump(identity)
            if now == before:
                return now
            assert time.monotonic() < until, "the register of %s does not come to rest" % identity
            before = now
