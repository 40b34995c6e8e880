#!/usr/bin/env python3
"""Measures `yipin serve`: from a saved file to new bytes over HTTP, and requests while files change.

    benches/serve.py SITE [--yipin PROGRAM] [--saves N] [--requests N]

SITE is a folder with `content/`; it is copied (to a RAM file system where there is one), never changed. Prints medians in
milliseconds, requests a second, and the memory in use before and after. Python's standard library is all it needs.
"""

import argparse
import http.client
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import threading
import time


def start(program, root):
    command = [program, "serve", "--root", root, "--addr", "127.0.0.1:0", "--today", "2026-11-22", "--lang", "en"]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"})
    for line in child.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S*)", line)
        if found:
            threading.Thread(target=lambda: [None for _ in child.stderr], daemon=True).start()
            return child, int(found[1]), found[2]
    raise SystemExit("the preview did not start")


def ask(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def cpu(child):
    """Returns the processor time used so far, in milliseconds; a machine that is busy with other things tells by it."""
    with open(f"/proc/{child.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def saved_to_served(child, connection, base, root, saves):
    """Returns the times from the end of a save to the arrival of new bytes, on the clock and of the processor."""
    story = sorted(
        os.path.join(folder, "story.md")
        for folder, _, files in os.walk(os.path.join(root, "content", "communities"))
        if "story.md" in files
    )[0]
    page = f"{base}communities/{os.path.basename(os.path.dirname(story))}/index.html"
    with open(story, encoding="utf-8") as file:
        text = file.read()
    times, used = [], []
    for at in range(saves):
        sentence = f"第{at}次保存的句子。"
        with open(story, "w", encoding="utf-8") as file:
            file.write(f"{text}\n{sentence}\n")
        began, before = time.perf_counter(), cpu(child)
        while True:
            status, body = ask(connection, page)
            assert status == 200, status
            if sentence.encode() in body:
                break
            time.sleep(0.001)
        times.append((time.perf_counter() - began) * 1000)
        used.append(cpu(child) - before)
        time.sleep(0.5)
    return times, used


def memory(child):
    with open(f"/proc/{child.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def under_load(child, port, base, root, requests):
    """Asks while a file changes; returns requests a second and the memory in MiB at the tenths."""
    site = os.path.join(root, "content", "site.yaml")
    with open(site, encoding="utf-8") as file:
        text = file.read()
    done, asked, grown = threading.Event(), [0] * 4, []

    def client(at):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        pages = ["", "brands/", "progress/", "news/", "awards/", "ledger/", "sitemap/", "feed.xml"]
        for number in range(requests // len(asked)):
            page = pages[(number + at) % len(pages)]
            status, body = ask(connection, base + page)
            assert status == 200, (page, status)
            versions = set(re.findall(rb"\xe7\x89\x88(\d{4})", body))
            assert len(versions) <= 1, (page, versions)
            asked[at] += 1

    def editor():
        at = 0
        while not done.wait(0.5):
            at += 1
            name = re.sub(r"^(名称|name): .*$", rf"\1: 版{at:04}", text, count=1, flags=re.M)
            with open(site, "w", encoding="utf-8") as file:
                file.write(name)

    threads = [threading.Thread(target=client, args=(at,)) for at in range(len(asked))]
    changing = threading.Thread(target=editor)
    began = time.perf_counter()
    for thread in [*threads, changing]:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        if sum(asked) * 10 // requests >= len(grown):
            grown.append(memory(child))
        time.sleep(0.02)
    took = time.perf_counter() - began
    done.set()
    changing.join()
    assert sum(asked) == requests // len(asked) * len(asked), "a client has failed"
    return sum(asked) / took, grown


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site")
    parser.add_argument("--yipin", default="target/release/yipin")
    parser.add_argument("--saves", type=int, default=15)
    parser.add_argument("--requests", type=int, default=20000)
    options = parser.parse_args()
    ram = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=ram) as root:
        for folder in ["content", "themes"]:
            if os.path.isdir(os.path.join(options.site, folder)):
                shutil.copytree(os.path.join(options.site, folder), os.path.join(root, folder))
        began = time.perf_counter()
        child, port, base = start(options.yipin, root)
        try:
            print(f"started              {(time.perf_counter() - began) * 1000:8.1f} ms, {memory(child):.0f} MiB", flush=True)
            connection = http.client.HTTPConnection("127.0.0.1", port)
            ask(connection, base)
            times, used = saved_to_served(child, connection, base, root, options.saves)
            print(f"saved -> new bytes   {statistics.median(times):8.1f} ms median of {len(times)}, {max(times):.1f} ms most")
            print(f"  processor time     {statistics.mean(used):8.1f} ms a save")
            if options.requests:
                rate, grown = under_load(child, port, base, root, options.requests)
                shown = " ".join(f"{mib:.0f}" for mib in grown)
                print(f"while files change   {rate:8.0f} requests/s, {options.requests} without an error; MiB: {shown}")
        finally:
            child.send_signal(signal.SIGINT)
            assert child.wait(20) == 0, "Ctrl-C did not end it cleanly"


if __name__ == "__main__":
    main()
