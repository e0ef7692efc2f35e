"""Every service for every kind of student of the demo university, at the kiosks' own door: who may not have one is told a reason and a way on that
leads somewhere, and what is allowed can be had.

    BUILD=build/debug python3 tests/server/no_dead_end.py
    DEAD_END_PLANT=1 ...   a service that only a student with the status of nobody may have is added: this test must then fail

tests/promises/no-dead-end runs it.  Sessions are written into the register as a sign-in leaves them: six hundred passwords would take longer than all
the rest.  A student's kind is what the catalogue's predicates look at; of each kind one is asked for, of each service some previews are drawn.
"""
import collections
import datetime
import hashlib
import json
import os
import shutil
import secrets
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
os.environ["OFFICE_STUDENTS"] = "600"  # all kinds are among them
from registrar import Registrar  # noqa: E402

PREVIEWS = 2  # of each service and way through its form
REASONS = {"status", "form", "limit", "season", "weak", "record", "type", "year", "payment", "citizenship", "debts", "no-debts", "unpaid", "semester",
           "nothing", "gpa", "accommodation", "account", "visitor", "has", "times", "under-way", "home", "other"}
PLANT = {"id": "nobodys-paper", "order": 99, "for": [{"is": "status", "in": ["10"], "else": "no-such-service"}]}


# --- kinds of student ---------------------------------------------------------------------------------------------------------------------------

CODES = {"status": "status", "type": "education_type", "form": "education_form", "payment": "payment_form", "year": "year", "gender": "gender",
         "accommodation": "accommodation"}


def paid(contract):
    due = contract.get("sum", 0) - contract.get("discount", 0)
    return 100 * contract.get("paid", 0) // due if due else -1


class Kinds:
    """What the catalogue's predicates look at, of each student."""

    def __init__(self, catalogue):
        self.asked = collections.defaultdict(set)
        for service in catalogue.values():
            for predicate in service.get("for", []):
                self.asked[predicate["is"]].update(predicate["in"])

    def of(self, parts):
        profile, kind = parts.get("profile", {}), []
        for name in sorted(self.asked):
            if name in CODES:
                kind.append((name, str(profile.get(CODES[name]))))
            elif name == "citizenship":
                kind.append((name, (profile.get("citizenship") or {}).get("code")))
            elif name == "has":
                kind.append((name, *sorted(part for part in self.asked[name] if parts.get(part))))
            elif name == "paid":
                kind.append((name, *sorted(least for least in self.asked[name] if paid(parts.get("contract") or {}) >= int(least))))
            elif name == "campaign":
                kind.append((name, profile.get("education_form"), profile.get("year"), (profile.get("faculty") or {}).get("code")))
            else:  # debts, gpa
                kind.append((name, any((row.get("mark") or 0) < 3 for row in parts.get("results") or [])))
        return tuple(kind)

    def students(self, registrar):
        parts = collections.defaultdict(dict)
        for student, part, body in registrar.rows("SELECT student, part, body FROM record WHERE part <> 'photo' ORDER BY student"):
            parts[student][part] = json.loads(body)
        kinds = collections.defaultdict(list)
        for student, known in parts.items():
            kinds[self.of(known)].append(student)
        return kinds


def session(registrar, student, kiosk, weak):
    bearer, now = secrets.token_urlsafe(32), int(time.time())
    registrar.change("DELETE FROM session WHERE kiosk = ?", kiosk)  # the one before is over
    registrar.change("INSERT INTO session (institution, bearer_hash, kiosk, student, way, weak, began_at_s, ends_at_s) VALUES"
                     " ('namuna', ?, ?, ?, 'password', ?, ?, ?)", hashlib.sha256(bearer.encode()).digest(), kiosk, student, weak, now, now + 1800)
    return bearer


# --- the form -----------------------------------------------------------------------------------------------------------------------------------

