"""Signing in, who one is, and the password (facts 3 and 4.1); OAuth's authorization code (S5)."""
import base64
import hashlib
import hmac
import html
import json
import re
import secrets
import urllib.parse

import shapes
from wire import Reply, failed, ok

TOKEN_LIFE = 2 * 86400  # S1
CODE_LIFE = 600
REFUSED = {"a": "Login yoki parol noto‘g‘ri", "b": "Your request was made with invalid credentials."}  # S1 leaves it open
ROLES = [{"code": "student", "name": "Talaba"}]
FORM = """<!DOCTYPE html><html lang="uz"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>HEMIS</title></head>
<body><h1>%s</h1><form method="post" action="%s"><p>%s</p><label>Login <input name="login" autocomplete="username"></label>
<label>Parol <input name="password" type="password"></label><button>Kirish</button></form></body></html>
"""


def base64_url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64_url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Tokens:
    """JWT HS256 with the claims of the samples of 2022; refresh tokens and OAuth's codes by hash-free look-up."""

    def __init__(self, world):
        self.world, self.secret = world, secrets.token_bytes(32)
        self.refresh, self.codes = {}, {}
        self.voided_before = 0  # all that were given before are expired

    def sign(self, text):
        return base64_url(hmac.new(self.secret, text.encode(), hashlib.sha256).digest())

    def give(self, student, base):
        now = int(self.world.clock.now())
        claims = {"iss": base + "/rest", "aud": base, "iat": now, "exp": now + TOKEN_LIFE, "jti": student.number, "sub": str(student.id),
                  "gen": student.generation, "turn": self.voided_before}
        text = base64_url(b'{"typ":"JWT","alg":"HS256"}') + "." + base64_url(json.dumps(claims).encode())
        return text + "." + self.sign(text)

    def whose(self, token):
        """The student; None: it is nobody's, or no longer."""
        text, _, signature = token.rpartition(".")
        if not text or not hmac.compare_digest(self.sign(text), signature):
            return None
        claims = json.loads(unbase64_url(text.partition(".")[2]))
        student = self.world.people.find(claims["jti"])
        if not student or claims["exp"] <= self.world.clock.now() or claims["gen"] != student.generation or claims["turn"] != self.voided_before:
            return None
        return student

    def expire_all(self):
        self.voided_before += 1

    def give_refresh(self, student):
        token = secrets.token_hex(24)
        self.refresh[token] = (student.number, student.generation)
        return token


# --- login -------------------------------------------------------------------------------------------------------------

def check(world, request, login, password):
    """The student; or a Reply that refuses."""
    over = world.limits.over(request.address, login)
    if over:
        wait = 600 if over == "address" else 3600
        reply = failed(429, "Ko‘p marta noto‘g‘ri urinish. Keyinroq qayta urining.", status=429 if world.reading == "a" else 403)
        reply.headers["Retry-After"] = str(wait)
        return reply
    student = world.people.find(login) if isinstance(login, str) else None
    if not student or not isinstance(password, str) or not hmac.compare_digest(student.password.encode(), password.encode()):
        world.limits.failed(request.address, str(login)[:64])
        return failed(401, REFUSED[world.reading])
    world.limits.succeeded()
    request.student = student
    return student


def login(world, request):
    fields = request.fields()
    student = check(world, request, fields.get("login"), fields.get("password"))
    if isinstance(student, Reply):
        return student
    cookie = "refresh-token=%s; path=/rest/v1/auth/refresh-token; HttpOnly; Secure; SameSite=None" % world.tokens.give_refresh(student)
    return ok({"token": world.tokens.give(student, request.base)}, headers={"Set-Cookie": cookie})


def refresh_token(world, request):
    token = request.headers.get("X-Refresh-Token") or ""
    cookie = re.search(r"refresh-token=([0-9a-f]+)", request.headers.get("Cookie", ""))
    number, generation = world.tokens.refresh.get(token or (cookie[1] if cookie else ""), (None, 0))
    student = world.people.find(number) if number else None
    if not student or student.generation != generation:
        return failed(401)
    request.student = student
    return ok({"token": world.tokens.give(student, request.base)})


