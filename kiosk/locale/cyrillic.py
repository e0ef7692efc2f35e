"""Uzbek in Latin letters -> in Cyrillic ones, by the letter table of the orthography and the stems of stems.txt.

Source of the rules: facts/glossary.md part 2.2. The table is data: a reform of the alphabet changes this file and stems.txt alone.
"""
import os
import re

OKINA, TUTUQ = "ʻ", "ʼ"
PAIRS = {"yoʻ": "йў", "sʼh": "сҳ", "oʻ": "ў", "gʻ": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "ts": "тс"}
LETTERS = dict(zip("abdfghijklmnopqrstuvxyz" + TUTUQ, "абдфгҳижклмнопқрстувхйз" + "ъ"))
VOWELS = "aeiou"
WORD = re.compile(f"[A-Za-z{OKINA}{TUTUQ}]+")
# What stands in Latin letters in both: markup, blanks, addresses, short forms in capitals that stems.txt lists
KEPT = re.compile(r"\{[^}]*\}|<[^>]*>|&[a-z]+;|\b[\w.-]+@[\w.-]+|\bhttps?://\S+|\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.uz\b|\b(?=[A-Z]*\d)[A-Z\d]{2,}(?:-[A-Z\d]+)*\b"
                  # what is typed as it stands: a file, a scope of staff, a number of a paper or a form
                  r"|\b\w+\.(?:json|ini)\b|\b(?:faculty|unit|window|printer):[\w-]+|\b[A-Z]{1,2}-\d[\d/]*|\bA–Z\b|(?<=[“«])registrar [a-z ]+(?=[”»])|\b[a-z]\.[a-z]{3,}\b")


def load_stems(path=os.path.join(os.path.dirname(os.path.abspath(__file__)), "stems.txt")):
    """Latin stem -> Cyrillic stem, longest first. A stem that ends in '.' is a whole word."""
    stems = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words:
                stems.append((words[0], words[1]))
    return sorted(stems, key=lambda stem: -len(stem[0]))


STEMS = load_stems()


def _as_written(cyrillic, latin):
    if len(latin) > 1 and latin.isupper():
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if latin[:1].isupper() else cyrillic


def _letters(word, rest, before):
    """By the table; before: the letter that stands before rest."""
    out, at, low = [], 0, rest.lower()
    all_capitals = len(word) > 1 and word.isupper()
    while at < len(rest):
        for size in (3, 2):
            piece = low[at:at + size]
            if len(piece) == size and piece in PAIRS:
                cyrillic = PAIRS[piece]
                break
        else:
            size, piece = 1, low[at]
            if piece == "e":
                cyrillic = "э" if not before or before in VOWELS or before == OKINA else "е"
            else:
                cyrillic = LETTERS.get(piece, piece)
        written = rest[at:at + size]
        if all_capitals:
            cyrillic = cyrillic.upper()
        elif written[:1].isupper():
            cyrillic = cyrillic[:1].upper() + cyrillic[1:]
        out.append(cyrillic)
        before = piece[-1]
        at += size
    return "".join(out)


def word_to_cyrillic(word):
    low = word.lower()
    for latin, cyrillic in STEMS:
        # Stems in capitals are short forms: only as they are written
        whole = latin.endswith(".")
        stem = latin.rstrip(".")
        found = word.startswith(stem) if stem.isupper() else low.startswith(stem.lower())
        if found and (not whole or len(word) == len(stem)):
            head = word[:len(stem)]
            written = cyrillic if stem.isupper() else _as_written(cyrillic, head)
            return written + _letters(word if not stem.isupper() else word[len(stem):], word[len(stem):], stem[-1].lower())
    return _letters(word, word, "")


def to_cyrillic(text):
    out, at = [], 0
    for kept in KEPT.finditer(text):
        out.append(WORD.sub(lambda word: word_to_cyrillic(word[0]), text[at:kept.start()]))
        out.append(kept[0])
        at = kept.end()
    out.append(WORD.sub(lambda word: word_to_cyrillic(word[0]), text[at:]))
    return "".join(out)