def holds(when, answers):
    """A condition of a form (kiosk/services/README.md)."""
    if not when:
        return True
    (name, value), = when.items()
    if name == "and":
        return all(holds(part, answers) for part in value)
    if name == "or":
        return any(holds(part, answers) for part in value)
    if name == "not":
        return not holds(value, answers)
    if name == "exists":
        return value in answers
    given = answers.get(value[0])
    if name == "equals":
        return given == value[1]
    if name == "in":
        return given in value[1]
    return given is not None and str(value[1]) <= given <= str(value[2])


def answer(field):
    day = datetime.date.today() + datetime.timedelta(days=field.get("least", 0))
    text = "Namuna korxonasi"
    return {"text": (text * 9)[:max(field.get("least", 1), min(len(text), field.get("most", 80)))], "number": str(field.get("least", 1)), "date": day.isoformat(),
            "email": "a.karimova@gmail.com", "phone": "+998901234567", "paper": "window", "passport": "AA1234567"}.get(field["type"])


def questions(service):
    """Those of the way in which it is decided."""
    way = "portal" if paper_of(service) is service.get("portal") else "here"
    return [field for field in service.get("form", []) if field.get("decided", way) == way]


def paper_of(service):
    """What it yields at once: its own, or the sheet for the portal that decides it; None: people decide an application."""
    if service.get("decided") == "portal" or "yields" not in service:
        return service["portal"]
    yields = service["yields"]
    return yields if "document" in yields and "application" not in yields else None


def filled(service, chosen, lists):
    """The form's answers, with this choice (field, choice) taken where it is asked for."""
    answers = {}
    for field in questions(service):
        if not holds(field.get("when"), answers):
            continue
        if field["type"] in ("choice", "several"):
            choices = [choice for choice in field.get("choices") or lists.get(field.get("from"), []) if "service" not in choice.get("sets", {})]
            picked = [choice for choice in choices if (field["id"], choice["id"]) == chosen] or choices[:1]
            if picked:
                answers[field["id"]] = ",".join(choice["id"] for choice in picked)
        else:
            answers[field["id"]] = answer(field)
    return answers


def ways(service):
    """Through the form: one for each choice that makes another paper of it."""
    found = [(field["id"], choice["id"]) for field in service.get("form", []) if field["type"] == "choice"
             for choice in field.get("choices", []) if "sets" in choice and "service" not in choice["sets"]]
    return found or [None]


def sets_of(service, answers):
    sets = {}
    for field in service.get("form", []):
        for choice in field.get("choices", []):
            if answers.get(field["id"]) == choice["id"]:
                sets.update(choice.get("sets", {}))
    return sets


# --- the walk -----------------------------------------------------------------------------------------------------------------------------------

class Walk:
    def __init__(self, registrar):
        self.registrar, self.kiosk = registrar, registrar.kiosk("A-2")
        status, body = self.kiosk.ask("GET", "catalogue")
        assert status == 200, status
        self.catalogue = {service["id"]: service for service in json.loads(body)["services"] if is_for_students(service) and service["id"] != "visitor"}
        self.dead, self.asked, self.previews = [], 0, 0
        self.allowed, self.refused, self.seen = collections.Counter(), collections.Counter(), collections.Counter()

    def fault(self, student, service, why):
        number = self.registrar.rows("SELECT number FROM student WHERE id = ?", student)[0][0]
        self.dead.append("%s, student %s: %s" % (service, number, why))

    def judge(self, student, home):
        """A refusal has a reason, and a way on that leads somewhere."""
        allowed = {said["service"] for said in home["services"] if said["allowed"]}
        missing = set(self.catalogue) - {said["service"] for said in home["services"]}
        for service in missing:
            self.fault(student, service, "is not told of")
        for said in home["services"]:
            if said["service"] not in self.catalogue:
                continue
            self.asked += 1
            way, value = said["way_on"], said.get("way_on_value", "")
            if said["allowed"]:
                self.allowed[said["service"]] += 1
                if said["reason"] != "none" or way != "none":
                    self.fault(student, said["service"], "is allowed, and refused: %s, %s" % (said["reason"], way))
                continue
            self.refused[said["reason"], way] += 1
            if said["reason"] not in REASONS:
                self.fault(student, said["service"], "no reason")
            leads = (way == "window" or (way == "service" and value in allowed)
                     or (way == "date" and datetime.date.today().isoformat() < value <= "2199-12-31"))
            if not leads:
                self.fault(student, said["service"], "%s: the way on leads nowhere: %s %s" % (said["reason"], way, value))
        return allowed

    def draw(self, student, name, lists):
        """What is allowed can be had: its paper, by each way through its form."""
        service = self.catalogue[name]
        paper = paper_of(service)
        if paper is None:
            return
        for way in ways(service):
            if self.seen[name, way] >= PREVIEWS:
                continue
            self.seen[name, way] += 1
            answers = filled(service, way, lists)
            languages = sets_of(service, answers).get("languages", paper["languages"])
            language = languages[self.seen[name, way] % len(languages)]
            status, body = self.kiosk.ask("POST", "preview", {"service": name, "language": language, "answers": answers, "width": 300})
            self.previews += 1
            if status != 200:
                self.fault(student, name, "is allowed, and can't be had in %s with %s: %d %s" % (language, answers, status, body[:200]))

    def visit(self, student, weak=False):
        self.kiosk.bearer = session(self.registrar, student, "A-2", weak)
        status, body = self.kiosk.ask("GET", "home")
        assert status == 200, (student, status, body[:300])
        home = json.loads(body)
        for name in sorted(self.judge(student, home) & set(self.catalogue)):
            self.draw(student, name, home.get("lists", {}))