def good_password(word):
    """S6: at least 8 characters with a letter and a digit."""
    return isinstance(word, str) and len(word) >= 8 and re.search(r"[^\W\d_]", word) and re.search(r"\d", word)


def update(world, request, student):
    fields = request.fields()
    new = fields.get("password")
    if fields.get("change_password"):
        if not good_password(new) or new != fields.get("confirmation"):
            return failed(400, "Parol kamida 8 ta belgi, harf va raqamdan iborat bo‘lishi kerak")

        def change(copy):
            copy.password = new
            copy.generation += 1

        world.people.change(student.number, change, int(world.clock.now()))
    if fields.get("change_contacts"):
        def change_contacts(copy):
            copy.phone, copy.email = str(fields.get("phone") or copy.phone), str(fields.get("email") or copy.email)

        world.people.change(student.number, change_contacts, int(world.clock.now()))
    return ok({"message": "Ma’lumotlar saqlandi"})


# --- who one is --------------------------------------------------------------------------------------------------------

def names(view, student):
    """S1, S3: second_name is the surname, third_name the patronymic.  a: the single names as their owner writes them; b: in capitals."""
    profile = student.profile
    parts = [view.label(profile[key]) for key in ("surname", "given", "patronymic")]
    written = view.either(parts, [part.upper() for part in parts])
    initial = [part[0].upper() + "." for part in parts[1:] if part]
    return {"first_name": written[1], "second_name": written[0], "third_name": written[2],
            "full_name": " ".join(part.upper() for part in parts if part), "short_name": " ".join([parts[0].upper()] + initial)}


def place(code, name, parent=None):
    if not code:
        return None
    value = {"code": code, "name": name}
    if parent:
        value["_parent"] = parent
    return value


def image_of(view, student):
    return view.base + "/static/crop/%d.png" % student.id if student.parts.get("photo") else None


def average(student):
    """Of HEMIS's last row of its own reckoning."""
    rows = student.profile.get("gpa") or []
    return rows[-1]["gpa"] if rows else None


def me(view, student):
    profile = student.profile
    address = profile.get("address") or {}
    number = profile["semester"]
    pinfl = profile.get("pinfl")
    specialty = {"code": profile["programme"]["code"], "name": view.words(profile["programme"]["names"])}
    if view.reading == "b":
        specialty = {"id": shapes.number_of(profile["programme"]["code"]), **specialty}
    mark = hashlib.sha256(("%s/%s" % (pinfl or "", student.passport)).encode()).hexdigest()
    return {
        "id": student.id, **names(view, student), "student_id_number": student.number, "image": image_of(view, student),
        "birth_date": view.day(profile["birth_date"]), "passport_pin": pinfl, "passport_number": student.passport,
        "email": student.email, "phone": student.phone, "gender": view.coded("gender", profile["gender"]),
        "university": view.words(view.world.people.institution["names"]), "specialty": specialty,
        "studentStatus": view.coded("student_status", profile["status"]),
        "educationForm": view.coded("education_form", profile["education_form"]),
        "educationType": view.coded("education_type", profile["education_type"]),
        "paymentForm": view.coded("payment_form", profile["payment_form"]), "group": view.group(profile),
        "faculty": view.faculty(profile["faculty"]), "educationLang": view.coded("language", profile["language"]),
        "level": view.coded("course", str(10 + profile["year"])),
        "semester": view.semester(student, number, current=True, education_year=view.year(profile["academic_year"], True)),
        "avg_gpa": view.number(average(student)), "password_valid": not student.password_is_first(),
        "address": view.words(address.get("names")),
        "country": place(profile["citizenship"].get("country"), profile["citizenship"].get("country")),
        "province": place(address.get("province"), address.get("province")),
        "district": place(address.get("district"), address.get("district"), address.get("province")),
        "socialCategory": view.coded("social_category", profile.get("social_category")),
        "povertyLevel": view.coded("poverty_level", profile.get("poverty_level")),
        "accommodation": view.coded("accommodation", profile.get("accommodation")), "universityOwnership": view.coded("ownership", "11"),
        "validateUrl": view.base + "/student/validate?h=" + mark, "hash": mark,
    }


