"""What may go wrong with an answer, by name.

    NAME[=VALUE][@PATH][#TIMES]     PATH: of the interface, its beginning (/v1/account); TIMES: then it heals by itself

slow=SECONDS          the answer comes later (2)
drip=SECONDS          its bytes come one by one, so far apart (0.02)
hang                  no answer; ends when the other end goes away or the fault is taken back
close                 the connection is closed without an answer, before anything was done
lost-answer           everything is done, then the connection is closed without an answer
cut                   half of the body, then closed
refuse                every connection is closed before TLS begins
wrong-certificate=OF  authority (unknown one), name (another host's), expired
status=N              this status with HEMIS's envelope; 500, 502, 503, 504 are short for it
too-many              429 with Retry-After
expired-token         each token is refused as expired
refused               success: false with the status 200
missing=WHAT          members are left out: names with commas between them, or how many of a thousand (300)
nulls=WHAT            members are null, as above
other-types=N         numbers are texts, texts of digits numbers, truths 0 or 1, of a thousand (1000)
changed-names         members are called by other names: snake_case is camelCase and the other way round
changed-people        everybody has another surname
another-student       the answer is about somebody else
wrong-paging=HOW      repeats (page 2 is page 1 again), zero-based, endless (pages after the last are the last), short (pageCount is 1), small
                      (20 rows whatever was asked for), list (pagination is a list), texts (its numbers are texts), none (there is no pagination),
                      shrinks (each page says fewer rows)
duplicates=N          rows of lists come twice, of a thousand (200)
result                "result" instead of "data"
array                 the envelope is a list
truncated             the JSON ends in its middle
html=STATUS           a page instead of JSON (200)
empty                 no body, status 200
not-utf8              bytes that are no text
huge=MIB              so much more (64)
deep=LEVELS           lists in lists (100000)
"""
import json
import random
import re
import socket
import threading
import time

from wire import Broken, failed

DEFAULTS = {
    "slow": "2", "drip": "0.02", "hang": "", "close": "", "lost-answer": "", "cut": "", "refuse": "", "wrong-certificate": "authority", "status": "500",
    "too-many": "60", "expired-token": "", "refused": "", "missing": "300", "nulls": "300", "other-types": "1000", "changed-names": "",
    "changed-people": "", "another-student": "", "wrong-paging": "repeats", "duplicates": "200", "result": "", "array": "", "truncated": "",
    "html": "200", "empty": "", "not-utf8": "", "huge": "64", "deep": "100000",
}
SHORT = {"500": ("status", "500"), "502": ("status", "502"), "503": ("status", "503"), "504": ("status", "504"), "404": ("status", "404")}
WORDS = {"wrong-certificate": ("authority", "name", "expired"),
         "wrong-paging": ("repeats", "zero-based", "endless", "short", "small", "list", "texts", "none", "shrinks")}
PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>\n"


class Fault:
    def __init__(self, text):
        whole = re.fullmatch(r"([a-z0-9-]+)(?:=([^@#]*))?(?:@([^#]*))?(?:#(\d+))?", text.strip())
        if not whole:
            raise ValueError("not a fault: " + text)
        name, value, path, times = whole.groups()
        if name in SHORT:
            name, value = SHORT[name]
        if name not in DEFAULTS:
            raise ValueError("no such fault: " + name)
        self.name, self.value = name, DEFAULTS[name] if value is None else value
        self.path, self.left = path or "", int(times) if times else None
        if name in WORDS:
            if self.value not in WORDS[name]:
                raise ValueError("%s is one of %s" % (name, ", ".join(WORDS[name])))
        elif name not in ("missing", "nulls") and DEFAULTS[name]:
            float(self.value)

    def __str__(self):
        return self.name + ("=" + self.value if self.value else "") + ("@" + self.path if self.path else "") + \
            ("#%d" % self.left if self.left is not None else "")


