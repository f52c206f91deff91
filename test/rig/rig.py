"""A scripted serial device on a pseudo-terminal.

Started with the path of a link to make. Reads one JSON object a line from standard input, does it, and answers with one
JSON line holding its `id`. See README.md beside this file.
"""

import fcntl
import json
import os
import pty
import select
import sys
import termios
import time
import tty

link = sys.argv[1]
master = None
slave = None


def open_pair():
    global master, slave
    if master is not None:
        return
    master, slave = pty.openpty()
    # Raw, and kept open: the system forgets a pty's mode when nobody holds it.
    tty.setraw(slave)
    temporary = link + ".new"
    os.symlink(os.ttyname(slave), temporary)
    os.replace(temporary, link)


def hang():
    global master, slave
    if master is None:
        return
    # The hang-up first, as when a plug is pulled; a moment later the system takes the name away.
    os.close(slave)
    os.close(master)
    master = slave = None
    os.unlink(link)


def write_all(data):
    while data:
        data = data[os.write(master, data):]


def wait_until(moment):
    while (left := moment - time.monotonic()) > 0:
        time.sleep(left)


def paced(data, baud):
    """One byte at a time, ten bits each: start, eight data, stop."""
    start = time.monotonic()
    for index, byte in enumerate(data):
        wait_until(start + (index + 1) * 10 / baud)
        write_all(bytes([byte]))


def chunks(parts):
    for part in parts:
        write_all(bytes.fromhex(part["hex"]))
        time.sleep(part.get("gapMs", 0) / 1000)


def at_speed(data, baud):
    """What a line makes of a device of another speed than its own is noise. The system keeps a pty's speed, not its parity."""
    is_right = termios.tcgetattr(slave)[4] == getattr(termios, "B%d" % baud)
    write_all(data if is_right else bytes(byte * 7 & 0xFF | 0x80 for byte in data))


def read_back():
    """What the terminal has written to the device so far."""
    got = b""
    while select.select([master], [], [], 0)[0]:
        got += os.read(master, 65536)
    return got.hex()


def obey(command):
    do = command["do"]
    if do == "write":
        write_all(bytes.fromhex(command["hex"]))
    elif do == "paced":
        paced(bytes.fromhex(command["hex"]), command["baud"])
    elif do == "chunks":
        chunks(command["parts"])
    elif do == "speed":
        at_speed(bytes.fromhex(command["hex"]), command["baud"])
    elif do == "wait":
        time.sleep(command["ms"] / 1000)
    elif do == "hang":
        hang()
    elif do == "reopen":
        open_pair()
    elif do == "lock":
        fcntl.flock(slave, fcntl.LOCK_EX | fcntl.LOCK_NB)
    elif do == "unlock":
        fcntl.flock(slave, fcntl.LOCK_UN)
    elif do == "mode":
        os.fchmod(slave, int(command["octal"], 8))
    elif do == "read":
        return {"hex": read_back()}
    else:
        raise ValueError("unknown command: " + do)
    return {}


def answer(value):
    print(json.dumps(value), flush=True)


open_pair()
answer({"id": 0, "kind": "done"})
for line in sys.stdin:
    command = json.loads(line)
    if command["do"] == "quit":
        break
    try:
        answer({"id": command["id"], "kind": "done", **obey(command)})
    except (OSError, TypeError, ValueError, KeyError) as error:
        answer({"id": command["id"], "kind": "failed", "problem": str(error)})
hang()
