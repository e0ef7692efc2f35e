#!/usr/bin/python3
"""A plain TCP balancer: it knows nothing of what passes through it.

    balancer.py LISTEN:TO[,TO...]...

Each connection to port LISTEN is passed on to the next of the ports TO in turn; to the one after that when nobody answers there.  Prints
"ready" when all ports are listened to, and runs until it is ended.
"""
import asyncio
import itertools
import os
import signal
import socket
import sys


async def reach(ports, turn):
    first = next(turn)
    for i in range(len(ports)):
        try:
            return await asyncio.open_connection("127.0.0.1", ports[(first + i) % len(ports)])
        except OSError:
            continue
    raise ConnectionRefusedError


async def pump(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.write_eof()


async def listen(here, ports):
    turn = itertools.count()

    async def serve(reader, writer):
        there = None
        try:
            there_reader, there = await reach(ports, turn)
            await asyncio.gather(pump(reader, there), pump(there_reader, writer))
        except OSError:  # one end is gone: so is the other
            pass
        finally:
            for end in (writer, there):
                if end:
                    end.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", here)
    if socket.has_ipv6:
        try:  # localhost may be either
            await asyncio.start_server(serve, "::1", here)
        except OSError:
            pass
    return server


async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, os._exit, 0)
    for row in sys.argv[1:]:
        here, _, there = row.partition(":")
        await listen(int(here), [int(port) for port in there.split(",")])
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
