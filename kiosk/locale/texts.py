"""Every text that somebody translates: the glass's catalogues, the services, pages of information, the papers, the public pages, the console. One Entry a text, with its translations."""
import configparser
import glob
import json
import os
import sys
from dataclasses import dataclass, field

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import po  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(HERE))


@dataclass
class Entry:
    file: str                                   # where it stands, from the repository's root
    place: str                                  # which one in that file
    english: list                               # one form, or singular and plural
    texts: dict = field(default_factory=dict)   # language: list of forms
    comment: str = ""                           # to translators
    context: str = ""
    whole: bool = False                         # every language has it; else others see to that
    id: str = ""                                # by which exceptions name it: the English text, or the place

    def __post_init__(self):
        self.id = self.id or (self.english[0] if self.english else self.place)


def languages(folder=HERE):
    """Tag -> section of languages.ini, in its order."""
    ini = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    ini.read(os.path.join(folder, "languages.ini"), encoding="utf-8")
    return {tag: ini[tag] for tag in ini.sections()}


def catalogued(folder=HERE):
    """Tags of the languages that have a .po."""
    return [tag for tag, section in languages(folder).items() if section["catalogue"] == "yes"]


def of_glass(folder=HERE, named="kiosk/locale"):
    entries = {}
    for tag in catalogued(folder):
        for message in po.read(os.path.join(folder, tag + ".po")):
            key = (message.context, message.id)
            if key not in entries:
                comment = " ".join(message.comments).replace("TRANSLATORS:", "").strip()
                entries[key] = Entry(f"{named}/*.po", message.id, [message.id] + ([message.plural] if message.plural else []), {}, comment,
                                     message.context)
            entries[key].texts[tag] = [] if message.fuzzy else [text for text in message.texts if text]
    return list(entries.values())


def _walk(json_value, place, found, tags):
    if isinstance(json_value, dict):
        if json_value and set(json_value) <= tags and all(isinstance(text, str) for text in json_value.values()):
            found.append((place, json_value))
            return
        for key, value in json_value.items():
            _walk(value, f"{place}.{key}" if place else key, found, tags)
    elif isinstance(json_value, list):
        for at, value in enumerate(json_value):
            _walk(value, f"{place}[{at}]", found, tags)


def _strings(json_value, place):
    if isinstance(json_value, str):
        yield place, json_value
    elif isinstance(json_value, (dict, list)):
        for key, value in json_value.items() if isinstance(json_value, dict) else enumerate(json_value):
            yield from _strings(value, f"{place}.{key}")


def of_json(pattern, whole=False):
    """Objects {"uz": ..., "ru": ...} anywhere in the files."""
    tags, entries = set(languages()), []
    for path in sorted(glob.glob(os.path.join(ROOT, pattern), recursive=True)):
        found = []
        with open(path, encoding="utf-8") as file:
            _walk(json.load(file), "", found, tags)
        for place, texts in found:
            entries.append(Entry(os.path.relpath(path, ROOT), place, [texts["en"]] if "en" in texts else [],
                                 {tag: [text] for tag, text in texts.items() if tag != "en"}, whole=whole))
    return entries


# Keys of a paper's blocks whose texts nobody reads, and the one in the other language.
NO_WORDS = {"block", "style", "when_present", "when_absent", "align", "second", "rows", "group", "group_rows", "size", "shade", "image"}


def of_papers():
    """Bodies of papers: each language has its own sentences, which correspond to no English ones."""
    entries = []
    for path in sorted(glob.glob(os.path.join(ROOT, "assets/documents/*.json"))):
        with open(path, encoding="utf-8") as file:
            paper = json.load(file)
        for tag, body in paper.get("languages", {}).items():
            for place, text in _strings(body, ""):
                key = place.rsplit(".", 1)[1]
                if tag != "en" and key not in NO_WORDS and not key.isdigit():
                    entries.append(Entry(os.path.relpath(path, ROOT), f"{tag}{place}", [], {tag: [text]}))
    return entries


def of_pages():
    folder, pages = os.path.join(ROOT, "assets/web"), {}
    for tag in languages():
        path = os.path.join(folder, f"texts.{tag}.json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                pages[tag] = json.load(file)
    return [Entry("assets/web/texts.*.json", id, [english], {tag: [texts[id]] for tag, texts in pages.items() if tag != "en" and id in texts}, id=id)
            for id, english in pages["en"].items()]


def all_entries():
    return (of_glass() + of_json("kiosk/services/*.json") + of_json("kiosk/information/*.json") +
            of_json("assets/demo/information/*.json") + of_json("assets/documents/words/*.json") + of_papers() + of_pages() +
            of_json("assets/web/console/*.texts.json", whole=True))
