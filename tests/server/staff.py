#!/usr/bin/env python3
"""Somebody of the office at the console's pages, as a browser without scripts.  For tests in Python, beside registrar.py.

    anna = Staff(registrar, "anna", "front-office")         # an account, ready; signed in by the page's own form
    dean = Staff(registrar, "dean", "dean", scope="faculty:401", language="ru")
    page = anna.page("/office/requests")                    # its text; another status is a failure
    page = anna.send("/office/hall", page, act="open")      # a form of that page, with what it hides; 303 is followed
    answer, text = anna.ask("POST", path, {...}, Origin="https://evil.example")
    anna.code()                                             # a one-time code that was not used yet, for a field "totp"

and from a shell: staff.py add REGISTRAR DATA NAME ROLES [SCOPE], which prints the password and the key, a line each, and
staff.py cookie CA PEOPLE NAME PASSWORD KEY, which signs in and prints "__Host-staff=...".
"""
import base64
import hashlib
import hmac
import html
import http.client
import os
import re
import ssl
import struct
import subprocess
import sys
import time
import urllib.parse

COOKIE = "__Host-staff"
FORM = "application/x-www-form-urlencoded"
STEP_S = 30
STEP_SPARE_S = 5  # a code is on its way for as long on a busy machine


def one_time_code(key, step):
    """RFC 6238, in a few lines of another hand than the registrar's."""
    mac = hmac.new(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000)


def new_secrets():
    """A password that nobody would guess, and an authenticator's key."""
    return "parol-" + base64.b32encode(os.urandom(15)).decode().lower(), base64.b32encode(os.urandom(20)).decode()


def add(program, data, name, roles, scope="", full_name=None):
    """An account that is ready; its password and key."""
    password, key = new_secrets()
    subprocess.run([program, "staff", "add", data, name, "--name", full_name or name.capitalize() + " Karimova", "--role", roles, "--scope", scope, "--secrets", "-"],
                   input="%s\n%s\n" % (password, key), text=True, check=True, timeout=60)
    return password, key


class Account:
    """Name, password and key of somebody; asks without a session."""

    def __init__(self, people, ca, name, password, key, language="en"):
        self.host, self.name, self.password, self.key, self.language = people, name, password, key, language
        self.context = ssl.create_default_context(cafile=ca)
        self.cookie = None
        self.last_step = 0

    def ask(self, method, path, form=None, cookie=True, **head):
        """The answer and its text (bytes where it is none); a session is taken over from the answer."""
        head = {"Accept-Language": self.language, **{name.replace("_", "-"): value for name, value in head.items()}}
        if cookie and self.cookie:
            head["Cookie"] = "%s=%s" % (COOKIE, self.cookie if cookie is True else cookie)
        body = None
        if form is not None:
            head.setdefault("Content-Type", FORM)
            head.setdefault("Origin", "https://" + self.host)
            body = form if isinstance(form, (str, bytes)) else urllib.parse.urlencode(form)
        connection = http.client.HTTPSConnection(self.host, timeout=30, context=self.context)
        try:
            connection.request(method, path, body, head)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        given = re.match(COOKIE + "=([^;]*);", answer.getheader("Set-Cookie") or "")
        if given and cookie:
            self.cookie = given[1]
        return answer, text.decode() if (answer.getheader("Content-Type") or "").startswith("text/") else text

    def code(self):
        """Of the earliest step that still counts: three in the first half minute, then one each half minute."""
        step = max(int(time.time() + STEP_SPARE_S) // STEP_S - 1, self.last_step + 1)
        while step > int(time.time()) // STEP_S + 1:
            time.sleep(0.5)  # the world's clock is what is waited for
        self.last_step = step
        return one_time_code(self.key, step)

    def sign_in(self, status=303, **fields):
        self.cookie = None
        answer, text = self.ask("POST", "/office/sign-in", {"name": self.name, "password": self.password, **({} if "code" in fields else {"code": self.code()}), **fields})
        assert answer.status == status, (self.name, answer.status, text[:300])
        return answer

    def page(self, path, status=200, **head):
        answer, text = self.ask("GET", path, **head)
        assert answer.status == status, (path, answer.status, text[:600])
        return self.judged(answer, text)

    def judged(self, answer, text):
        """Nothing inline, nothing of others, nothing left of a template."""
        if isinstance(text, str) and answer.status != 303:
            policy = answer.getheader("Content-Security-Policy")
            assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy, policy
            assert 'lang="%s"' % self.language in text and "{{" not in text and " style=" not in text, text[:300]
        return text

    def send(self, path, page, status=200, head=None, form=None, **fields):
        """A form of a page: what it hides goes with it, unless another value is given; where it leads on, that page.  form: what stands in the form
        that is meant, where a page has several."""
        forms = re.findall(r"<form .*?</form>", page, re.S)
        meant = next((one for one in forms if form in one), "") if form else page
        hidden = dict(re.findall(r'<input type="hidden" name="([\w.-]+)" value="([^"]*)">', meant))
        hidden.setdefault("csrf", csrf_of(page))
        hidden = {name: html.unescape(value) for name, value in hidden.items()}
        answer, text = self.ask("POST", path, {**hidden, **{key.replace("__", "."): value for key, value in fields.items()}}, **(head or {}))
        if answer.status == 303 and status == 200:
            return self.page(answer.getheader("Location"))
        assert answer.status == status, (path, fields, answer.status, text[:600] if isinstance(text, str) else "")
        return self.judged(answer, text)


class Staff(Account):
    """Somebody who is made and signed in."""

    def __init__(self, registrar, name, roles, scope="", language="en"):
        password, key = add(registrar.program, registrar.data, name, roles, scope)
        super().__init__("localhost:%d" % registrar.ports["people"], os.path.join(registrar.folder, registrar.kiosks[0], "ca.pem"), name, password, key, language)
        self.sign_in()


def csrf_of(page):
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    return found[1] if found else ""


def said(page):
    """What came of a form: ("status" or "alert", the words)."""
    found = re.search(r'<p class="said[^"]*" role="(\w+)">(.*?)</p>', page)
    return (found[1], html.unescape(found[2])) if found else None


def main():
    if sys.argv[1] == "add":
        print("\n".join(add(*sys.argv[2:])))
    elif sys.argv[1] == "cookie":
        ca, people, name, password, key = sys.argv[2:]
        account = Account(people.replace("https://", ""), ca, name, password, key)
        account.sign_in()
        print("%s=%s" % (COOKIE, account.cookie))
    else:
        sys.exit(2)


if __name__ == "__main__":
    main()
