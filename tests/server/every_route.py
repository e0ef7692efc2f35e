#!/usr/bin/env python3
"""Asks a registrar of the demo university for everything that its interfaces have: each route, and what it answers to whom it refuses.

    BUILD=build/debug OFFICE_RECORD=FILE tests/server/every_route.py [DATABASE]

Two registrars serve one register, which lies in DATABASE ("postgresql://...") where one is given: what one gave the other gives under the same tag,
and a key that was answered by one is answered by the other.
What was answered is recorded (`registrar serve --record`) and judged by tests/web/openapi-judge.mjs, which knows the routes by their description
and tells which were not asked for; here only the order matters, and that each answer has the status that belongs to it.
"""
import http.client
import json
import os
import re
import ssl
import sys
import tempfile
import time
import urllib.parse
import uuid

from registrar import ROOT, Registrar
from terminal import Terminal

KEY = "Idempotency-Key"


class Face:
    """One listener, asked on one connection."""

    def __init__(self, registrar, port, kiosk=None):
        folder = os.path.join(registrar.folder, kiosk or registrar.kiosks[0])
        context = ssl.create_default_context(cafile=os.path.join(folder, "ca.pem"))
        if kiosk:
            context.load_cert_chain(os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem"))
        self.connection = http.client.HTTPSConnection("localhost", registrar.ports[port], timeout=60, context=context)
        self.bearer = None

    def ask(self, status, method, path, body=None, **head):
        """The answer's body, read where it is JSON; its head is in .head.  head: names with _ for -."""
        fields = {name.replace("_", "-"): value for name, value in head.items() if value is not None}
        if self.bearer:
            fields.setdefault("Authorization", "Bearer " + self.bearer)
        if body is not None and not isinstance(body, str):
            fields.setdefault("Content-Type", "application/json")
            body = json.dumps(body)
        self.connection.request(method, path, body, fields)
        answer = self.connection.getresponse()
        said = answer.read()
        self.head = answer.headers
        assert answer.status == status, (method, path, answer.status, said[:300])
        return json.loads(said) if "json" in (answer.headers.get("Content-Type") or "") and said else said

    def kept(self, path):
        """Asked for, and asked for again by whoever has it: one tag of a list, a weak one, any."""
        self.ask(200, "GET", path)
        tag = self.head["ETag"]
        for known in (tag, '"other", ' + tag, "W/" + tag, "*"):
            self.ask(304, "GET", path, If_None_Match=known)
            assert self.head["ETag"] == tag
        self.ask(200, "GET", path, If_None_Match='"other"')
        self.ask(200, "HEAD", path)
        assert self.head["ETag"] == tag

    def kept_while_it_stands(self, path):
        """As kept, of what moves on with what others do: once it stands for as long as the questions take."""
        for _ in range(9):
            try:
                return self.kept(path)
            except AssertionError:
                time.sleep(0.3)
        return self.kept(path)


def same_tags(one, other, paths):
    """Entity tags are made of what they stand for, not of who gives it."""
    for path in paths:
        one.ask(200, "GET", path)
        other.ask(304, "GET", path, If_None_Match=one.head["ETag"])


def machine(kiosk, stranger):
    """What a kiosk asks by its certificate alone."""
    for path in ("catalogue", "notices", "theme"):
        kiosk.kept("/kiosk/v1/" + path)
        stranger.ask(403, "GET", "/kiosk/v1/" + path)
    kiosk.kept("/kiosk/v1/openapi.json")
    kiosk.ask(200, "POST", "/kiosk/v1/heartbeat", {"version": "0.1.0", "screen": "attract", "printer": "idle", "uptime_s": 5})
    kiosk.ask(400, "POST", "/kiosk/v1/heartbeat", {"version": 7})
    events = kiosk.ask(200, "GET", "/kiosk/v1/events")
    assert events["reset"], events
    kiosk.ask(400, "GET", "/kiosk/v1/events?after=yesterday")
    stranger.ask(403, "GET", "/kiosk/v1/events")
    kiosk.ask(200, "GET", "/problems/limit")
    kiosk.ask(404, "GET", "/problems/nothing")
    kiosk.ask(200, "GET", "/healthz")
    kiosk.ask(404, "GET", "/kiosk/v1/nothing")
    assert kiosk.ask(404, "GET", "/kiosk/v2/home")["versions"] == ["v1"]
    kiosk.ask(405, "PUT", "/kiosk/v1/catalogue", {})
    kiosk.ask(413, "POST", "/kiosk/v1/heartbeat", {"version": "x" * 9000})
    kiosk.ask(431, "GET", "/kiosk/v1/catalogue", X_Long="x" * 9000)


def enrolment(registrar, folder, kiosk):
    """A terminal becomes a kiosk, renews, and is refused."""
    said = registrar.run("kiosk", "add", registrar.data, "C-3", "--place", "3-bino", "--address", "https://localhost:8444")
    code = re.search(r"code +(\S+)", said)[1]
    terminal = Terminal(os.path.join(folder, "c-3"))
    body = terminal.body("C-3", code)
    terminal.believe(kiosk.ask(201, "POST", "/kiosk/v1/enrol", body))
    kiosk.ask(403, "POST", "/kiosk/v1/enrol", dict(body, proof="0" * 64))
    kiosk.ask(400, "POST", "/kiosk/v1/enrol", {"kiosk": "C-3"})
    kiosk.ask(201, "POST", "/kiosk/v1/renew", {"request": terminal.request})
    kiosk.ask(400, "POST", "/kiosk/v1/renew", {"request": "nothing"})


def form(kiosk, service):
    draft = {"language": "uz", "question": "", "answers": {"receiver": "any"}}
    path = "/kiosk/v1/drafts/" + service
    kiosk.ask(404, "GET", path)
    kiosk.ask(204, "PUT", path, draft)
    kiosk.ask(200, "GET", path)
    kiosk.ask(200, "GET", "/kiosk/v1/home")
    assert kiosk.ask(200, "GET", "/kiosk/v1/study")["results"]
    assert any(look["kind"] == "signed-in" for look in kiosk.ask(200, "GET", "/kiosk/v1/looks")["looks"])
    kiosk.ask(422, "PUT", path, dict(draft, answers={"receiver": "moon"}))
    kiosk.ask(400, "PUT", path, {})
    kiosk.ask(204, "DELETE", path)
    asked = {"service": service, "language": "uz", "answers": {"receiver": "any"}, "width": 400}
    kiosk.ask(200, "POST", "/kiosk/v1/preview", asked)
    kiosk.ask(422, "POST", "/kiosk/v1/preview", dict(asked, answers={}))
    kiosk.ask(404, "POST", "/kiosk/v1/preview", dict(asked, service="nothing"))


def paper(kiosk, service):
    """A document on paper, to its last report; the copy."""
    asked = {"service": service, "language": "uz", "answers": {"receiver": "any"}, "again": False}
    path = "/kiosk/v1/requests/" + str(uuid.uuid4())
    kiosk.ask(422, "PUT", path, dict(asked, answers={}))
    issued = kiosk.ask(201, "PUT", path, asked)
    issued = kiosk.ask(200, "PUT", path, asked)
    kiosk.ask(422, "PUT", path, dict(asked, language="ru"))
    kiosk.ask(409, "PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), asked)
    job = issued["print_job"]
    page = "/kiosk/v1/copies/%s/page" % job["copy"]
    kiosk.ask(400, "GET", page)
    kiosk.ask(200, "GET", "%s?epoch=%d" % (page, job["epoch"]))
    kiosk.ask(409, "GET", "%s?epoch=%d" % (page, job["epoch"]))
    report = {"epoch": job["epoch"], "state": "sent", "no_byte_left": False, "sheets": -1, "printer_uuid": "urn:uuid:1", "printer_job": 4}
    kiosk.ask(200, "PUT", "/kiosk/v1/print-jobs/" + job["id"], report)
    kiosk.ask(200, "PUT", "/kiosk/v1/print-jobs/" + job["id"], dict(report, state="printed", sheets=1))
    kiosk.ask(404, "PUT", "/kiosk/v1/print-jobs/" + str(uuid.uuid4()), report)
    return issued


def phone(kiosk, elsewhere, people, copy):
    """A link, asked for with a key and again with it, of another registrar too; a phone that takes the copy."""
    path = "/kiosk/v1/copies/%s/phone-link" % copy
    key = '"%s"' % uuid.uuid4()
    link = kiosk.ask(201, "POST", path, Idempotency_Key=key)
    assert kiosk.ask(201, "POST", path, Idempotency_Key=key) == link
    elsewhere.bearer = kiosk.bearer
    assert elsewhere.ask(201, "POST", path, Idempotency_Key=key) == link
    kiosk.ask(422, "POST", "/kiosk/v1/copies/%s/phone-link" % uuid.uuid4(), Idempotency_Key=key)
    kiosk.ask(400, "POST", path, Idempotency_Key="bare")
    kiosk.ask(404, "POST", "/kiosk/v1/copies/%s/phone-link" % uuid.uuid4())
    mine = "/kiosk/v1/phone-links/" + link["id"]
    kiosk.ask(200, "GET", mine)
    kiosk.ask(404, "GET", "/kiosk/v1/phone-links/" + str(uuid.uuid4()))
    door = "/d/" + link["address"].rsplit("/", 1)[1]
    people.ask(200, "GET", door)
    people.ask(409, "POST", door + "/file", "", Content_Type="application/x-www-form-urlencoded")
    people.ask(303, "POST", door, "", Content_Type="application/x-www-form-urlencoded")
    cookie = people.head["Set-Cookie"].split(";")[0]
    page = people.ask(200, "GET", door, Cookie=cookie)
    people.ask(403, "GET", door)
    people.ask(403, "POST", door, "")
    digits = re.search(rb'class="digits"[^>]*>(\d\d)<', page)[1].decode()
    kiosk.ask(400, "PUT", mine + "/digits", {"digits": "x"})
    assert kiosk.ask(200, "PUT", mine + "/digits", {"digits": digits})["state"] == "matched"
    people.ask(200, "POST", door + "/file", "", Cookie=cookie)
    assert kiosk.ask(200, "DELETE", mine)["withdrawn"]
    people.ask(410, "GET", "/d/" + "0" * 28)


FORM = "application/x-www-form-urlencoded"
GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"


def phone_sign_in(kiosk, people, student):
    """A phone signs its student in at the kiosk; one that is cancelled, one whose code nobody has."""
    number, password = student
    kiosk.bearer = None
    device, token = "/kiosk/v1/oauth/device_authorization", "/kiosk/v1/oauth/token"
    kiosk.ask(400, "POST", device, "client_id=moon", Content_Type=FORM)
    offer = kiosk.ask(200, "POST", device, "client_id=kiosk", Content_Type=FORM)
    form = urllib.parse.urlencode({"grant_type": GRANT_TYPE, "device_code": offer["device_code"], "client_id": "kiosk"})
    assert kiosk.ask(400, "POST", token, form, Content_Type=FORM)["error"] == "authorization_pending"
    mine = "/kiosk/v1/sign-in-grants/" + offer["grant"]
    assert kiosk.ask(200, "GET", mine)["state"] == "offered"
    kiosk.ask(404, "GET", "/kiosk/v1/sign-in-grants/" + str(uuid.uuid4()))
    people.ask(200, "GET", "/g")
    people.ask(400, "GET", "/g?code=moon")
    people.ask(303, "GET", "/g?code=" + offer["user_code"].lower())
    door = people.head["Location"].partition("?")[0]
    people.ask(410, "GET", "/g/BBBBBBBB")
    people.ask(410, "POST", "/g/BBBBBBBB", "", Content_Type=FORM)
    people.ask(410, "GET", "/g/BBBBBBBB/hemis")
    people.ask(410, "GET", "/g/BBBBBBBB/back?state=BBBBBBBB.ru.x&code=x")
    people.ask(410, "GET", "/back/hemis?code=x")
    people.ask(200, "GET", "/back/hemis?state=BBBBBBBB.ru.x&code=x")
    people.ask(410, "GET", "/g/BBBBBBBB/oneid")
    people.ask(410, "GET", "/g/BBBBBBBB/back/oneid?state=BBBBBBBB.ru.x&code=x")
    people.ask(410, "GET", "/back/oneid?code=x")
    people.ask(200, "GET", "/back/oneid?state=BBBBBBBB.ru.x&code=x")
    people.ask(410, "POST", "/g/BBBBBBBB/password", "number=1&password=1", Content_Type=FORM)
    for act in ("consent", "cancel"):
        people.ask(410, "POST", "/g/BBBBBBBB/" + act, "", Content_Type=FORM)
    people.ask(200, "GET", door)
    people.ask(303, "POST", door, "", Content_Type=FORM)
    cookie = people.head["Set-Cookie"].partition(";")[0]
    people.ask(403, "GET", door)
    people.ask(403, "POST", door, "", Content_Type=FORM)
    people.ask(403, "POST", door + "/password", "number=1&password=1", Content_Type=FORM)
    for act in ("consent", "cancel"):
        people.ask(403, "POST", door + "/" + act, "", Content_Type=FORM)
    people.ask(200, "GET", door, Cookie=cookie)
    people.ask(401, "POST", door + "/password", urllib.parse.urlencode({"number": number, "password": "wrong"}), Content_Type=FORM, Cookie=cookie)
    people.ask(303, "POST", door + "/password", urllib.parse.urlencode({"number": number, "password": password}), Content_Type=FORM, Cookie=cookie)
    people.ask(200, "GET", door, Cookie=cookie)
    people.ask(303, "POST", door + "/consent", "", Content_Type=FORM, Cookie=cookie)
    digits = re.search(rb'class="digits"[^>]*>(\d\d)<', people.ask(200, "GET", door, Cookie=cookie))[1].decode()
    kiosk.ask(400, "PUT", mine + "/digits", {"digits": "x"})
    kiosk.ask(404, "PUT", "/kiosk/v1/sign-in-grants/" + str(uuid.uuid4()) + "/digits", {"digits": digits})
    assert kiosk.ask(200, "PUT", mine + "/digits", {"digits": digits})["state"] == "matched"
    given = kiosk.ask(200, "POST", token, form, Content_Type=FORM)
    assert given["session"]["number"] == number
    assert kiosk.ask(400, "POST", token, form, Content_Type=FORM)["error"] == "invalid_grant"
    kiosk.bearer = given["access_token"]
    kiosk.ask(200, "GET", "/kiosk/v1/home")
    kiosk.ask(204, "DELETE", "/kiosk/v1/session")
    kiosk.bearer = None
    again = kiosk.ask(200, "POST", device, "client_id=kiosk", Content_Type=FORM)
    people.ask(200, "POST", "/g/" + again["user_code"] + "/cancel", "", Content_Type=FORM)
    assert kiosk.ask(200, "GET", "/kiosk/v1/sign-in-grants/" + again["grant"])["state"] == "denied"
    kiosk.ask(204, "DELETE", "/kiosk/v1/sign-in-grants/" + again["grant"])
    kiosk.ask(404, "DELETE", "/kiosk/v1/sign-in-grants/" + str(uuid.uuid4()))


def card(kiosk, people, student):
    """A card gets a PIN, opens a session, and is blocked: at the kiosk, and by a phone."""
    number, password = student
    pin = next(pin for pin in ("7305", "8416", "5927") if pin not in number)
    mine = {"kind": "chip", "card": "04" + uuid.uuid4().hex[:12].upper(), "pin": pin}
    signed = {"number": number, "password": password}
    kiosk.bearer = None
    kiosk.ask(400, "POST", "/kiosk/v1/card-session", {})
    kiosk.ask(401, "POST", "/kiosk/v1/card-session", mine)
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/session", signed)["token"]
    kiosk.ask(200, "GET", "/kiosk/v1/card")
    kiosk.ask(400, "PUT", "/kiosk/v1/card", {})
    kiosk.ask(422, "PUT", "/kiosk/v1/card", dict(mine, pin="1234"))
    assert kiosk.ask(200, "PUT", "/kiosk/v1/card", mine)["state"] == "active"
    kiosk.bearer = None
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/card-session", mine)["token"]
    kiosk.ask(403, "PUT", "/kiosk/v1/card", mine)
    assert kiosk.ask(200, "DELETE", "/kiosk/v1/card")["state"] == "blocked"
    kiosk.ask(401, "GET", "/kiosk/v1/card")  # what the card began ended with it
    kiosk.bearer = None
    kiosk.ask(403, "POST", "/kiosk/v1/card-session", mine)
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/session", signed)["token"]
    page = "/c/" + kiosk.ask(200, "PUT", "/kiosk/v1/card", mine)["block_address"].partition("/C/")[2]
    people.ask(200, "GET", page)
    people.ask(303, "POST", page, "", Content_Type="application/x-www-form-urlencoded")
    people.ask(200, "GET", page)
    assert kiosk.ask(200, "GET", "/kiosk/v1/card")["state"] == "blocked"
    people.ask(410, "GET", "/c/" + "0" * 28)
    people.ask(410, "POST", "/c/" + "0" * 28, "", Content_Type="application/x-www-form-urlencoded")
    kiosk.bearer = None


def visit(kiosk, elsewhere, people, student, service):
    """The code of the paper that it ended with."""
    number, password = student
    kiosk.ask(401, "GET", "/kiosk/v1/home")
    kiosk.ask(401, "POST", "/kiosk/v1/session", {"number": number, "password": "wrong"})
    kiosk.ask(400, "POST", "/kiosk/v1/session", {"number": number})
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/session", {"number": number, "password": password})["token"]
    form(kiosk, service)
    issued = paper(kiosk, service)
    phone(kiosk, elsewhere, people, issued["copy"])
    kiosk.ask(200, "GET", "/kiosk/v1/home")
    kiosk.ask(204, "DELETE", "/kiosk/v1/session")
    kiosk.bearer = None
    phone_sign_in(kiosk, people, student)
    card(kiosk, people, student)
    return issued["code"]


def public(people, code):
    for path in ("/", "/?l=ru", "/v", "/v?code=" + code, "/v/" + code.lower(), "/V/" + code, "/healthz", "/problems/form"):
        people.ask(200, "GET", path)
    people.ask(404, "GET", "/v/0000-0000-0000")
    people.ask(404, "GET", "/problems/nothing")
    people.ask(404, "GET", "/nothing")
    people.ask(405, "POST", "/keys", "")
    people.ask(404, "GET", "/status/9999")
    people.ask(404, "GET", "/office/v7/services")
    for path in ("/keys", "/openapi.json"):
        people.kept(path)
    for path in ("/status/1", "/audit/head"):
        people.kept_while_it_stands(path)
    head = people.ask(200, "GET", "/audit/head")
    people.kept("/audit/entries/%d" % head["position"])
    people.ask(404, "GET", "/audit/entries/%d" % (head["position"] + 10**9))


def offers(people, token, kind, name, new):
    """Services and templates, put, changed and taken away by a program of the university's."""
    path = "/office/v1/" + kind
    people.bearer = None
    people.ask(401, "GET", path)
    people.bearer = token
    people.kept(path)
    people.kept("%s/%s" % (path, name))
    people.ask(404, "GET", path + "/nothing")
    people.ask(428, "PUT", "%s/%s" % (path, new["id"]), new)
    people.ask(422, "PUT", "%s/%s" % (path, new["id"]), {"id": new["id"]}, If_None_Match="*")
    people.ask(201, "PUT", "%s/%s" % (path, new["id"]), new, If_None_Match="*")
    tag = people.head["ETag"]
    people.ask(412, "PUT", "%s/%s" % (path, new["id"]), new, If_None_Match="*")
    people.ask(412, "DELETE", "%s/%s" % (path, new["id"]), If_Match='"other"')
    people.ask(204, "PUT", "%s/%s" % (path, new["id"]), new, If_Match=tag)
    people.ask(204, "DELETE", "%s/%s" % (path, new["id"]), If_Match=people.head["ETag"])
    people.ask(412, "DELETE", "%s/%s" % (path, new["id"]), If_Match=tag)
    people.ask(200, "GET", "%s/%s" % (path, name))
    people.ask(409, "DELETE", "%s/%s" % (path, name), If_Match=people.head["ETag"])
    people.bearer = None


def campaigns(people, token):
    """Dates that a program of the university's sets."""
    path, new = "/office/v1/campaigns", {"kind": "session", "from": "2027-01-11", "to": "2027-01-30", "education_form": "13"}
    people.bearer = None
    people.ask(401, "GET", path)
    people.ask(401, "PUT", path + "/winter", new, If_None_Match="*")
    people.bearer = token
    people.ask(404, "GET", path + "/winter")
    people.ask(428, "PUT", path + "/winter", new)
    faults = people.ask(422, "PUT", path + "/winter", dict(new, to="2027-01-10"), If_None_Match="*")["faults"]
    assert faults[0]["path"] == "to", faults
    made = people.ask(201, "PUT", path + "/winter", new, If_None_Match="*")
    assert made["opens"] == new["from"], made
    people.kept(path)
    people.kept(path + "/winter")
    tag = people.head["ETag"]
    people.ask(412, "PUT", path + "/winter", new, If_None_Match="*")
    people.ask(204, "PUT", path + "/winter", dict(new, opens="2026-12-01", year=2, faculty="401-101", education_type="11"), If_Match=tag)
    people.ask(412, "DELETE", path + "/winter", If_Match=tag)
    people.ask(204, "DELETE", path + "/winter", If_Match="*")
    people.ask(412, "DELETE", path + "/winter", If_Match="*")
    people.ask(404, "DELETE", path + "/winter", If_None_Match="*")
    people.bearer = None


def load(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return json.load(file)


def through_people(registrar, kiosk, people, token):
    """A request, its invoice, its paper at the window, and a blank: each route, and what it refuses."""
    people.bearer = token
    key = str(uuid.uuid4())
    asked = {"service": "student-card-duplicate", "language": "uz", "answers": {"why": "lost", "language": "uz"}, "again": False}
    for student in registrar.students[1:]:  # the first that may
        kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/session", {"number": student[0], "password": student[1]})["token"]
        if next(one for one in kiosk.ask(200, "GET", "/kiosk/v1/home")["services"] if one["service"] == asked["service"])["allowed"]:
            break
    said = kiosk.ask(201, "PUT", "/kiosk/v1/requests/" + key, asked)
    invoice = "/office/v1/invoices/" + said["invoice"].replace("/", "%2F")
    people.ask(200, "GET", "/office/v1/invoices")
    people.ask(400, "GET", "/office/v1/invoices?after=" + "x" * 99)
    people.ask(200, "GET", invoice)
    people.ask(404, "GET", "/office/v1/invoices/H-2026%2F999999")
    people.ask(400, "PUT", invoice, {"state": "paid"})
    people.ask(422, "PUT", invoice, {"state": "paid", "reference": ""})
    line = people.ask(200, "GET", "/office/v1/requests?state=payment")["requests"][0]
    people.ask(400, "GET", "/office/v1/requests?state=moon")
    path = "/office/v1/requests/" + line["id"]
    people.ask(404, "GET", "/office/v1/requests/" + str(uuid.uuid4()))
    people.ask(200, "GET", path)
    tag = people.head["ETag"]
    people.ask(304, "GET", path, If_None_Match=tag)
    people.ask(409, "POST", path + "/approve", {}, If_Match=tag)
    people.ask(200, "PUT", invoice, {"state": "paid", "reference": "1"})
    people.ask(409, "PUT", invoice, {"state": "paid", "reference": "2"})
    kiosk.ask(409, "DELETE", "/kiosk/v1/requests/" + key)
    kiosk.ask(404, "DELETE", "/kiosk/v1/requests/" + str(uuid.uuid4()))
    people.ask(428, "POST", path + "/claim")
    people.ask(412, "POST", path + "/claim", If_Match='"99"')
    people.ask(204, "POST", path + "/claim", If_Match=tag)
    people.ask(200, "GET", path)
    tag = people.head["ETag"]
    people.ask(422, "POST", path + "/return", {"words": ""}, If_Match=tag)
    people.ask(422, "POST", path + "/decline", {"words": ""}, If_Match=tag)
    people.ask(204, "POST", path + "/return", {"words": "Rasm"}, If_Match=tag)
    people.ask(409, "GET", path + "/page")
    people.ask(200, "GET", path)
    people.ask(204, "POST", path + "/approve", {}, If_Match=people.head["ETag"])
    people.ask(200, "GET", path + "/page")
    page = people.head["ETag"]
    people.ask(409, "GET", path + "/page")
    people.ask(409, "PUT", path + "/printed", {"state": "printed"}, If_Match='"99"')
    people.ask(200, "PUT", path + "/printed", {"state": "cancelled"}, If_Match=page)
    people.ask(204, "POST", path + "/again")
    people.ask(409, "POST", path + "/again")
    people.ask(200, "GET", path + "/page")
    people.ask(200, "PUT", path + "/printed", {"state": "printed"}, If_Match=people.head["ETag"])
    people.ask(200, "GET", path)
    tag = people.head["ETag"]
    people.ask(400, "POST", path + "/hand-out", {"to": "moon"}, If_Match=tag)
    people.ask(422, "POST", path + "/hand-out", {"to": "other"}, If_Match=tag)
    people.ask(204, "POST", path + "/hand-out", {"to": "other", "name": "A. Karimov", "paper": "AA 1234567"}, If_Match=tag)
    people.ask(409, "POST", path + "/decline", {"words": "late"}, If_Match=tag)
    kiosk.ask(200, "GET", "/kiosk/v1/home")
    taken_back(kiosk, people)
    blanks(people)
    hall(kiosk, people)
    papers(kiosk, people)
    kiosk.ask(204, "DELETE", "/kiosk/v1/session")
    applications(kiosk, people, registrar.students[0])
    kiosk.ask(204, "DELETE", "/kiosk/v1/session")
    kiosk.bearer = people.bearer = None
    for path in ("requests", "invoices", "blanks", "orders", "visitors", "portals", "windows", "tickets", "calls"):
        people.ask(401, "GET", "/office/v1/" + path)


def papers(kiosk, people):
    """A paper photographed with a phone, handed in, looked at and ticked off."""
    wanted, nobody = {"service": "excused-absence", "field": "proof"}, str(uuid.uuid4())
    with open(os.path.join(ROOT, "tests/web/photos/paper.jpg"), "rb") as file:
        picture = file.read().decode("latin-1")
    form = {"Content_Type": "multipart/form-data; boundary=x", "Authorization": ""}
    body = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n%s\r\n--x--\r\n'
    kiosk.ask(400, "POST", "/kiosk/v1/papers", {})
    kiosk.ask(404, "POST", "/kiosk/v1/papers", dict(wanted, field="words"))
    unused = kiosk.ask(201, "POST", "/kiosk/v1/papers", wanted)["id"]
    kiosk.ask(204, "DELETE", "/kiosk/v1/papers/" + unused)
    kiosk.ask(404, "DELETE", "/kiosk/v1/papers/" + unused)
    offered = kiosk.ask(201, "POST", "/kiosk/v1/papers", wanted)
    mine, door = "/kiosk/v1/papers/" + offered["id"], "/u/" + offered["address"].rsplit("/", 1)[1]
    people.ask(200, "GET", door)
    people.ask(422, "POST", door, body % "hello", **form)
    cookie = people.head["Set-Cookie"].split(";")[0]
    people.ask(403, "GET", door)
    people.ask(403, "POST", door, body % picture, **form)
    people.ask(403, "POST", door + "/done", "")
    people.ask(303, "POST", door, body % picture, Cookie=cookie, **form)
    people.ask(303, "POST", door + "/done", "", Cookie=cookie)
    people.ask(200, "GET", door, Cookie=cookie)
    people.ask(409, "POST", door, body % picture, Cookie=cookie, **form)
    people.ask(404, "POST", "/u/" + "0" * 28, body % picture, **form)
    people.ask(410, "GET", "/u/" + "0" * 28)
    assert kiosk.ask(200, "GET", mine)["state"] == "given"
    kiosk.ask(200, "GET", mine + "/pages/1?width=100")
    kiosk.ask(400, "GET", mine + "/pages/1?width=1")
    kiosk.ask(404, "GET", mine + "/pages/2")
    kiosk.ask(404, "GET", "/kiosk/v1/papers/" + nobody)
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
    answers = {"reason": "illness", "from": day, "to": day, "proof": "photo:" + offered["id"]}
    said = kiosk.ask(201, "PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), {"service": "excused-absence", "language": "uz", "answers": answers, "again": False})
    kiosk.ask(409, "DELETE", mine)
    request = next(one for one in people.ask(200, "GET", "/office/v1/requests")["requests"] if one["number"] == said["number"])["id"]
    path = "/office/v1/requests/%s/papers" % request
    assert people.ask(200, "GET", path)["papers"][0]["pages"] == 1
    people.ask(404, "GET", "/office/v1/requests/%s/papers" % nobody)
    people.ask(200, "GET", path + "/proof/pages/1")
    people.ask(404, "GET", path + "/proof/pages/2")
    people.ask(204, "POST", path + "/proof/seen")
    people.ask(404, "POST", path + "/words/seen")


def applications(kiosk, people, student):
    """From handing in to an order, answered anew on the way; a person without an account; help with portals."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 3600))
    answers = {"reason": "work", "last-day": day, "sure": "yes"}
    asked = {"service": "leaving", "language": "uz", "answers": answers, "again": False}
    key = "/kiosk/v1/requests/" + str(uuid.uuid4())
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/session", {"number": student[0], "password": student[1]})["token"]
    said = kiosk.ask(201, "PUT", key, asked)
    kiosk.ask(200, "GET", key)
    kiosk.ask(200, "GET", key + "/receipt?language=ru")
    kiosk.ask(400, "GET", key + "/receipt")
    request = next(one for one in people.ask(200, "GET", "/office/v1/requests")["requests"] if one["number"] == said["number"])["id"]
    path = "/office/v1/requests/" + request

    def decide(what, body, status=204, **head):
        people.ask(200, "GET", path)
        people.ask(status, "POST", "%s/%s" % (path, what), body, If_Match=people.head["ETag"], **head)

    begun = {"language": "ru", "question": "last-day", "answers": dict(answers, reason="family")}
    kiosk.ask(409, "PUT", key + "/answers", asked)
    kiosk.ask(409, "PUT", key + "/draft", begun)
    decide("return", {"words": "Kun"})
    kiosk.ask(422, "PUT", key + "/answers", dict(asked, answers={}))
    kiosk.ask(400, "PUT", key + "/answers", {})
    kiosk.ask(422, "PUT", key + "/draft", dict(begun, question="colour"))
    kiosk.ask(400, "PUT", key + "/draft", {})
    kiosk.ask(204, "PUT", key + "/draft", begun)
    told = kiosk.ask(200, "GET", key)
    assert (told["begun"], told["question"], told["answers"]["reason"]) == (True, "last-day", "family"), told
    kiosk.ask(200, "PUT", key + "/answers", dict(asked, answers=dict(answers, reason="family")))
    assert "begun" not in kiosk.ask(200, "GET", key), "what was answered is begun no longer"
    nobody = "/kiosk/v1/requests/" + str(uuid.uuid4())
    for method, what, body in (("GET", "", None), ("PUT", "/answers", asked), ("PUT", "/draft", begun), ("GET", "/receipt?language=uz", None)):
        kiosk.ask(404, method, nobody + what, body)
    once = '"%s"' % ("o" * 20)
    decide("approve", {}, Idempotency_Key=once)
    decide("approve", {"answers": {}}, 422, Idempotency_Key=once)
    decide("approve", {})
    decide("approve", {"answers": {"last-day": day}})
    orders(people, request, day)
    visitor(kiosk, people)


def orders(people, request, day):
    path = "/office/v1/orders/" + request
    assert [one["id"] for one in people.ask(200, "GET", "/office/v1/orders")["orders"]] == [request]
    people.ask(400, "GET", "/office/v1/orders?state=moon")
    people.ask(404, "GET", "/office/v1/orders/" + str(uuid.uuid4()))
    people.ask(200, "GET", path)
    tag = people.head["ETag"]
    people.ask(304, "GET", path, If_None_Match=tag)
    for what, body in (("issue", {"number": "", "day": day}), ("drop", {"words": ""})):
        people.ask(428, "POST", "%s/%s" % (path, what), body)
        people.ask(422, "POST", "%s/%s" % (path, what), body, If_Match=tag)
    people.ask(412, "POST", path + "/issue", {"number": "7-T", "day": day}, If_Match='"99"')
    people.ask(204, "POST", path + "/issue", {"number": "7-T", "day": day}, If_Match=tag)
    people.ask(409, "POST", path + "/drop", {"words": "Kech"}, If_Match=tag)
    people.ask(200, "GET", "/office/v1/portals")
    people.ask(400, "GET", "/office/v1/portals?from=moon")


def visitor(kiosk, people):
    who = {"surname": "Qosimov", "given": "Jasur", "birth": "2004-05-06", "passport": "AB7654321", "phone": "+998901234567", "earlier": "new"}
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 3600))
    people.ask(201, "PUT", "/office/v1/campaigns/admission-now", {"kind": "admission", "from": day, "to": day}, If_None_Match="*")
    kiosk.bearer = None
    kiosk.ask(400, "POST", "/kiosk/v1/visitors", {})
    kiosk.ask(422, "POST", "/kiosk/v1/visitors", {"language": "uz", "answers": dict(who, passport="x")})
    kiosk.ask(401, "POST", "/kiosk/v1/visitors", {"language": "uz", "answers": dict(who, earlier="have", number="S-2026/999999")})
    kiosk.bearer = kiosk.ask(201, "POST", "/kiosk/v1/visitors", {"language": "uz", "answers": who})["token"]
    programme = kiosk.ask(200, "GET", "/kiosk/v1/home")["lists"]["programmes"][0]["id"]
    answers = {"level": "bachelor", "programme": programme, "study-form": "daytime", "taught-in": "uz", "education": "window", "passport-copy": "window"}
    kiosk.ask(201, "PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), {"service": "admission", "language": "uz", "answers": answers, "again": False})
    waiting = people.ask(200, "GET", "/office/v1/visitors")["visitors"]
    people.ask(400, "GET", "/office/v1/visitors?after=" + "x" * 99)
    path = "/office/v1/requests/" + waiting[0]["request"]
    people.ask(200, "GET", path)
    people.ask(409, "POST", path + "/approve", {}, If_Match=people.head["ETag"])
    people.ask(422, "POST", path + "/confirm", {"passport": "AB7654320"})
    people.ask(400, "POST", path + "/confirm", "[]", Content_Type="application/json")
    people.ask(404, "POST", "/office/v1/requests/%s/confirm" % uuid.uuid4(), {"passport": "AB7654321"})
    people.ask(204, "POST", path + "/confirm", {"passport": "AB7654321"})


def taken_back(kiosk, people):
    key = str(uuid.uuid4())
    asked = {"service": "name-correction", "language": "uz", "answers": {"surname": "Karimova", "given": "Dilnoza"}, "again": False}
    kiosk.ask(201, "PUT", "/kiosk/v1/requests/" + key, asked)
    line = people.ask(200, "GET", "/office/v1/requests")["requests"][0]
    kiosk.ask(409, "PUT", "/kiosk/v1/requests/" + str(uuid.uuid4()), asked)
    kiosk.ask(204, "DELETE", "/kiosk/v1/requests/" + key)
    people.ask(409, "POST", "/office/v1/requests/%s/claim" % line["id"], If_Match='"1"')


def blanks(people):
    path, batch = "/office/v1/blanks", {"kind": "academic-record", "series": "AM", "first": 1, "count": 2}
    key = '"%s"' % ("b" * 20)
    people.ask(204, "POST", path, batch, Idempotency_Key=key)
    people.ask(204, "POST", path, batch, Idempotency_Key=key)
    people.ask(422, "POST", path, dict(batch, count=1), Idempotency_Key=key)
    people.ask(409, "POST", path, batch)
    people.ask(422, "POST", path, dict(batch, series="x"))
    people.ask(400, "POST", path, "[]", Content_Type="application/json")
    people.ask(200, "GET", path + "?state=received")
    people.ask(400, "GET", path + "?state=moon")
    one = path + "/AM-0000001"
    people.ask(200, "GET", one)
    tag = people.head["ETag"]
    people.ask(304, "GET", one, If_None_Match=tag)
    people.ask(404, "GET", path + "/ZZ-0000001")
    people.ask(428, "PUT", one, {"state": "issued", "holder": "anna"})
    people.ask(204, "PUT", one, {"state": "issued", "holder": "anna"}, If_Match=tag)
    people.ask(412, "PUT", one, {"state": "returned"}, If_Match=tag)
    people.ask(200, "GET", one)
    tag = people.head["ETag"]
    people.ask(422, "POST", one + "/spoil", {"words": ""}, If_Match=tag)
    people.ask(200, "POST", one + "/spoil", {"words": "torn"}, If_Match=tag)
    people.ask(412, "POST", one + "/spoil", {"words": "torn"}, If_Match=tag)


def hall(kiosk, people):
    """A window is opened, a ticket called and passed on, a person comes."""
    windows, tickets, calls = "/office/v1/windows", "/office/v1/tickets", "/office/v1/calls"
    kiosk.ask(200, "GET", "/kiosk/v1/hall")
    kiosk.ask(304, "GET", "/kiosk/v1/hall", If_None_Match=kiosk.head["ETag"])
    kiosk.ask(409, "POST", "/kiosk/v1/calls", {"key": str(uuid.uuid4()), "screen": "home", "language": "ru", "named": False})
    people.ask(200, "GET", windows)
    people.ask(428, "PUT", windows + "/1", {"state": "open"})
    people.ask(400, "PUT", windows + "/1", {"state": "ajar"}, If_Match='"1"')
    people.ask(404, "PUT", windows + "/50", {"state": "open"}, If_Match='"1"')
    people.ask(409, "PUT", windows + "/1", {"state": "paused"}, If_Match='"1"')
    people.ask(403, "POST", windows + "/1/next", If_Match='"1"')
    people.ask(200, "PUT", windows + "/1", {"state": "open"}, If_Match='"1"')
    tag = people.head["ETag"]
    people.ask(412, "PUT", windows + "/1", {"state": "paused"}, If_Match='"1"')
    key = str(uuid.uuid4())
    ask = {"key": key, "topic": "papers"}
    said = kiosk.ask(201, "POST", "/kiosk/v1/tickets", ask)
    kiosk.ask(200, "POST", "/kiosk/v1/tickets", ask)
    kiosk.ask(400, "POST", "/kiosk/v1/tickets", {"key": "none", "topic": "papers"})
    kiosk.ask(404, "POST", "/kiosk/v1/tickets", {"key": str(uuid.uuid4()), "topic": "moon"})
    kiosk.ask(200, "GET", "/kiosk/v1/hall")
    kiosk.ask(200, "GET", "/kiosk/v1/tickets/" + key)
    kiosk.ask(404, "GET", "/kiosk/v1/tickets/" + str(uuid.uuid4()))
    kiosk.ask(200, "GET", "/kiosk/v1/tickets/%s/slip?language=uz" % key)
    kiosk.ask(400, "GET", "/kiosk/v1/tickets/%s/slip?language=xx" % key)
    page = said["address"].partition("/T/")[2]
    people.ask(200, "GET", "/t/" + page)
    people.ask(410, "GET", "/t/" + "0" * 28)
    people.ask(200, "GET", tickets + "?topic=papers")
    people.ask(400, "GET", tickets + "?topic=moon")
    ticket = people.ask(200, "POST", windows + "/1/next", If_Match=tag)["ticket"]
    people.ask(409, "POST", windows + "/1/next", If_Match=people.head["ETag"])
    people.ask(200, "GET", windows)
    one, epoch = tickets + "/" + ticket["id"], '"%d"' % ticket["epoch"]
    people.ask(422, "PUT", one, {"state": "passed"}, If_Match=epoch)
    people.ask(400, "PUT", one, {"state": "moon"}, If_Match=epoch)
    people.ask(404, "PUT", tickets + "/" + str(uuid.uuid4()), {"state": "served"}, If_Match=epoch)
    people.ask(200, "PUT", one, {"state": "passed", "topic": "applications"}, If_Match=epoch)
    people.ask(409, "PUT", one, {"state": "served"}, If_Match=people.head["ETag"])
    people.ask(303, "POST", "/t/" + page, "", Content_Type="application/x-www-form-urlencoded")
    people.ask(410, "POST", "/t/" + "0" * 28, "", Content_Type="application/x-www-form-urlencoded")
    kiosk.ask(200, "DELETE", "/kiosk/v1/tickets/" + key)
    kiosk.ask(404, "DELETE", "/kiosk/v1/tickets/" + str(uuid.uuid4()))
    call = {"key": str(uuid.uuid4()), "screen": "form", "service": "retake", "language": "uz", "named": True}
    kiosk.ask(201, "POST", "/kiosk/v1/calls", call)
    kiosk.ask(200, "POST", "/kiosk/v1/calls", call)
    kiosk.ask(400, "POST", "/kiosk/v1/calls", dict(call, screen="The form"))
    mine, theirs = "/kiosk/v1/calls/" + call["key"], calls + "/" + call["key"]
    kiosk.ask(200, "GET", mine)
    kiosk.ask(404, "GET", "/kiosk/v1/calls/" + str(uuid.uuid4()))
    people.ask(200, "GET", calls)
    people.ask(400, "PUT", theirs, {"state": "moon"}, If_Match='"1"')
    people.ask(428, "PUT", theirs, {"state": "coming"})
    people.ask(204, "PUT", theirs, {"state": "coming"}, If_Match='"1"')
    people.ask(412, "PUT", theirs, {"state": "over"}, If_Match='"1"')
    people.ask(409, "PUT", theirs, {"state": "coming"}, If_Match='"2"')
    people.ask(404, "PUT", calls + "/" + str(uuid.uuid4()), {"state": "over"}, If_Match='"1"')
    people.ask(200, "GET", calls)
    kiosk.ask(200, "DELETE", mine)
    kiosk.ask(404, "DELETE", "/kiosk/v1/calls/" + str(uuid.uuid4()))


def main():
    with tempfile.TemporaryDirectory() as folder:
        registrar = Registrar(os.environ.get("BUILD", "build/debug"), folder, database=sys.argv[1] if len(sys.argv) > 1 else None)
        other = None
        token = registrar.run("token", "add", registrar.data, "every-route", "--for", "catalogue,information,campaigns,requests,records,payments,blanks,hall").split()[-1]
        try:
            registrar.serve("--no-limits")
            other = registrar.beside("--no-limits")
            service, template = load("kiosk/services/certificate-of-study.json"), load("assets/documents/certificate-of-study.json")
            kiosk, stranger, people = Face(registrar, "kiosks", "A-2"), Face(registrar, "kiosks"), Face(registrar, "people")
            machine(kiosk, stranger)
            enrolment(registrar, folder, kiosk)
            same_tags(kiosk, Face(other, "kiosks", "A-2"), ["/kiosk/v1/" + path for path in ("catalogue", "notices", "theme", "openapi.json")])
            code = visit(kiosk, Face(other, "kiosks", "A-2"), people, registrar.students[0], service["id"])
            public(people, code)
            same_tags(people, Face(other, "people"), ("/keys", "/status/1", "/openapi.json"))
            offers(people, token, "services", service["id"], dict(service, id="certificate-again", order=99))
            campaigns(people, token)
            through_people(registrar, kiosk, people, token)
            offers(people, token, "templates", template["id"], dict(template, id="certificate-again"))
            page = load("kiosk", "information", "hours.json")
            offers(people, token, "information", page["id"], dict(page, id="hours-again"))
        finally:
            registrar.end()
            if other:
                other.end()
    print("every route was asked")


if __name__ == "__main__":
    sys.exit(main())
