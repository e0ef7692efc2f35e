"""Reads what msgcat writes: .po files as lists of messages."""
import re
import subprocess
from dataclasses import dataclass, field

QUOTED = re.compile(r'^"(.*)"$')


@dataclass
class Message:
    context: str = ""
    id: str = ""
    plural: str = ""
    texts: list = field(default_factory=list)    # one, or one a plural form
    comments: list = field(default_factory=list)  # to translators
    places: list = field(default_factory=list)    # where it stands in the code
    fuzzy: bool = False


def _plain(quoted):
    return re.sub(r"\\(.)", lambda it: {"n": "\n", "t": "\t"}.get(it[1], it[1]), quoted)


def read(path):
    """The messages of a .po file, its header left out."""
    text = subprocess.run(["msgcat", "--no-wrap", "--to-code=UTF-8", path], capture_output=True, check=True).stdout.decode()
    messages, message, part = [], Message(), None
    for line in text.split("\n") + [""]:
        if not line:
            if message.id:
                messages.append(message)
            message, part = Message(), None
        elif line.startswith("#."):
            message.comments.append(line[2:].strip())
        elif line.startswith("#:"):
            message.places += line[2:].split()
        elif line.startswith("#,"):
            message.fuzzy = "fuzzy" in line
        elif line.startswith("#"):
            continue
        else:
            keyword = re.match(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line)
            if keyword:
                part, line = keyword[1], keyword[2]
                if part.startswith("msgstr"):
                    message.texts.append("")
            words = _plain(QUOTED.match(line)[1])
            if part == "msgctxt":
                message.context += words
            elif part == "msgid":
                message.id += words
            elif part == "msgid_plural":
                message.plural += words
            else:
                message.texts[-1] += words
    return messages