class Faults:
    def __init__(self, texts, seed):
        self.lock = threading.Lock()
        self.list, self.dice, self.hits = [Fault(text) for text in texts], random.Random(seed), {}

    def add(self, text):
        fault = Fault(text)
        with self.lock:
            self.list = [other for other in self.list if (other.name, other.path) != (fault.name, fault.path)] + [fault]

    def heal(self, name=None):
        with self.lock:
            self.list = [fault for fault in self.list if name not in (None, fault.name)]

    def told(self):
        with self.lock:
            return [str(fault) for fault in self.list]

    def take(self, name, path):
        """The fault's value where it is to happen now, and counts that; None."""
        with self.lock:
            for fault in self.list:
                if fault.name == name and path.startswith(fault.path) and fault.left != 0:
                    if fault.left is not None:
                        fault.left -= 1
                    self.hits[name] = self.hits.get(name, 0) + 1
                    return fault.value
        return None

    def connection(self):
        """What becomes of a connection: None, "refuse", or the kind of wrong certificate."""
        if self.take("refuse", "") is not None:
            return "refuse"
        return self.take("wrong-certificate", "")

    def of_thousand(self, n):
        with self.lock:
            return self.dice.randrange(1000) < float(n)

    # --- before anything is done ---------------------------------------------------------------------------------------

    def before(self, request, connection):
        """A Reply instead of the true one, or None; Broken ends the connection."""
        path = request.path
        slow = self.take("slow", path)
        if slow is not None:
            time.sleep(float(slow))
        if self.take("close", path) is not None:
            raise Broken()
        if self.take("hang", path) is not None:
            self.hang(connection)
            raise Broken()
        status = self.take("status", path)
        if status is not None:
            return failed(int(status), "Internal Server Error" if status == "500" else None)
        wait = self.take("too-many", path)
        if wait is not None:
            reply = failed(429)
            reply.headers["Retry-After"] = wait
            return reply
        if request.bearer() and self.take("expired-token", path) is not None:
            return failed(401)
        return None

    def hang(self, connection):
        """Until the other end goes away or nothing hangs any more."""
        connection.settimeout(0.2)
        while any(fault.name == "hang" for fault in self.list):
            try:
                if not connection.recv(1):
                    return
            except (socket.timeout, TimeoutError):
                continue

    # --- the answer, before it leaves ------------------------------------------------------------------------------------

    def after(self, path, reply):
        if self.take("lost-answer", path) is not None:
            raise Broken()
        if reply.payload is not None:
            self.spoil_payload(path, reply)
        self.spoil_bytes(path, reply)
        return reply

    def spoil_payload(self, path, reply):
        payload = json.loads(json.dumps(reply.payload))  # of our own: parts of it may be everybody's
        if self.take("refused", path) is not None:
            payload = {"success": False, "error": "Xatolik yuz berdi", "data": None, "code": 500}
        for name, change in (("missing", drop_member), ("nulls", null_member)):
            value = self.take(name, path)
            if value is not None and isinstance(payload.get("data"), (dict, list)):
                self.members(payload["data"], value, change)
        value = self.take("duplicates", path)
        if value is not None:
            payload["data"] = self.doubled(payload.get("data"), value)
        value = self.take("other-types", path)
        if value is not None:
            payload["data"] = self.retyped(payload.get("data"), value)
        if self.take("changed-names", path) is not None:
            payload["data"] = renamed(payload.get("data"))
        if self.take("changed-people", path) is not None:
            resurnamed(payload.get("data"))
        if self.take("result", path) is not None and "data" in payload:
            payload["result"] = payload.pop("data")
        deep = self.take("deep", path)
        if deep is not None:
            levels = int(deep)
            reply.raw = b'{"success":true,"error":null,"code":200,"data":' + b"[" * levels + b"]" * levels + b"}"
        huge = self.take("huge", path)
        if huge is not None:
            payload["padding"] = "x" * int(float(huge) * (1 << 20))
        reply.payload = [payload] if self.take("array", path) is not None else payload

    def spoil_bytes(self, path, reply):
        if self.take("truncated", path) is not None:
            body = reply.body()
            reply.raw = body[: len(body) // 2]
        if self.take("not-utf8", path) is not None:
            reply.raw = reply.body().replace(b'"', b'"\xff\xfe', 7)
        html = self.take("html", path)
        if html is not None:
            reply.raw, reply.kind, reply.status = PAGE, "text/html", int(html)
        if self.take("empty", path) is not None:
            reply.raw = b""
        drip = self.take("drip", path)
        if drip is not None:
            reply.act = {"drip": float(drip)}
        if self.take("cut", path) is not None:
            body = reply.body()
            reply.raw = body[: len(body) // 2]
            reply.act = {"length": len(body)}

    def members(self, value, which, change):
        names = None if which.isdigit() else set(which.split(","))
        for holder in list(objects(value)):
            for key in list(holder):
                if key in names if names else self.of_thousand(which):
                    change(holder, key)

    def doubled(self, value, of_thousand):
        if isinstance(value, dict):
            return {key: self.doubled(item, of_thousand) for key, item in value.items()}
        if isinstance(value, list):
            rows = []
            for item in value:
                rows += [item, item] if self.of_thousand(of_thousand) else [item]
            return rows
        return value

    def retyped(self, value, of_thousand):
        if isinstance(value, dict):
            return {key: self.retyped(item, of_thousand) for key, item in value.items()}
        if isinstance(value, list):
            return [self.retyped(item, of_thousand) for item in value]
        return retype(value) if self.of_thousand(of_thousand) else value


def objects(value):
    """Each object of a JSON value, the inner ones first."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, dict):
        for item in list(value.values()):
            yield from objects(item)
        yield value


def drop_member(holder, key):
    del holder[key]


def null_member(holder, key):
    holder[key] = None


def retype(value):
    if isinstance(value, bool):
        return "1" if value else 0
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value


def renamed(value):
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {rename(key): renamed(item) for key, item in value.items()}


def rename(key):
    bare = key.strip("_")
    if "_" in bare:
        head, *rest = bare.split("_")
        return head + "".join(word.capitalize() for word in rest)
    return re.sub(r"([A-Z])", lambda letter: "_" + letter[1].lower(), bare)


def resurnamed(value):
    for holder in objects(value):
        for key in ("second_name", "surname"):
            if isinstance(holder.get(key), str):
                holder[key] = "Yangiyeva"
        for key in ("full_name", "student_name"):
            if isinstance(holder.get(key), str):
                holder[key] = " ".join(["YANGIYEVA"] + holder[key].split()[1:])
