"""Broken services, templates and pages of information, each with the path and the reason that whoever wrote it is to be told.

CASES are rows (name, kind, make, path, reason).  make(place, good) puts a broken file at the path "place"; good is the whole one of its
kind, with "id" set to the case's name, as a dict.  Where it writes an ordinary file the same bytes go over the interface.  reason is how the words
begin.
"""
import copy
import json
import os

DELETE = object()


def set_at(thing, path, value):
    *way, last = path
    for key in way:
        thing = thing[key]
    if value is DELETE:
        del thing[last]
    else:
        thing[last] = value


def changed(*changes):
    """The good one, with (path, value)... changed in it."""
    def make(place, good):
        broken = copy.deepcopy(good)
        for path, value in changes:
            set_at(broken, path, value)
        write(place, json.dumps(broken, ensure_ascii=False).encode())
    return make


def bytes_of(turn):
    """What turn makes of the good one's bytes."""
    def make(place, good):
        write(place, turn(json.dumps(good, ensure_ascii=False).encode()))
    return make


def write(place, content):
    with open(place, "wb") as file:
        file.write(content)


def again(place, good):
    """Of an id that is there already."""
    there = "housing" if "topic" in good and "blocks" in good else "certificate-of-study"
    write(place, json.dumps(dict(good, id=there), ensure_ascii=False).encode())


def asks_again(place, good):
    broken = copy.deepcopy(good)
    broken["form"].append(broken["form"][1])
    write(place, json.dumps(broken, ensure_ascii=False).encode())


S, T, I = "service", "template", "information"
FORM, CHOICES = ("form", 0), ("form", 0, "choices")
BLOCKS = ("languages", "uz", "blocks")

