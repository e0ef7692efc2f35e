"""A small PDF that is the same each time: A4, lines of text, as many pages as they need."""

LINES = 48  # a page
LATIN = str.maketrans({"ʻ": "'", "ʼ": "'", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-"})


def escaped(line):
    text = line.translate(LATIN).encode("cp1252", "replace").decode("latin-1")
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def page_text(lines, number, pages):
    parts = ["BT /F1 11 Tf 15 TL 60 780 Td"] + ["(%s) Tj T*" % escaped(line) for line in lines]
    return "\n".join(parts + ["ET", "BT /F1 9 Tf 500 40 Td (%d / %d) Tj ET" % (number, pages)]).encode("latin-1")


def make(lines):
    chunks = [lines[at : at + LINES] for at in range(0, len(lines), LINES)] or [[]]
    kids = " ".join("%d 0 R" % (4 + 2 * n) for n in range(len(chunks)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", ("<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(chunks))).encode(),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for n, chunk in enumerate(chunks):
        text = page_text(chunk, n + 1, len(chunks))
        objects.append(("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
                        % (5 + 2 * n)).encode())
        objects.append(b"<< /Length %d >>\nstream\n" % len(text) + text + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for n, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n" % (n + 1) + body + b"\nendobj\n"
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, begins))
