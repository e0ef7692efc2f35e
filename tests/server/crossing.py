"""Every route of both interfaces, as the served documents list them, tried from one institution against another of the same process and database:
with its own certificate, session and host and with the other's, against the other's ids, codes, links and bearers.  What is the other's must be
answered as what nobody has, word for word, and every row of the other's must stand as it stood.

    BUILD=build/debug python3 tests/server/crossing.py [DATABASE]    postgresql://...; when nothing is said, an SQLite file of each
    CROSSING_PLANT=1 ...    one try is made as the other institution itself: this test must then fail

tests/promises/nobody-crosses runs it.
"""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from institutions import Asking, Country  # noqa: E402

SERVICE = "certificate-of-study"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BEAT = {"version": "0.1.0", "screen": "home", "printer": "idle", "uptime_s": 5}
REPORT = {"epoch": 1, "state": "sending", "no_byte_left": False, "sheets": -1, "printer_uuid": "", "printer_job": 0}
REQUEST = {"service": SERVICE, "language": "uz", "answers": {"receiver": "any"}, "again": True}
DRAFT = {"language": "ru", "question": "place", "answers": {"receiver": "other"}}
PREVIEW = {"service": SERVICE, "language": "uz", "answers": {"receiver": "any"}, "width": 600}
INVOICE = "H-2026%2F000001"
FIRST = {"If-Match": "\"1\""}
RIGHTS = "catalogue,information,campaigns,requests,payments,blanks,records,hall"
CORRECTION = {"service": "name-correction", "language": "uz", "answers": {"surname": "Karimova", "given": "Dilnoza"}, "again": False}
TODAY = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 3600))
LEAVING = {"service": "leaving", "language": "uz", "answers": {"reason": "work", "last-day": TODAY, "sure": "yes"}, "again": False}
COMES_BACK = {"surname": "Qosimov", "given": "Jasur", "birth": "2004-05-06", "passport": "AB7654321", "phone": "+998901234567", "earlier": "have",
              "number": "S-2026/000001"}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../web/photos/paper.jpg"), "rb") as picture:
    PHOTO = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n' + picture.read() + b"\r\n--x--\r\n"
CARD = {"kind": "chip", "card": "04A1B2C3D4E580", "pin": "1234"}
CSR = subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=x", "-keyout", "/dev/null"],
                     capture_output=True, text=True, check=True, timeout=60).stdout
