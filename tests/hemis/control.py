"""The control door: plain HTTP on this machine alone, for tests.  tests/hemis/tell speaks with it."""
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def faults(world, words):
    if words["do"] == "add":
        for text in words["faults"]:
            world.faults.add(text)
    else:
        for name in words.get("names") or [None]:
            world.faults.heal(name)
    return world.faults.told()


def clock(world, words):
    if "at" in words:
        world.clock.set(words["at"])
    elif "advance" in words:
        world.clock.advance(words["advance"])
    elif words.get("real"):
        world.clock.real()
    return world.clock.now()


def counts(world, words):
    told = world.counts()
    told = json.loads(json.dumps(told))
    if words.get("forget"):
        world.forget_counts()
    return told


def limits(world, _):
    world.limits.forget()
    return "forgotten"


def tokens(world, _):
    world.tokens.expire_all()
    return "expired"


def student(world, words):
    """password: a word, or "passport" for the first password; profile: members that are changed; unpaid: sum left of the contract."""
    def change(copy):
        if "password" in words:
            copy.password = copy.passport if words["password"] == "passport" else words["password"]
            copy.generation += 1
        copy.profile.update(words.get("profile", {}))
        copy.parts.update(words.get("parts", {}))

    if not world.people.change(words["number"], change, int(world.clock.now())):
        raise KeyError("nobody has this number")
    there = world.people.find(words["number"])
    return {"number": there.number, "id": there.id, "passport": there.passport, "password": there.password, "token": there.token,
            "updated_at": there.updated_at, "profile": there.profile, "parts": sorted(there.parts)}


def touch(world, words):
    """Changes so many of a thousand, or these numbers: a point more or less in one result, another phone."""
    now = int(world.clock.now())
    rows = [world.people.by_number[number] for number in words["numbers"]] if "numbers" in words else \
        world.people.rows[:: max(1, 1000 // max(1, words["of_thousand"]))]

    def change(copy):
        copy.touched += 1
        results = copy.results()
        if results:
            row = results[copy.touched % len(results)]
            row["points"] += -1 if row["points"] >= 60 and row["points"] not in (60, 70, 90) else 1 if row["points"] not in (59, 69, 89) else 0
            row["touched"] = now
        copy.phone = "+99891%07d" % ((copy.row.index * 31 + copy.touched) % 10000000)

    for row in rows:
        world.people.change(row.number, change, now)
    return {"touched": len(rows), "at": now}


def client(world, words):
    """OAuth's client: the addresses that it may come back to."""
    world.client["redirect"] = words.get("redirect", world.client["redirect"])
    return world.client


DOORS = {"faults": faults, "clock": clock, "counts": counts, "limits": limits, "tokens": tokens, "student": student, "touch": touch,
         "client": client}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        try:
            words = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
            status, told = 200, DOORS[self.path.strip("/")](self.server.world, words)
        except (KeyError, ValueError, TypeError) as mistake:
            status, told = 400, str(mistake)
        body = json.dumps(told, ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Door(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, world):
        self.world = world
        super().__init__(("127.0.0.1", 0), Handler)
