#!/usr/bin/python3
"""A network between a kiosk and its registrar that fails as a test asks.

    network.py --dir DIR --to PORT

Prints the port that it listens on, and passes on to PORT what comes there, until it is ended.  DIR/mode says how, and may change at any moment:
    pass            everything goes through
    stall           what is sent waits, on connections old and new, until it may pass
    refuse          nobody listens, and what was open is cut
    lose-answer N   N more bytes of answers to what is asked from now on go through, requests all the while; then it is "refuse": with 0 the
                    registrar did what it was asked to, and nobody hears of it.  What was asked before and is held may be answered meanwhile
DIR/state says what is so now.
"""
import argparse
import asyncio
import os
import signal

LOOK_S = 0.02


class Network:
    def __init__(self, folder, port, to):
        self.folder, self.port, self.to = folder, port, to
        self.mode, self.credit, self.turn = "", None, 0
        self.listener, self.writers = None, set()
        self.may_pass = asyncio.Event()

    def tell(self, state):
        with open(os.path.join(self.folder, "state.new"), "w", encoding="ascii") as file:
            file.write(state + "\n")
        os.replace(file.name, os.path.join(self.folder, "state"))

    def wanted(self):
        try:
            with open(os.path.join(self.folder, "mode"), encoding="ascii") as file:
                return file.read().strip() or "pass"
        except FileNotFoundError:
            return "pass"

    def cut(self):
        self.credit = None
        if self.listener:
            self.listener.close()
            self.listener = None
        for writer in self.writers:
            writer.transport.abort()

    async def listen(self):
        if not self.listener:
            self.listener = await asyncio.start_server(self.serve, "127.0.0.1", self.port)
            self.port = self.listener.sockets[0].getsockname()[1]

    async def follow(self, mode):
        name, _, number = mode.partition(" ")
        self.mode, self.turn = mode, self.turn + 1
        self.credit = int(number) if name == "lose-answer" else None
        if name == "refuse":
            self.cut()
        else:
            await self.listen()
        if name == "stall":
            self.may_pass.clear()
        else:
            self.may_pass.set()
        self.tell(mode)

    async def pump(self, reader, writer, answers, asked):
        while data := await reader.read(4096):
            await self.may_pass.wait()
            if not answers:
                asked["turn"] = self.turn
            counts = answers and self.credit is not None and asked.get("turn") == self.turn
            if counts:
                data = data[: self.credit]
                self.credit -= len(data)
            if data:
                writer.write(data)
                await writer.drain()
            if counts and self.credit == 0:
                self.cut()
                self.tell("refuse")
                return
        writer.write_eof()

    async def serve(self, reader, writer):
        there, asked = None, {}
        try:
            self.writers.add(writer)
            there_reader, there = await asyncio.open_connection("127.0.0.1", self.to)
            self.writers.add(there)
            await asyncio.gather(self.pump(reader, there, False, asked), self.pump(there_reader, writer, True, asked))
        except OSError:  # one end is gone: so is the other
            pass
        finally:
            for end in (writer, there):
                if end:
                    self.writers.discard(end)
                    end.transport.abort()

    async def run(self):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, os._exit, 0)
        await self.follow(self.wanted())
        print(self.port, flush=True)
        while True:
            if self.wanted() != self.mode:
                await self.follow(self.wanted())
            await asyncio.sleep(LOOK_S)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dir", required=True)
    parser.add_argument("--to", type=int, required=True)
    args = parser.parse_args()
    asyncio.run(Network(args.dir, 0, args.to).run())


main()