SESSION = {"kind": "session", "from": "2027-01-11", "to": "2027-01-30"}
# What is sent on a route, by its operation: a query, a body; {name} stands for what is the other's, or nobody's.  A route that is not here
# fails the test: whoever adds one says with what it is tried.
SENT = {
    "sign-in": {"body": {"number": "{number}", "password": "{password}"}}, "sign-out": {}, "catalogue": {}, "notices": {}, "theme": {}, "home": {}, "study": {}, "looks": {},
    "draft-get": {}, "draft-put": {"body": DRAFT}, "draft-delete": {}, "preview": {"body": PREVIEW}, "request": {"body": REQUEST},
    "page": {"query": "?epoch=1"}, "phone-link-make": {"head": {"Idempotency-Key": "\"{key}\""}}, "phone-link-look": {}, "phone-link-withdraw": {},
    "phone-digits": {"body": {"digits": "42"}}, "print-job": {"body": REPORT}, "heartbeat": {"body": BEAT}, "events": {}, "openapi": {}, "problem": {},
    "oauth-device": {"body": b"client_id=kiosk", "head": FORM}, "oauth-token": {"body": b"grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=kiosk&device_code={device_code}", "head": FORM},
    "sign-in-grant": {}, "sign-in-grant-end": {}, "sign-in-grant-digits": {"body": {"digits": "42"}},
    "grant-ask": {"query": "?code={user_code}"}, "grant": {}, "grant-open": {"body": b"", "head": FORM}, "grant-password": {"body": b"number={number}&password={password}", "head": FORM},
    "grant-leave": {}, "grant-back": {"query": "?state={letters}.ru.x&code=x"}, "grant-return": {"query": "?state={user_code}.ru.x&code=x"},
    "grant-leave-oneid": {}, "grant-back-oneid": {"query": "?state={letters}.ru.x&code=x"}, "grant-return-oneid": {"query": "?state={user_code}.ru.x&code=x"},
    "grant-consent": {"body": b"", "head": FORM}, "grant-cancel": {"body": b"", "head": FORM}, "card-page": {}, "card-page-block": {"body": b"", "head": FORM}, "health": {}, "check": {}, "check-typed": {"query": "?code={code}"}, "phone": {}, "phone-open": {"body": b"", "head": FORM},
    "phone-take": {"body": b"", "head": FORM}, "keys": {}, "status-list": {}, "audit-head": {}, "audit-entry": {}, "services": {}, "service": {}, "service-put": {"body": {"id": "{id}"}, "head": {"If-Match": "*"}},
    "service-remove": {"head": {"If-Match": "*"}}, "templates": {}, "template": {}, "template-put": {"body": {"id": "{id}"}, "head": {"If-Match": "*"}},
    "information": {}, "information-pages": {}, "information-page": {}, "information-put": {"body": {"id": "{id}"}, "head": {"If-Match": "*"}},
    "information-remove": {"head": {"If-Match": "*"}}, "template-remove": {"head": {"If-Match": "*"}}, "campaigns": {}, "campaign": {}, "campaign-put": {"body": SESSION, "head": {"If-Match": "*"}},
    "campaign-remove": {"head": {"If-Match": "*"}}, "request-withdraw": {}, "requests": {}, "people request": {"head": {}}, "request-claim": {"head": FIRST},
    "request-approve": {"body": {}, "head": FIRST}, "request-return": {"body": {"words": "Rasm"}, "head": FIRST},
    "request-decline": {"body": {"words": "Rasm"}, "head": FIRST}, "request-page": {}, "request-printed": {"body": {"state": "printed"}, "head": FIRST},
    "request-again": {}, "request-hand-out": {"body": {"to": "student"}, "head": FIRST}, "invoices": {}, "invoice": {},
    "invoice-put": {"body": {"state": "paid", "reference": "1"}}, "blanks": {},
    "enrol": {"body": {"kiosk": "B-1", "request": CSR, "proof": "0" * 64}}, "renew": {"body": {"request": "nothing"}},
    "card-sign-in": {"body": CARD}, "card-look": {}, "card-set": {"body": CARD}, "card-block": {},
    "visitor": {"body": {"language": "uz", "answers": COMES_BACK}}, "request-details": {}, "request-receipt": {"query": "?language=uz"},
    "request-answer": {"body": LEAVING}, "request-draft": {"body": DRAFT}, "request-confirm": {"body": {"passport": "AB7654321"}}, "visitors": {}, "portals": {}, "orders": {}, "order": {},
    "order-issue": {"body": {"number": "7-T", "day": TODAY}, "head": FIRST}, "order-drop": {"body": {"words": "Kech"}, "head": FIRST},
    "blanks-receive": {"body": {"kind": "academic-record", "series": "{series}", "first": 7, "count": 1}}, "blank": {},
    "hall": {}, "ticket-take": {"body": {"key": "{fresh}", "topic": "papers"}}, "ticket": {}, "ticket-give-up": {}, "ticket-slip": {"query": "?language=uz"},
    "call-make": {"body": {"key": "{fresh}", "screen": "form", "language": "uz", "named": False}}, "call": {}, "call-give-up": {},
    "ticket-leave": {"body": b"", "head": FORM}, "windows": {}, "window-put": {"body": {"state": "paused"}, "head": FIRST}, "window-next": {"head": FIRST},
    "tickets": {}, "ticket-put": {"body": {"state": "served"}, "head": FIRST}, "calls": {}, "call-put": {"body": {"state": "coming"}, "head": FIRST},
    "papers-offer": {"body": {"service": "excused-absence", "field": "proof"}}, "papers-look": {}, "papers-end": {}, "papers-page": {}, "photo": {},
    "photo-send": {"body": PHOTO, "head": {"Content-Type": "multipart/form-data; boundary=x"}}, "photo-done": {"body": b"", "head": FORM},
    "request-papers": {}, "request-paper": {}, "request-paper-seen": {},
    "blank-put": {"body": {"state": "issued", "holder": "A. Karimov"}, "head": FIRST}, "blank-spoil": {"body": {"words": "Yirtildi"}, "head": FIRST},
}
# Answers that hold an id made anew each time: their status is compared, and their words only searched for what is the other's.
MADE_ANEW = {"oauth-device", "request", "heartbeat", "events", "check", "check-typed", "phone", "phone-open", "phone-take", "preview", "draft-get", "page", "ticket-take", "call-make", "papers-offer"}

