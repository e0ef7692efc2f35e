#!/usr/bin/python3
"""A web server that behaves as badly as a test asks.

    peer.py --dir DIR [--certificate FILE --key FILE [--client-ca FILE]]

Prints its port when it listens; ends when its standard input is closed.  With --certificate it speaks TLS.

DIR/rules.json is read at each request: a list of rules, of which the first fitting one is followed.
    method, path     what it fits; a path may end in "*"; both may be left out
    times            how often it is followed (then the next fitting one is); without it: always
    status, headers, body, size    the answer; size: so many bytes of "x" instead of body
    body_file        a file that is the body
    act              "hang" (no answer), "close" (no answer, connection closed), "drip" (a header byte each 20 ms, for ever),
                     "cut" (half of the body, then closed)
    delay            seconds before the answer
DIR/requests.log gets a line a connection ("connect") and a line a request: METHOD PATH AUTHORIZATION IF-NONE-MATCH CERTIFICATE BODY.
"""
import argparse
import json
import os
import socket
import ssl
import sys
import threading
import time

lock = threading.Lock()
followed = {}


def note(folder, line):
    with lock, open(os.path.join(folder, "requests.log"), "a", encoding="utf-8") as log:
        log.write(line + "\n")


def choose(folder, method, path):
    with lock:
        with open(os.path.join(folder, "rules.json"), encoding="utf-8") as text:
            source = text.read()
        for index, rule in enumerate(json.loads(source)):
            wanted = rule.get("path", "*")
            fits = path.startswith(wanted[:-1]) if wanted.endswith("*") else path == wanted
            if not fits or rule.get("method", method) != method:
                continue
            used = followed.get((source, index), 0)
            if "times" in rule and used >= rule["times"]:
                continue
            followed[(source, index)] = used + 1
            return rule
    return {"status": 404}


def read_request(stream):
    """Method, path, headers, body; None at the end."""
    line = stream.readline(8192).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers = {}
    while True:
        header = stream.readline(8192).decode("latin-1").strip()
        if not header:
            break
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    return line[0], line[1], headers, body.decode("utf-8", "replace")


def answer(connection, rule):
    """True when the connection may be used again."""
    act = rule.get("act", "")
    time.sleep(rule.get("delay", 0))
    if act == "hang":
        connection.recv(1)
        return False
    if act == "close":
        return False
    if act == "drip":
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)
    body = b"x" * rule["size"] if "size" in rule else rule.get("body", "").encode()
    if "body_file" in rule:
        with open(rule["body_file"], "rb") as file:
            body = file.read()
    head = "HTTP/1.1 %d Said\r\nContent-Length: %d\r\n" % (rule.get("status", 200), len(body))
    for name, value in rule.get("headers", {}).items():
        head += "%s: %s\r\n" % (name, value)
    connection.sendall(head.encode() + b"\r\n" + (body[: len(body) // 2] if act == "cut" else body))
    return act != "cut"


def serve(folder, connection, context):
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        note(folder, "connect")
        stream = connection.makefile("rb")
        while True:
            request = read_request(stream)
            if not request:
                break
            method, path, headers, body = request
            certificate = "certified" if context and connection.getpeercert() else "-"
            note(folder, " ".join([method, path, headers.get("authorization", "-"), headers.get("if-none-match", "-"),
                                   certificate, body]))
            if not answer(connection, choose(folder, method, path)):
                break
        connection.close()
    except OSError:
        connection.close()


def main():
    parser = argparse.ArgumentParser()
    for name in ("dir", "certificate", "key", "client-ca"):
        parser.add_argument("--" + name)
    args = parser.parse_args()
    context = None
    if args.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args.certificate, args.key)
        if args.client_ca:
            context.load_verify_locations(args.client_ca)
            context.verify_mode = ssl.CERT_OPTIONAL
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(args.dir, connection, context), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    sys.stdin.buffer.read()


main()
