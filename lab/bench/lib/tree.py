"""What is really on a host: read from outside, past every tool; compared, altered, wiped."""

import os
import random
import shutil


def read(top):
    """Path -> (mode, content or None for a directory, owner, ctime)."""
    tree = {}
    for folder, folders, files in os.walk(top):
        for name in folders + files:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            content = None
            if name in files:
                with open(path, errors="replace") as file:
                    content = file.read()
            tree[os.path.relpath(path, top)] = (status.st_mode & 0o7777, content, status.st_uid, status.st_ctime_ns)
    return tree


def wipe(top):
    for name in os.listdir(top):
        shutil.rmtree(os.path.join(top, name))


def wrong(tree, expected):
    """One sentence on the first path that is not as expected; None if all are."""
    for path in sorted(set(tree) | set(expected)):
        if path not in tree:
            return f"{path} is missing"
        if path not in expected:
            return f"{path} should not exist"
        mode, content, owner, _ = tree[path]
        want_mode, want = expected[path]
        if mode != want_mode:
            return f"{path} has mode {mode:o}, not {want_mode:o}"
        if want != "*" and content != want:
            return f"{path} has other content"
        if owner != 0:
            return f"{path} belongs to {owner}"
    return None


def rewritten(before, after):
    """The paths whose ctime moved: something wrote to them, or to a directory's entries."""
    return sorted(path for path in after if path not in before or before[path][3] != after[path][3])


def alter(top, expected, dice=random):
    """Breaks one random managed thing on one host, in one of the ways files break. Returns what it did."""
    path = dice.choice(sorted(path for path, (_, content) in expected.items() if content not in (None, "*")))
    full = os.path.join(top, path)
    kind = dice.choice(("content", "mode", "missing"))
    if kind == "content":
        with open(full) as file:
            text = file.read()
        with open(full, "w") as file:
            file.write(text.replace("=", "=#", 1))
    elif kind == "mode":
        os.chmod(full, 0o606)
    else:
        os.unlink(full)
    return path, kind