# What one has already decides the answer, not whose it is: answers are only searched for what is the other's.
COUNTED = {"ticket-take", "call-make"}

# Both have one of this number: it must be the own one, which the search for the other's words tells.
NUMBERED = {"status-list", "audit-entry", "window-put", "window-next"}


class Belongings:
    """What an institution has that another could ask for."""

    def __init__(self, house):
        self.house = house
        self.bearer, issued = house.visit()
        self.number, self.password = next(person for person in house.people)
        job = issued["print_job"]
        self.copy, self.job = job["copy"], job["id"]
        # Its paper came out: a job that nobody reports would time out meanwhile, on a machine that is busy.
        assert house.kiosk("GET", f"/kiosk/v1/copies/{self.copy}/page?epoch={job['epoch']}", None, self.bearer)[0] == 200
        status, _, body = house.kiosk("PUT", f"/kiosk/v1/print-jobs/{self.job}", {**REPORT, "epoch": job["epoch"], "state": "printed", "sheets": job["sheets"]})
        assert status == 200 and json.loads(body)["state"] == "printed", (status, body)
        assert house.kiosk("PUT", f"/kiosk/v1/drafts/{SERVICE}", DRAFT, self.bearer)[0] == 204
        self.key = str(uuid.uuid4())
        status, _, body = house.kiosk("POST", f"/kiosk/v1/copies/{self.copy}/phone-link", None, self.bearer, head={"Idempotency-Key": f"\"{self.key}\""})
        assert status == 201, (status, body)
        link = json.loads(body)
        self.link, self.token = link["id"], re.search(r"/d/([^/?#]+)", link["address"], re.I)[1]
        self.request = self.find("SELECT client_key FROM request")
        self.code = self.find("SELECT code FROM copy WHERE kind = 'paper'")
        self.list = self.find("SELECT list FROM status_list")
        said = house.country.run("token", "add", house.data, "crossing", "--for", RIGHTS)
        self.api = re.findall(r"\S{32,}", said)[-1]
        service = json.loads(house.kiosk("GET", "/kiosk/v1/catalogue")[2])["services"][0]
        self.offer = "of-" + house.id
        self.sealed = []
        status, _, body = house.public("PUT", f"/office/v1/services/{self.offer}", {**service, "id": self.offer}, bearer=self.api,
                                        head={"If-None-Match": "*"})
        assert status in (200, 201, 204), (status, body)
        status, _, body = house.public("PUT", f"/office/v1/campaigns/{self.offer}", SESSION, bearer=self.api, head={"If-None-Match": "*"})
        assert status == 201, (status, body)
        self.hand_in()
        self.stand_in_line()
        self.hold_card()
        self.offer_grant()
        self.photograph()

    def photograph(self):
        """A paper that the request was handed in with, and one that a phone is at."""
        house = self.house
        for name in ("proof", "later"):
            status, _, body = house.kiosk("POST", "/kiosk/v1/papers", {"service": "excused-absence", "field": "proof"}, self.bearer)
            assert status == 201, (status, body)
            self.set, self.photo_token = json.loads(body)["id"], re.search(r"/u/([^/?#]+)", json.loads(body)["address"], re.I)[1]
            status, head, body = house.public("POST", "/u/" + self.photo_token, PHOTO, head={"Content-Type": "multipart/form-data; boundary=x"})
            assert status == 303, (status, body)
            if name == "proof":
                answers = {"reason": "illness", "from": TODAY, "to": TODAY, "proof": "photo:" + self.set}
                status, _, body = house.kiosk("PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()),
                                              {"service": "excused-absence", "language": "uz", "answers": answers, "again": False}, self.bearer)
                assert status == 201, (status, body)
                number = json.loads(body)["number"]
                waiting = json.loads(house.public("GET", "/office/v1/requests", bearer=self.api)[2])["requests"]
                self.with_paper = next(one["id"] for one in waiting if one["number"] == number)

    def stand_in_line(self):
        """A ticket and a call, before a window that somebody opened."""
        house = self.house
        status, _, body = house.public("PUT", "/office/v1/windows/1", {"state": "open"}, bearer=self.api, head=FIRST)
        assert status == 200, (status, body)
        self.ticket, self.call = str(uuid.uuid4()), str(uuid.uuid4())
        status, _, body = house.kiosk("POST", "/kiosk/v1/tickets", {"key": self.ticket, "topic": "papers"})
        assert status == 201, (status, body)
        self.ticket_token = re.search(r"/t/([^/?#]+)", json.loads(body)["address"], re.I)[1]
        status, _, body = house.kiosk("POST", "/kiosk/v1/calls", {"key": self.call, "screen": "form", "language": "uz", "named": False})
        assert status == 201, (status, body)

    def offer_grant(self):
        """Somebody is to sign in with a phone."""
        status, _, body = self.house.kiosk("POST", "/kiosk/v1/oauth/device_authorization", b"client_id=kiosk", head=FORM)
        assert status == 200, (status, body)
        self.grant = json.loads(body)

    def hold_card(self):
        """A card with a PIN, and the page where a phone blocks it."""
        pin = next(pin for pin in ("7305", "8416", "5927") if pin not in self.number)
        mine = {"kind": "chip", "card": "04" + uuid.uuid4().hex[:12].upper(), "pin": pin}
        status, _, body = self.house.kiosk("PUT", "/kiosk/v1/card", mine, self.bearer)
        assert status == 200, (status, body)
        self.card_token = re.search(r"/c/([^/?#]+)", json.loads(body)["block_address"], re.I)[1]

    def hand_in(self):
        """What people decide, and a blank."""
        house = self.house
        status, _, body = house.kiosk("PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), CORRECTION, self.bearer)
        assert status == 201, (status, body)
        self.asked = json.loads(house.public("GET", "/office/v1/requests", bearer=self.api)[2])["requests"][0]["id"]
        self.order_draft()
        self.series = "A" + chr(ord("A") + house.country.houses.index(house))
        batch = {"kind": "academic-record", "series": self.series, "first": 1, "count": 1}
        status, _, body = house.public("POST", "/office/v1/blanks", batch, bearer=self.api)
        assert status == 204, (status, body)
        self.blank = self.series + "-0000001"

    def order_draft(self):
        house = self.house
        status, _, body = house.kiosk("PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), LEAVING, self.bearer)
        assert status == 201, (status, body)
        number = json.loads(body)["number"]
        self.order = next(one["id"] for one in json.loads(house.public("GET", "/office/v1/requests", bearer=self.api)[2])["requests"] if one["number"] == number)
        path = "/office/v1/requests/" + self.order
        for answers in ({}, {}, {"answers": {"last-day": TODAY}}):
            tag = house.public("GET", path, bearer=self.api)[1]["etag"]
            status, _, body = house.public("POST", path + "/approve", answers, bearer=self.api, head={"If-Match": tag})
            assert status == 204, (status, body)

    def find(self, sql):
        country = self.house.country
        where = f"{sql} {'AND' if 'WHERE' in sql else 'WHERE'} institution = '{self.house.id}' LIMIT 1"
        if country.database and country.database.startswith("postgres"):
            return country.ask_postgresql(country.database.replace("//registrar@", "//admin@"), where)[0]
        path = country.database or os.path.join(self.house.data, "registrar.db")
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20) as database:
            return str(database.execute(where).fetchone()[0])

    def words(self, operation, path):
        """What stands for {name} on this route."""
        copy = operation in ("page", "phone-link-make")
        offered = (self.order if path.startswith("/office/v1/orders") else self.with_paper if "/papers" in path and path.startswith("/office/") else self.asked if path.startswith("/office/v1/requests")
                   else self.blank if path.startswith("/office/v1/blanks") else self.set if "/v1/papers" in path
                   else self.ticket if "/v1/tickets" in path else self.call if "/v1/calls" in path
                   else self.grant["grant"] if "/sign-in-grants/" in path else self.offer if path.startswith("/office/") else None)
        return {"id": offered if offered else self.copy if copy else self.job if operation == "print-job" else self.link, "uuid": self.request,
                "service": SERVICE, "code": self.grant["user_code"] if path.startswith("/g/") else self.code, "token": self.ticket_token if path.startswith("/t/") else self.card_token if path.startswith("/c/") else self.photo_token if path.startswith("/u/") else self.token, "field": "proof", "n": "1", "list": self.list, "number": INVOICE if "/invoices/" in path else "1" if "/windows/" in path else self.number,
                "password": self.password, "device_code": self.grant["device_code"], "user_code": self.grant["user_code"], "letters": self.grant["user_code"].replace("-", ""), "series": self.series + "X",
                "key": self.key, "fresh": str(uuid.uuid4()), "slug": "not-found", "position": "1"}

    def secrets(self):
        return [self.house.host, self.bearer, self.copy, self.job, self.link, self.token, self.request, self.code, self.api, self.offer, self.asked, self.order, self.ticket, self.call, self.ticket_token, self.card_token, self.grant["grant"], self.grant["device_code"], self.grant["user_code"], self.set, self.photo_token, self.with_paper,
                self.blank, *self.sealed]

    def seal(self):
        """Once the sealer was there: the hash of its first entry is its own, and only its own host tells it."""
        self.sealed = [json.loads(self.house.public("GET", "/audit/entries/1")[2])["hash"]]


class Nobody:
    """The same of nobody."""

    def __init__(self, of):
        self.of, self.bearer, self.api = of, "A" * len(of.bearer), "B" * len(of.api)

    def words(self, operation, path):
        made = str(uuid.uuid4())
        offered = made if path.startswith(("/office/v1/requests", "/office/v1/orders", "/office/v1/tickets", "/office/v1/calls")) else "ZZ-0000001" if path.startswith("/office/v1/blanks") else "of-nobody"
        return {"id": offered if path.startswith("/office/") else made, "uuid": made, "service": SERVICE, "code": "BCDFBCDF" if path.startswith("/g/") else "0000ZZZZ0000", "device_code": "B" * 43, "user_code": "BCDF-BCDF", "letters": "BCDFBCDF", "list": "77",
                "token": "Z" * len(self.of.token), "field": "proof", "n": "1", "number": "H-2026%2F000099" if "/invoices/" in path else "77" if "/windows/" in path else "999999999999",
                "password": "nobody", "series": "ZZX", "key": str(uuid.uuid4()), "fresh": str(uuid.uuid4()), "slug": "not-found",
                "position": "999999999"}


def fill(value, words):
    if isinstance(value, dict):
        return {name: fill(inner, words) for name, inner in value.items()}
    if isinstance(value, bytes):
        return fill(value.decode("latin-1"), words).encode("latin-1")
    return re.sub(r"\{(\w+)\}", lambda found: words.get(found[1], found[0]), value) if isinstance(value, str) else value


def plain(words, answer):
    """The answer without what was asked for, so that two of them can be compared."""
    status, head, body = answer
    text = body.decode("latin-1")
    for word in words.values():
        if len(word) >= 6:
            text = text.replace(word, "~")
    text = re.sub(r'"promised_at_s":\d+', '"promised_at_s":0', text)  # while the office is open a promise goes on with the clock
    return status, head.get("content-type"), head.get("set-cookie") is not None, text


def differing(one, other):
    """Two answers from where they part: their beginnings are alike."""
    at = len(os.path.commonprefix([one[-1], other[-1]])) if len(one) > 3 else 0
    return [(*answer[:3], *(part[max(at - 60, 0):at + 120] for part in answer[3:])) for answer in (one, other)]


class Tries:
    def __init__(self, mine, other):
        self.mine, self.other, self.nobody = mine, other, Nobody(other)
        self.tries = self.crossed = self.routes = 0

    def cross(self, name, why, seen):
        self.crossed += 1
        print(f"CROSSED  {name}: {why}: {seen!r}"[:700])

    def ask(self, listener, method, path, operation, whose, bearer, host, certified):
        """One question about what is whose."""
        sent = SENT.get(f"{listener} {operation}") or SENT[operation]
        used = re.findall(r"\{(\w+)\}", path + repr(sent))
        words = {name: word for name, word in whose.words(operation, path).items() if name in used}
        target = fill(path + sent.get("query", ""), words)
        body, head = fill(sent.get("body"), words), fill(sent.get("head", {}), words)
        house = self.mine.house
        if listener == "people":
            answer = house.public(method, target, body, host.host, bearer, head)
        elif certified:
            answer = house.kiosk(method, target, body, bearer, host.host, head)
        else:
            answer = self.uncertified(method, target, body, bearer, host, head)
        return words, answer

    def uncertified(self, method, target, body, bearer, host, head):
        return Asking(host.country, "kiosks", host.authority).ask(method, target, body, host.host, bearer, head)

    def judge(self, name, operation, listener, method, path, bearers, host, certified=True):
        """bearers: with the other's, and with nobody's in its place."""
        asked = self.ask(listener, method, path, operation, self.other, bearers[0], host, certified)
        known = self.ask(listener, method, path, operation, self.nobody, bearers[1], host, certified)
        self.tries += 1
        found = [secret for secret in self.other.secrets() if secret.encode() in asked[1][2] and secret not in asked[0].values()]
        if found:
            self.cross(name, "tells what is another's", asked[1][2])
        one, unknown = plain(*asked), plain(*known)
        if operation in MADE_ANEW:
            one, unknown = one[:3], unknown[:3]
        if one != unknown and operation not in NUMBERED | COUNTED:
            self.cross(name, "is answered otherwise than what nobody has", differing(one, unknown))

    def kiosks(self, method, path, operation):
        mine, other, nobody = self.mine, self.other, self.nobody
        for name, bearers, host, certified in (
                ("own session", (mine.bearer, mine.bearer), mine.house, True), ("own session, other host", (mine.bearer, mine.bearer), other.house, True),
                ("other's session", (other.bearer, nobody.bearer), mine.house, True),
                ("other's session and host", (other.bearer, nobody.bearer), other.house, True),
                ("no certificate", (other.bearer, nobody.bearer), other.house, False)):
            if operation == "sign-out" and bearers[0] == mine.bearer:
                continue  # its own: it may
            if operation == "sign-in" and name not in ("own session", "other's session and host", "no certificate"):
                continue  # no bearer is looked at, and each refusal takes more than a second
            self.judge(f"{method} {path}, {name}", operation, "kiosks", method, path, bearers, host, certified)

    def people(self, method, path, operation):
        mine, other, nobody = self.mine, self.other, self.nobody
        self.judge(f"{method} {path}, own host", operation, "people", method, path, (other.api, nobody.api), mine.house)
        if path.startswith("/office/"):
            self.judge(f"{method} {path}, own bearer", operation, "people", method, path, (mine.api, mine.api), mine.house)
            theirs = self.ask("people", method, path, operation, other, mine.api, other.house, True)[1]
            self.tries += 1
            if theirs[0] != 401:
                self.cross(f"{method} {path}, own bearer at the other's host", "is taken", theirs)

    def all(self):
        still = self.other.house.country.dump_when_still(self.other.house.id)
        self.other.seal()
        for listener, address in (("kiosks", "/kiosk/v1/openapi.json"), ("people", "/openapi.json")):
            ask = self.mine.house.kiosk if listener == "kiosks" else self.mine.house.public
            document = json.loads(ask("GET", address)[2])
            for path, methods in document["paths"].items():
                for method, said in methods.items():
                    if method not in ("get", "put", "post", "delete"):
                        continue
                    if said["operationId"] not in SENT:
                        sys.exit(f"crossing: {method.upper()} {path}: with what is it tried?  Say so in SENT")
                    self.routes += 1
                    (self.kiosks if listener == "kiosks" else self.people)(method.upper(), path, said["operationId"])
        if os.environ.get("CROSSING_PLANT"):
            self.other.house.kiosk("DELETE", f"/kiosk/v1/drafts/{SERVICE}", None, self.other.bearer)
        now = self.other.house.country.dump(self.other.house.id)
        for table in sorted(now):
            if now[table] != still.get(table):
                self.cross(table, "rows of the other institution changed", table)


def main():
    folder, country = tempfile.mkdtemp(prefix="crossing-"), None
    try:
        country = Country(os.environ.get("BUILD", "build/debug"), folder, 2, sys.argv[1] if len(sys.argv) > 1 else None)
        country.serve("--no-limits")
        tries = Tries(*(Belongings(house) for house in country.houses))
        tries.all()
    finally:
        if country:
            country.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"routes {tries.routes}, tries {tries.tries}, crossed: {tries.crossed}")
    sys.exit(tries.crossed > 0 or tries.routes < 30)


main()
