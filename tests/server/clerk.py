"""A clerk's program at /office/v1, and what a kiosk hands in for it to decide on.  For tests in Python, beside registrar.py.

    anna = Clerk(registrar, "anna", "requests,records")
    key, said = hand_in(kiosk, "name-correction", {"surname": "Karimova", "given": "Dilnoza"})
    request = queued(anna, said["number"])["id"]
    anna.decide("approve", request, {})
"""
import http.client
import json
import os
import ssl
import urllib.parse
import uuid

from registrar import ROOT

PROBLEM = "application/problem+json"


class Clerk:
    def __init__(self, registrar, name, purposes):
        self.registrar, self.name = registrar, name
        self.token = registrar.run("token", "add", registrar.data, name, "--for", purposes).strip()
        self.context = ssl.create_default_context(cafile=os.path.join(registrar.folder, "A-2/ca.pem"))

    def ask(self, method, path, body=None, **head):
        head = {name.replace("_", "-"): value for name, value in head.items()}
        head["Authorization"] = "Bearer " + self.token
        if body is not None:
            head["Content-Type"] = "application/json"
        connection = http.client.HTTPSConnection("localhost", self.registrar.ports["people"], timeout=30, context=self.context)
        try:
            connection.request(method, "/office/v1/" + path, None if body is None else json.dumps(body), head)
            answer = connection.getresponse()
            text = answer.read()
            kind = answer.getheader("Content-Type") or ""
            return answer.status, answer, json.loads(text) if text and "json" in kind else text
        finally:
            connection.close()

    def must(self, status, method, path, body=None, slug=None, **head):
        got, answer, said = self.ask(method, path, body, **head)
        assert got == status, (method, path, got, said)
        if slug:
            assert answer.getheader("Content-Type") == PROBLEM and said["type"] == "/problems/" + slug and said["status"] == status, (method, path, said)
        return answer, said

    def look(self, request):
        """The request and its ETag."""
        answer, said = self.must(200, "GET", "requests/" + request)
        return said, answer.getheader("ETag")

    def decide(self, what, request, body=None, status=204, slug=None, tag=None):
        return self.must(status, "POST", "requests/%s/%s" % (request, what), body, slug, If_Match=tag or self.look(request)[1])[1]


def answers_to(service, given):
    """What was given, and the first choice of whatever else the form asks."""
    with open(os.path.join(ROOT, "kiosk/services/%s.json" % service), encoding="utf-8") as file:
        form = json.load(file).get("form", [])
    return {**{one["id"]: one["choices"][0]["id"] for one in form
               if one["type"] == "choice" and one.get("choices") and one.get("required") and not one.get("when")}, **given}


def hand_in(kiosk, service, answers=None, language="uz", key=None, status=201, again=False):
    key = key or str(uuid.uuid4())
    got, body = kiosk.ask("PUT", "requests/" + key, {"service": service, "language": language, "answers": answers_to(service, answers or {}), "again": again})
    assert got == status, (service, got, body)
    return key, json.loads(body)


def shown(kiosk, key):
    """My requests' line of this key."""
    return next((line for line in json.loads(kiosk.ask("GET", "home")[1])["requests"] if line["id"] == key), None)


def queued(clerk, number, **query):
    _, said = clerk.must(200, "GET", "requests?" + urllib.parse.urlencode(query))
    return next((line for line in said["requests"] if line["number"] == number), None)