CASES = [
    # bytes
    ("empty", S, bytes_of(lambda text: b""), "", "is empty"),
    ("half-written", S, bytes_of(lambda text: text[:len(text) // 2].decode("utf-8", "ignore").encode()), "", "not JSON at line 1, column"),
    ("no-json", S, bytes_of(lambda text: b"{\n  id: 1\n}\n"), "", "not JSON at line 2, column 4"),
    ("two-in-one", S, bytes_of(lambda text: text + b"," + text), "", "not JSON at line 1, column"),
    ("a-list", S, bytes_of(lambda text: b"[" + text + b"]"), "", "is no object"),
    ("bad-utf-8", S, bytes_of(lambda text: text.replace(b"Universitet", b"Universite\xff", 1)), "", "is not UTF-8"),
    ("a-zero", S, bytes_of(lambda text: text.replace(b"Universitet", b"Universite\0", 1)), "", "not JSON at line 1, column"),
    ("an-escaped-zero", S, bytes_of(lambda text: text.replace(b"Universitet", b"Universite\\u0000", 1)), "", "not JSON at line 1, column"),
    ("deep", S, bytes_of(lambda text: b'{"id": ' + b"[" * 60000 + b"]" * 60000 + b"}"), "", "not JSON at line 1, column"),
    ("a-key-twice", S, bytes_of(lambda text: b'{"id": "x", ' + text[1:]), "", "not JSON at line 1, column"),
    ("too-large", S, bytes_of(lambda text: text[:-1] + b" " * (256 << 10) + b"}"), "", "is larger than 256 KiB"),
    # what is no file
    ("a-folder", S, lambda place, good: os.mkdir(place), "", "is no file"),
    ("a-loop", S, lambda place, good: os.symlink(os.path.basename(place), place), "", "can't be opened: Too many levels of symbolic links"),
    ("a-pipe", S, lambda place, good: os.mkfifo(place), "", "is no file"),
    ("dangling", S, lambda place, good: os.symlink("nothing", place), "", "can't be opened: No such file or directory"),
    # a service by itself
    ("unknown-key", S, changed((("color",), "red")), "color", "unknown key"),
    ("unknown-key-inside", S, changed((CHOICES + (2, "colour"), "red")), "form[0].choices[2].colour", "unknown key"),
    ("no-language", S, changed((("titles", "ru"), DELETE)), "titles.ru", "missing"),
    ("foreign-language", S, changed((("titles", "tr"), "Belge")), "titles.tr", "unknown key"),
    ("wrong-type", S, changed((("order",), "ten")), "order", "wants a whole number within its bounds"),
    ("unknown-kind", S, changed((FORM + ("type",), "chioce")), "form[0].type", "none of the words that are known here"),
    ("unseen-letters", S, changed((("titles", "uz"), "Hujjat\u200b")), "titles.uz", "empty, too long, or with characters that can't be seen"),
    ("a-question-of-later", S, changed((FORM + ("when",), {"equals": ["place", "x"]})), "form[0].when", "looks at a question that is not asked before"),
    ("asks-for-itself", S, changed((("form", 1, "when"), {"exists": "place"})), "form[1].when", "looks at a question that is not asked before"),
    ("a-value-that-is-none", S, changed((("form", 1, "when"), {"equals": ["receiver", "moon"]})), "form[1].when", "a value that its question can't have"),
    ("unknown-condition", S, changed((("form", 1, "when"), {"matches": ["receiver", ".*"]})), "form[1].when", "no such condition"),
    ("a-question-twice", S, asks_again, "form[3].id", "two questions of one id"),
    ("unknown-predicate", S, changed((("for", 0, "is"), "moon")), "for[0].is", "there is no predicate moon"),
    ("unknown-icon", S, changed((("icon",), "unicorn")), "icon", "there is no icon unicorn"),
    ("unknown-icon-inside", S, changed((CHOICES + (6, "icon"), "unicorn")), "form[0].choices[6].icon", "there is no icon unicorn"),
    ("unknown-group", S, changed((("group",), "games")), "group", "no such group"),
    ("negative-fee", S, changed((("fee",), -1)), "fee", "wants a whole number within its bounds"),
    ("late-promise", S, changed((("promise", "working_hours"), 2001)), "promise.working_hours", "wants a whole number within its bounds"),
    ("unquoted-words", S, changed((("form", 1, "quoted"), False)), "form[0].choices[7].paper.uz", "{...} names no question of this form that may stand on a paper"),
    ("capital-id", S, changed((("id",), "Certificate")), "id", "wants an id of lower-case letters, digits and hyphens"),
    ("no-document", S, changed((("yields", "document"), DELETE)), "yields.document", "wants an id of lower-case letters, digits and hyphens"),
    # ways through people, terms and ways on
    ("unknown-unit", S, changed((("through",), {"units": ["kitchen"]})), "through.units[0]", "no unit that decides"),
    ("nobody-decides", S, changed((("through",), {"units": []})), "through", "wants a unit that decides"),
    ("by-post", S, changed((("through",), {"units": ["dean"], "hand_out": "post"})), "through.hand_out", "none of the words that are known here"),
    ("a-blank-at-a-kiosk", S, changed((("through",), {"units": ["dean"], "blank": "academic-record"})), "through", "a numbered form leaves the house at a window"),
    ("staff-asked-nothing", S, changed((("through",), {"units": ["dean"], "asks": [{"id": "a", "type": "date"}]})), "through.asks[0].label", "missing"),
    ("corrects-alone", S, changed((("yields",), {"correction": "passport-name"})), "", "people alone decide this"),
    ("corrects-anything", S, changed((("yields",), {"correction": "marks"})), "yields.correction", "none of the words that are known here"),
    ("good-for-no-day", S, changed((("yields", "valid_days"), 0)), "yields.valid_days", "wants a whole number within its bounds"),
    ("sets-nothing", S, changed((CHOICES + (0, "sets"), {})), "form[0].choices[0].sets", "wants something that it sets"),
    ("sets-too-much", S, changed((CHOICES + (0, "sets"), {"service": "transcript", "copies": 1})), "form[0].choices[0].sets", "wants something that it sets"),
    ("sets-its-colour", S, changed((CHOICES + (0, "sets"), {"colour": "red"})), "form[0].choices[0].sets.colour", "unknown key"),
    ("shows-nothing-known", S, changed((("form", 1, "shows"), "student.shoe_size")), "form[1].shows", "no field of a record is called student.shoe_size"),
    ("a-status-that-is-none", S, changed((("for", 0, "in"), ["77"])), "for[0].in[0]", "status is never 77"),
    # a template by itself
    ("template-half", T, bytes_of(lambda text: text[:-9]), "", "not JSON at line 1, column"),
    ("template-key", T, changed((BLOCKS + (2, "colour"), "red")), "languages.uz.blocks[2].colour", "unknown key"),
    ("template-field", T, changed((BLOCKS + (3, "text"), "{student.shoe_size}")), "languages.uz.blocks[3].text", "unknown field {student.shoe_size}"),
    ("template-brace", T, changed((BLOCKS + (3, "text"), "{student.name")), "languages.uz.blocks[3].text", "a brace without its fellow"),
    ("template-markup", T, changed((BLOCKS + (3, "text"), "<b>{student.name}")), "languages.uz.blocks[3].text", "Error on line 1 char"),
    ("template-register", T, changed((("register",), "m1")), "register", "wants nothing but ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("template-block", T, changed((BLOCKS + (2, "block"), "picture")), "languages.uz.blocks[2].block", "unknown: picture"),
    ("template-seal", T, changed((("sealed", "shoe"), "study.year")), "sealed.shoe", "no such sealed field"),
    ("template-language", T, changed((("languages", "tr"), {"title": "Belge", "blocks": []})), "languages.tr", "no such language"),
    ("template-seals-nothing", T, changed((("sealed", "year"), "study.shoe")), "sealed.year", "unknown field {study.shoe}"),
    ("template-twice", T, changed((BLOCKS + (0,), {"block": "foot", "left": "x", "right": "y"})), "languages.uz.blocks", "a letterhead, number, check or foot stands there twice"),
    # a page of information by itself
    ("page-half", I, bytes_of(lambda text: text[:-9]), "", "not JSON at line 1, column"),
    ("page-key", I, changed((("colour",), "red")), "colour", "unknown key"),
    ("page-topic", I, changed((("topic",), "games")), "topic", "none of the words that are known here"),
    ("page-icon", I, changed((("icon",), "unicorn")), "icon", "there is no icon unicorn"),
    ("page-language", I, changed((("blocks", 1, "lines", 2, "ru"), DELETE)), "blocks[1].lines[2].ru", "missing"),
    ("page-block", I, changed((("blocks", 1, "block"), "picture")), "blocks[1].block", "none of the words that are known here"),
    ("page-block-key", I, changed((("blocks", 4, "colour"), "red")), "blocks[4].colour", "unknown key"),
    ("page-address", I, changed((("blocks", 4, "address"), "http://my.gov.uz")), "blocks[4].address", "wants an address that begins with https://"),
    ("page-script", I, changed((("blocks", 4, "address"), "javascript:alert(1)")), "blocks[4].address", "wants an address that begins with https://"),
    ("page-day", I, changed((("blocks", 1), {"block": "items", "items": [{"id": "a", "title": "A", "from": "2026-02-30"}]})), "blocks[1].items[0].from", "wants a day"),
    ("page-offers", I, changed((("offers",), "debts")), "offers", "none of the words that are known here"),
    ("page-nobody-reads", I, changed((("open",), DELETE)), "open", "missing"),
    # with the others
    ("page-leads-nowhere", I, changed((("blocks", 8), {"block": "page", "page": "moon"})), "blocks[8].page", "there is no page moon"),
    ("page-offered-twice", I, changed((("offers",), "clubs")), "offers", "clubs is also offered by "),
    ("page-two-of-one-id", I, again, "id", "housing is also the id of "),
    ("two-of-one-id", S, again, "id", "certificate-of-study is also the id of "),
    ("no-template", S, changed((("yields", "document"), "passport")), "yields.document", "there is no template passport"),
    ("no-language-of-it", S, changed((("yields",), {"document": "certificate-for-bank", "languages": ["uz", "en"]}), (CHOICES + (5, "sets"), DELETE),
                                     (CHOICES + (6, "sets"), DELETE)), "yields.languages[1]",
     "template certificate-for-bank is not in en"),
    ("no-template-of-an-answer", S, changed((CHOICES + (0, "sets"), {"document": "passport"})), "form[0].choices[0].sets.document",
     "there is no template passport"),
    ("no-language-of-an-answer", S, changed((CHOICES + (0, "sets"), {"document": "certificate-for-defence", "languages": ["uz", "ru"]})),
     "form[0].choices[0].sets.languages[1]", "template certificate-for-defence is not in ru"),
    ("template-two-of-one-id", T, again, "id", "certificate-of-study is also the id of "),
]

# They are found only where each file is whole by itself, so each stands alone among good ones.
TOGETHER = ("page-leads-nowhere", "page-offered-twice", "page-two-of-one-id", "two-of-one-id", "no-template", "no-language-of-it", "no-template-of-an-answer", "no-language-of-an-answer", "template-two-of-one-id")
