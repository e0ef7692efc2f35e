"""What `tell` says to a stand-in's control door."""
import json
import urllib.error
import urllib.request


def asked(words):
    """Door and what is said there."""
    what, rest = words[0], words[1:]
    if what == "fault":
        return "faults", {"do": "add", "faults": rest}
    if what == "heal":
        return "faults", {"do": "heal", "names": rest}
    if what == "clock":
        word = rest[0] if rest else ""
        return "clock", {} if not word else {"real": True} if word == "real" else {"advance": float(word[1:])} if word[0] == "+" else {"at": float(word)}
    if what == "counts":
        return "counts", {"forget": "forget" in rest}
    if what in ("limits", "expire"):
        return {"limits": "limits", "expire": "tokens"}[what], {}
    if what == "student":
        return "student", {"number": rest[0]}
    if what == "password":
        return "student", {"number": rest[0], "password": rest[1]}
    if what == "profile":
        return "student", {"number": rest[0], "profile": json.loads(rest[1])}
    if what == "part":
        return "student", {"number": rest[0], "parts": {rest[1]: json.loads(rest[2])}}
    if what == "touch":
        return "touch", {"numbers": rest} if len(rest[0]) > 4 else {"of_thousand": int(rest[0])}
    if what == "client":
        return "client", {"redirect": rest}
    raise ValueError(what)


def tell(port_file, words):
    """What the door answers; PermissionError when it refuses, ValueError or IndexError for words that are none of tell's."""
    door, said = asked(words)
    with open(port_file, encoding="utf-8") as file:
        port = file.read().split()[1]
    request = urllib.request.Request("http://127.0.0.1:%s/%s" % (port, door), json.dumps(said).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=600) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        raise PermissionError(refusal.read().decode().strip()) from None
