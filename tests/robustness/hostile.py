#!/usr/bin/env python3
"""Gives `tieline build` inputs that are made to harm, each beside a good article,
and writes what happens as the table of docs/robustness.md.

    tests/robustness/hostile.py --binary target/release/tieline [NAME...]

A build must end within its time, must have read the good article, must not have
written outside its database, and must not have died.
"""

import argparse
import gzip
import io
import multiprocessing
import os
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib

import world

GOOD = "Talks in Oslo\n\nMay 4, 2021\n\nAnna Lindqvist met Pedro Alvarez in Oslo on May 3, 2021.\n"
MB = 1 << 20
INPUTS = []
# Seconds that no single input may need.
MOST_SECONDS = 120


def hostile(what):
    def keep(make):
        INPUTS.append((make.__name__, what, make))
        return make
    return keep


def block():
    """64 MB of text."""
    return b"Anna Lindqvist met nobody at all in Oslo that day, it is said..\n" * MB


def deflated(blocks):
    """A raw deflate stream of `blocks` times 64 MB of text."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = block()
    first = pack.compress(text) + pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(text) + pack.flush(zlib.Z_FULL_FLUSH)
    return first + again * (blocks - 1) + pack.flush()


def raw_zip(entries):
    """A zip archive of (name, packed bytes, size, entries in the directory)."""
    out, directory, count = b"", b"", 0
    for name, packed, size, times in entries:
        fields = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, 0, len(packed), min(size, 0xfffffffe))
        for i in range(times):
            listed = name if times == 1 else name.replace("*", str(i))
            directory += (b"PK\1\2\x14\0" + fields + struct.pack("<HHHHHII", len(listed), 0, 0, 0, 0, 0, len(out))
                          + listed.encode())
            count += 1
        out += b"PK\3\4" + fields + struct.pack("<HH", len(name), 0) + name.encode() + packed
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    return out + directory + b"PK\5\6" + end


@hostile("zip of one text of 10 GB")
def zip_bomb(d):
    (d / "bomb.zip").write_bytes(raw_zip([("a.txt", deflated(160), 10 << 30, 1)]))


@hostile("zip whose directory names one entry of 60 MB 20,000 times")
def zip_overlap(d):
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = pack.compress(b"Anna Lindqvist met nobody at all.\n" * (60 * MB // 34)) + pack.flush()
    (d / "overlap.zip").write_bytes(raw_zip([("a*.txt", body, 60 * MB, 20_000)]))


@hostile("zips in zips, ten deep, sixteen in each")
def zip_nested(d):
    inner = raw_zip([("a.txt", deflated(1), 64 * MB, 1)])
    for _ in range(10):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for i in range(16):
                archive.writestr(f"{i}.zip", inner)
        inner = file.getvalue()
    (d / "nested.zip").write_bytes(inner)


@hostile("gzip of 10 GB, named .txt.gz")
def gzip_bomb(d):
    member = gzip.compress(block(), 9)
    (d / "bomb.txt.gz").write_bytes(member * 160)


@hostile("gzip in gzip in gzip, a thousand deep")
def gzip_deep(d):
    inner = GOOD.encode()
    for _ in range(1000):
        inner = gzip.compress(inner, 1)
    (d / "deep.gz").write_bytes(inner)


@hostile("tar with `../`, absolute names, links and devices, and a size of 8 EB")
def tar_names(d):
    with tarfile.open(d / "names.tar", "w") as tar:
        for name in ("../../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"):
            entry = tarfile.TarInfo(name)
            entry.size = len(GOOD)
            tar.addfile(entry, io.BytesIO(GOOD.encode()))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"link{ord(kind)}.txt")
            entry.type, entry.linkname = kind, "/etc/passwd"
            tar.addfile(entry)
        entry = tarfile.TarInfo("huge.txt")
        entry.size = 8 << 60
        tar.fileobj.write(entry.tobuf(tarfile.GNU_FORMAT))


@hostile("HTML of a million nested `div`")
def html_deep(d):
    (d / "deep.html").write_text("<html><body>" + "<div>" * 1_000_000 + "<p>Anna met Ben.")


@hostile("HTML of half a million `b` opened over `p` (misnesting)")
def html_misnested(d):
    (d / "odd.html").write_text("<html><body>" + "<p><b><i><table>" * 200_000 + "Anna met Ben.")


@hostile("HTML of one tag with a million attributes")
def html_attributes(d):
    (d / "attributes.html").write_text("<html><body><p " + " ".join(f"a{i}=x" for i in range(1_000_000)) + ">Anna met Ben.")


@hostile("HTML of 20 MB of `<`, `&` and `<!--`")
def html_signs(d):
    (d / "signs.html").write_text("<html><body>" + "<" * (8 * MB) + "&" * (8 * MB) + "<!--" * MB)


@hostile("JSON of ten million `[`")
def json_deep(d):
    (d / "deep.json").write_text("[" * 10_000_000)


@hostile("JSON lines: one line of 100 MB")
def json_line(d):
    (d / "line.jsonl").write_text('{"text": "' + "Anna met Ben. " * (100 * MB // 14) + '"}\n{"text": "Anna met Ben."}\n')


@hostile("text of one line of 100 MB")
def text_line(d):
    (d / "line.txt").write_text("Anna met Ben. " * (100 * MB // 14))


@hostile("text of one line of 60 MB of sentences")
def text_60(d):
    (d / "line.txt").write_text("Anna Lindqvist met Ben Holm on May 3. " * (60 * MB // 38))


@hostile("text of one sentence of 1 MB: `Anna met Ben and ...`")
def text_and(d):
    (d / "and.txt").write_text("Anna met Ben and " * 60_000)


@hostile("text of 20,000 different names in one paragraph")
def text_names(d):
    sound = "ba be bi bo bu da de di do du la le li lo lu ma me mi mo mu".split()
    name = lambda i: (sound[i % 20] + sound[i // 20 % 20] + sound[i // 400 % 20] + sound[i // 8000 % 20]).capitalize()
    (d / "names.txt").write_text(" ".join(f"{name(i)} {name(i * 7 + 3)} met {name(i * 3 + 1)}." for i in range(20_000)))


@hostile("text of 10 MB of combining marks")
def text_marks(d):
    (d / "marks.txt").write_text("Anna met Ben e" + "\u0301" * (5 * MB))


@hostile("text of 10 MB of direction overrides and zero-width signs")
def text_bidi(d):
    (d / "bidi.txt").write_text("Anna met Ben " + "\u202e\u2066\u200b" * MB)


@hostile("text of 5 MB of digits, dots and slashes")
def text_digits(d):
    (d / "digits.txt").write_text("Anna met Ben on " + "1/2/2021.3,4-" * (5 * MB // 13))


@hostile("text of 200,000 dates in one paragraph")
def text_dates(d):
    (d / "dates.txt").write_text("from May 3 to June 4, 2021, or the week before last, " * 100_000)


@hostile("Markdown with front matter of 30 MB that does not end")
def markdown_front(d):
    (d / "front.md").write_text("---\n" + "title: &a [*a, *a, *a]\n" * (30 * MB // 24))


@hostile("CSV with a quote that is never closed (66 MB)")
def csv_quote(d):
    (d / "open.csv").write_text('title,text\na,"' + "Anna met Ben, again.\n" * (66 * MB // 21))


@hostile("CSV of a million columns")
def csv_wide(d):
    row = ",".join(f"c{i}" for i in range(1_000_000))
    (d / "wide.csv").write_text("text," + row + "\n" + ("Anna met Ben.," + row + "\n") * 3)


@hostile("feed of 300,000 items (60 MB)")
def feed_long(d):
    item = "<item><title>Talks {0}</title><description>Anna met Ben.</description><link>http://example.org/{0}</link></item>\n"
    (d / "long.rss").write_text('<rss version="2.0"><channel>' + "".join(item.format(i) for i in range(3_000)))
    with open(d / "long.rss", "a") as file:
        file.write("<item><title>" * 3_000_000)


@hostile("feed with entities that name each other (billion laughs)")
def feed_laughs(d):
    entities = "".join(f'<!ENTITY e{i + 1} "{("&e%d;" % i) * 10}">' for i in range(12))
    (d / "laughs.rss").write_text(f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]>'
                                  '<rss version="2.0"><channel><item><title>Talks</title>'
                                  "<description>Anna met Ben. &e12;</description></item></channel></rss>")


@hostile("feed of a million nested elements")
def feed_deep(d):
    (d / "deep.rss").write_text('<rss version="2.0"><channel><item>' + "<a>" * 1_000_000)


@hostile("mail of 3,000 multiparts in each other")
def mail_deep(d):
    text = "From: a@example.org\nSubject: Talks\nMIME-Version: 1.0\n"
    for i in range(3_000):
        text += f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n'
    (d / "deep.eml").write_text(text + "Content-Type: text/plain\n\nAnna met Ben.\n")


@hostile("mail of 300,000 header lines")
def mail_headers(d):
    (d / "headers.eml").write_text("From: a@example.org\n" + "X-A: b\n" * 300_000 + "Subject: x\n\nAnna met Ben.\n")


@hostile("WARC whose record says it has 8 EB")
def warc_length(d):
    (d / "long.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9223372036854775807\r\n\r\n"
                                  b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Anna met Ben.")


@hostile("PDF whose stream unpacks to 2 GB")
def pdf_bomb(d):
    packed = zlib.compress(b"BT (Anna met Ben) Tj ET\n" * 2_800_000, 9)
    twice = zlib.compress(deflated(32), 9)
    body = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 6 0 R>>",
            b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(twice) + twice + b"\nendstream"]
    write_pdf(d / "bomb.pdf", body)


@hostile("PDF whose pages contain each other")
def pdf_loop(d):
    write_pdf(d / "loop.pdf", [b"<</Type/Catalog/Pages 2 0 R>>",
                               b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 99999999/Parent 2 0 R>>",
                               b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 3>>"])


def write_pdf(path, objects):
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    path.write_bytes(out)


@hostile("Word document whose text unpacks to 4 GB")
def docx_bomb(d):
    head = b'<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>'
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = pack.compress(head) + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b"Anna met Ben. " * 4_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    body += block * 75 + pack.flush()
    types = zlib.compressobj(9, zlib.DEFLATED, -15)
    types = types.compress(b"<Types/>") + types.flush()
    (d / "bomb.docx").write_bytes(raw_zip([("[Content_Types].xml", types, 8, 1), ("word/document.xml", body, 4 << 30, 1)]))


@hostile("links to the folder itself, to its parent, to each other, to /dev/zero and a pipe")
def links(d):
    os.symlink(".", d / "self")
    os.symlink("..", d / "parent")
    os.symlink("b.txt", d / "a.txt")
    os.symlink("a.txt", d / "b.txt")
    os.symlink("/dev/zero", d / "zero.txt")
    os.mkfifo(d / "pipe.txt")


@hostile("folders 1,000 deep")
def folders(d):
    here = os.open(d, os.O_RDONLY)
    for _ in range(1_000):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


@hostile("file names with escapes, line ends, direction overrides and no UTF-8")
def names(d):
    for i, name in enumerate((b"\x1b[31mred.txt", b"line\nend.txt", "\u202etxt.exe.txt".encode(), b"\xff\xfe.txt",
                              b"\xc2\x9b31m.txt", b"-rf.txt", b"--db.txt", b"<script>.txt", b"a" * 251 + b".txt")):
        with open(os.path.join(os.fsencode(d), name), "w") as file:
            file.write(GOOD.replace("May 3", f"May {i + 1}"))
    (d / "empty\x1b[2J.txt").write_text("")


def run(binary, what, make):
    """Makes the input, builds, and gives a line of the table."""
    root = pathlib.Path(tempfile.mkdtemp(prefix="tieline-hostile-"))
    try:
        folder = root / "in"
        folder.mkdir()
        (folder / "good.txt").write_text(GOOD)
        # In a process of its own, as a child's peak memory is never below its parent's.
        maker = multiprocessing.Process(target=make, args=(folder,))
        maker.start()
        maker.join()
        assert maker.exitcode == 0, what
        out = open(root / "out", "wb")
        began = time.time()
        child = subprocess.Popen([binary, "build", "in", "--db", "t.db"], cwd=root, stdout=out, stderr=subprocess.STDOUT)
        late = False
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.time() - began > MOST_SECONDS:
                late = True
                child.kill()
                _, status, used = os.wait4(child.pid, 0)
                break
            time.sleep(0.02)
        seconds = time.time() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.close()
        said = (root / "out").read_text(errors="replace")
        assert said.encode() == (root / "out").read_bytes(), "the output is no UTF-8"
        steer = world.steering(said)
        told = [line for line in said.splitlines() if line.startswith(("error", "warning"))]
        told = told[0].split(" (in/")[0] if told else "read"
        wrong = []
        if late:
            wrong.append(f"not done after {MOST_SECONDS} s")
        if child.returncode != 0:
            wrong.append(f"exit code {child.returncode}")
        if steer:
            wrong.append(f"steers the terminal: {steer!r}")
        if "mistake in Tieline" in said or "panicked" in said:
            wrong.append("a panic")
        left = sorted(p.name for p in root.iterdir() if p.name not in ("in", "out", "t.db"))
        if left:
            wrong.append(f"left {left}")
        if not late and not subprocess.run([binary, "met", "Lindqvist", "--db", "t.db"], cwd=root, capture_output=True).stdout:
            wrong.append("the good article was not read")
        if wrong:
            told = "**WRONG: " + "; ".join(wrong) + "** " + told
        return f"| {what} | {told} | {seconds:.1f} s ({used.ru_utime + used.ru_stime:.1f} s of work) | {used.ru_maxrss // 1024} MB |", not wrong
    finally:
        subprocess.run(["rm", "-rf", root])


def main():
    parser = argparse.ArgumentParser()
    world.binary_argument(parser)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    print("| input | what happens | time | peak memory |\n| --- | --- | --- | --- |", flush=True)
    fine = True
    for name, what, make in INPUTS:
        if not options.names or name in options.names:
            line, good = run(binary, what, make)
            fine &= good
            print(line, flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
