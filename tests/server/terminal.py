"""A terminal that is enrolled, of other people's parts: OpenSSL's command makes key and request, hashlib and hmac the proofs, json the canonical
text.  What src/wire/enrol.h says is here once more, so that two readings of it must agree.

    terminal = Terminal(folder)                      # a fresh key in there
    status, answer = terminal.enrol(ports["kiosks"], "C-3", "H8ZC-742F-Q35M-VN20")
    terminal.believe(answer)                         # asserts the proof, writes certificate.pem and ca.pem
"""
import hashlib
import hmac
import http.client
import json
import os
import ssl
import subprocess

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_bytes(code):
    bits = 0
    for letter in code.replace("-", ""):
        bits = bits << 5 | ALPHABET.index(letter)
    return bits.to_bytes(10, "big")


def shared_key(code, kiosk):
    raw = code_bytes(code)
    salt = b"registrar enrol 1\n" + kiosk.encode() + b"\n" + raw[:5]
    return hashlib.scrypt(raw[5:], salt=salt, n=1 << 15, r=8, p=1, maxmem=64 << 20, dklen=32)


def proof(key, who, text):
    return hmac.new(key, who.encode() + b"\n" + text.encode(), "sha256").hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def ask(port, path, body, context):
    connection = http.client.HTTPSConnection("localhost", port, timeout=30, context=context)
    connection.request("POST", "/kiosk/v1/" + path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer.status, json.loads(said)


class Terminal:
    def __init__(self, folder, kind=("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        subprocess.run(["openssl", "req", "-new", *kind, "-nodes", "-subj", "/CN=whoever", "-keyout", self.path("key.pem"), "-out", self.path("request.pem")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
        with open(self.path("request.pem"), encoding="ascii") as file:
            self.request = file.read()

    def path(self, name):
        return os.path.join(self.folder, name)

    def body(self, kiosk, code):
        self.key = shared_key(code, kiosk)
        return {"kiosk": kiosk, "request": self.request, "proof": proof(self.key, "kiosk", kiosk + "\n" + self.request)}

    def enrol(self, port, kiosk, code):
        """To whoever answers there: nobody is trusted yet."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return ask(port, "enrol", self.body(kiosk, code), context)

    def believe(self, answer):
        answer = dict(answer)
        told = answer.pop("proof")
        assert hmac.compare_digest(told, proof(self.key, "registrar", canonical(answer))), "the answer is not proved"
        for name, member in (("certificate.pem", "certificate"), ("ca.pem", "authority")):
            with open(self.path(name), "w", encoding="ascii") as file:
                file.write(answer[member])
        subprocess.run(["openssl", "verify", "-purpose", "sslclient", "-CAfile", self.path("ca.pem"), self.path("certificate.pem")], check=True,
                       stdout=subprocess.DEVNULL, timeout=60)

    def context(self):
        context = ssl.create_default_context(cafile=self.path("ca.pem"))
        context.load_cert_chain(self.path("certificate.pem"), self.path("key.pem"))
        return context

    def renew(self, port, request=None):
        return ask(port, "renew", {"request": request or self.request}, self.context())
