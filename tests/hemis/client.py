"""A stand-in that runs, and somebody who asks it, for tests in Python.

    with Standing("build/debug", folder, "--reading", "b") as hemis:
        answer = hemis.ask("/v1/account/me", hemis.sign_in("401241100873", "bahor2026"))
"""
import http.client
import json
import os
import ssl
import subprocess
import time

from telling import tell

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 30  # seconds for whatever a program does at once


def make_people(build, folder, students=600, *more):
    subprocess.run([os.path.join(build, "hemis_people"), "--dir", folder, "--students", str(students), *more], check=True)


class Answer:
    """status, headers, body (bytes); json: what it says, None when it is none."""

    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        try:
            self.json = json.loads(self.body)
        except (ValueError, RecursionError):
            self.json = None

    @property
    def data(self):
        return self.json.get("data") if isinstance(self.json, dict) else None


class Standing:
    def __init__(self, people, folder, *options):
        """people: a folder of hemis_people; folder: for port file, log and output."""
        os.makedirs(folder, exist_ok=True)
        self.people, self.folder, self.port_file = people, folder, os.path.join(folder, "port")
        self.log = os.path.join(folder, "requests.log")
        if os.path.exists(self.port_file):
            os.unlink(self.port_file)
        self.output = open(os.path.join(folder, "output"), "wb")
        self.process = subprocess.Popen([os.path.join(HERE, "hemis"), "--port-file", self.port_file, "--data", people, "--log", self.log, *options],
                                        stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output)
        until = time.monotonic() + PATIENCE
        while not os.path.exists(self.port_file):
            if self.process.poll() is not None or time.monotonic() > until:
                self.close()
                with open(self.output.name, encoding="utf-8") as said:
                    raise OSError("the stand-in did not start: " + said.read()[-2000:])
            time.sleep(0.02)
        with open(self.port_file, encoding="utf-8") as ports:
            self.port = int(ports.read().split()[0])
        with open(os.path.join(people, "data-token"), encoding="utf-8") as token:
            self.data_token = token.read().strip()
        self.context = ssl.create_default_context(cafile=os.path.join(people, "tls", "ca.pem"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.output.close()

    def tell(self, *words):
        return tell(self.port_file, [str(word) for word in words])

    def line(self, timeout=PATIENCE):
        return http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=timeout)

    def ask(self, path, token="", body=None, method=None, headers=None, timeout=PATIENCE):
        """path: "/v1/..." or a whole one below the host."""
        line = self.line(timeout)
        told = dict(headers or {})
        if token:
            told["Authorization"] = "Bearer " + token
        if isinstance(body, (dict, list)):
            body, told["Content-Type"] = json.dumps(body), "application/json"
        try:
            line.request(method or ("POST" if body is not None else "GET"), "/rest" + path if path.startswith("/v1/") else path, body, told)
            return Answer(line.getresponse())
        finally:
            line.close()

    def login(self, number, password):
        return self.ask("/v1/auth/login", body={"login": number, "password": password})

    def sign_in(self, number, password):
        return self.login(number, password).data["token"]

    def ask_data(self, path, **more):
        return self.ask("/v1/data/" + path, self.data_token, **more)