def plant(registrar):
    """A service as the catalogue would never hold it, since nobody could have it: it is put past its checks."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../kiosk/services/certificate-of-study.json"), encoding="utf-8") as file:
        service = {**json.load(file), **PLANT}
    service["for"][0].pop("else")
    folder = os.path.join(registrar.folder, "services")
    shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../kiosk/services"), folder, ignore=shutil.ignore_patterns("*.md"))
    with open(os.path.join(folder, "nobodys-paper.json"), "w", encoding="utf-8") as file:
        json.dump(service, file)
    registrar.set("paths", "catalogue", folder)


def open_seasons(registrar):
    """What the demo has closed today, whatever today is: else nobody could have it.  Other seasons stay as they are, and are refused by their day."""
    today = datetime.date.today()
    for kind in ("admission", "transfer", "reinstatement", "retake"):
        registrar.run("campaign", "add", registrar.data, "open-" + kind, "--kind", kind, "--from", (today - datetime.timedelta(days=1)).isoformat(),
                      "--to", (today + datetime.timedelta(days=30)).isoformat())


def is_for_students(service):
    return all("student" in rule["in"] for rule in service["for"] if rule["is"] == "account")


def main():
    with tempfile.TemporaryDirectory() as folder:
        registrar = Registrar(os.environ.get("BUILD", "build/debug"), folder)
        try:
            if os.environ.get("DEAD_END_PLANT"):
                plant(registrar)
            open_seasons(registrar)
            registrar.serve("--no-limits")
            walk = Walk(registrar)
            kinds = Kinds(walk.catalogue).students(registrar)
            scattered = sorted(kinds, key=lambda kind: hashlib.sha256(repr(kind).encode()).digest())  # previews are of many kinds
            for kind in scattered:
                walk.visit(kinds[kind][0])
            for kind in scattered[:20]:
                walk.visit(kinds[kind][0], weak=True)
        finally:
            registrar.close()
    for service in sorted(set(walk.catalogue) - set(walk.allowed)):
        walk.dead.append("%s: nobody of all kinds may have it" % service)
    for fault in walk.dead:
        print("DEAD END  " + fault)
    for (reason, way), count in sorted(walk.refused.items()):
        print("refused: %-12s way on: %-8s %d" % (reason, way, count))
    print("services %d, kinds of student %d, asked %d, allowed %d, previews %d, dead ends %d"
          % (len(walk.catalogue), len(kinds), walk.asked, sum(walk.allowed.values()), walk.previews, len(walk.dead)))
    sys.exit(bool(walk.dead) or len(kinds) < 30)


main()