def refresh_me(world, request, student):
    if request.query.get("type") != "poverty":
        return failed(400)
    view = world.view(request)
    return ok({"message": "Yangilandi", "povertyLevel": view.coded("poverty_level", student.profile.get("poverty_level"))})


def photo(world, request):
    """/static/crop/ID.png, as account/me names it; needs no token (S1: an address alone)."""
    found = re.fullmatch(r"/static/crop/(\d+)\.png", request.path)
    index = int(found[1]) - 1000000 if found else -1
    student = world.people.at(index) if 0 <= index < len(world.people.rows) else None
    body = student.parts.get("photo") if student else None
    if not body:
        return failed(404)
    return Reply(raw=base64.b64decode(body["body"]), kind=body["type"])


# --- OAuth -------------------------------------------------------------------------------------------------------------

def client_of(world, query):
    client = world.client
    return client if query.get("client_id") == client["id"] and query.get("redirect_uri") in client["redirect"] else None


def authorize(world, request):
    """The page on which one signs in; then back with a code."""
    query = request.query
    if not client_of(world, query) or query.get("response_type") != "code":
        return failed(400, "Invalid client.")
    text = ""
    if request.method == "POST":
        fields = request.fields()
        student = check(world, request, fields.get("login"), fields.get("password"))
        if not isinstance(student, Reply):
            code = secrets.token_urlsafe(24)
            world.tokens.codes[code] = (student.number, query["redirect_uri"], world.clock.now() + CODE_LIFE)
            back = urllib.parse.urlencode({"code": code, "state": query.get("state", "")})
            return Reply(raw=b"", status=302, kind=None, headers={"Location": query["redirect_uri"] + "?" + back})
        text = REFUSED[world.reading]
    action = html.escape("/oauth/authorize?" + urllib.parse.urlencode(query))
    page = FORM % (html.escape(world.people.institution["names"]["uz"]), action, html.escape(text))
    return Reply(raw=page.encode(), kind="text/html; charset=UTF-8")


def access_token(world, request):
    fields = request.fields()
    number, redirect, ends = world.tokens.codes.pop(fields.get("code", ""), (None, None, 0))
    right = (fields.get("grant_type") == "authorization_code" and client_of(world, fields) and redirect == fields.get("redirect_uri") and
             hmac.compare_digest(str(fields.get("client_secret", "")).encode(), world.client["secret"].encode()))
    student = world.people.find(number) if number and right and ends > world.clock.now() else None
    if not student:
        return Reply({"error": "invalid_grant", "error_description": "The authorization code is invalid."}, status=400)
    request.student = student
    return Reply({"token_type": "Bearer", "expires_in": TOKEN_LIFE, "access_token": world.tokens.give(student, request.base),
                  "refresh_token": world.tokens.give_refresh(student)})


def oauth_user(world, request):
    student = world.tokens.whose(request.bearer())
    if not student:
        return failed(401)
    request.student = student
    view, profile = world.view(request), student.profile
    known = names(view, student)
    year, month, day = profile["birth_date"].split("-")
    all_fields = {
        "id": student.id, "uuid": hashlib.sha256(student.number.encode()).hexdigest()[:32], "student_id_number": student.number, "type": "student",
        "roles": ROLES, "name": known["full_name"], "login": student.number, "email": student.email, "phone": student.phone,
        "picture": image_of(view, student), "firstname": known["first_name"], "surname": known["second_name"],
        "patronymic": known["third_name"], "birth_date": "%s-%s-%s" % (day, month, year), "university_id": int(view.world.people.institution["code"]),
        "groups": [{"id": shapes.number_of(profile["group"]), "name": profile["group"],
                    "education_lang": view.coded("language", profile["language"]),
                    "education_form": view.coded("education_form", profile["education_form"]),
                    "education_type": view.coded("education_type", profile["education_type"])}],
        "data": me(view, student), "student_api_token": world.tokens.give(student, request.base),
    }
    wanted = [name for name in request.query.get("fields", "").split(",") if name]
    return Reply({name: all_fields[name] for name in wanted if name in all_fields} if wanted else all_fields)
