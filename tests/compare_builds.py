#!/usr/bin/env python3
"""Hold what two builds of archlint print against each other: a refactoring changes no byte.

usage: compare_builds.py OLD NEW [WORKSPACE...] [--fixtures] [--only COMMAND] [--expect REGEX]

OLD and NEW are the two programs. Both run the same commands in each WORKSPACE (the folder of its
Cargo.toml), without a cache. Standard output, standard error, the exit code and the files that they
write must be equal. A workspace is never written to: `init`, `baseline` and a small history for
`drift` use a copy of it, and need git.

--fixtures   also all workspaces under fixtures/, those that cargo cannot read too
--only       only this command (check, graph, metrics, rules, why, drift, init, baseline); can be
             given again
--expect     lines of the outputs that match are left out on both sides before comparing: for
             differences that are intended; can be given again

A line for each workspace says how many runs there were, and how many ended with which exit code.
For each difference follow the command and the start of a diff. The exit code is 1 where anything
differs, 2 where the comparison itself fails. A build held against itself shows whether what it
prints is deterministic:

    tests/compare_builds.py target/release/archlint target/release/archlint --fixtures
"""
import argparse, collections, concurrent.futures, difflib, json, os, pathlib, re, shutil
import subprocess, sys, tempfile

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"

# Commands that only read, on the workspace as it is; `sampled` adds those that name its modules.
READS = [
    "check",
    "check --tests",
    "check --format json",
    "check --format sarif",
    "graph --format json --tests --sites",
    "graph --level crate --format dot",
    "graph --format svg",
    "metrics",
    "metrics --level module --format json",
    "rules",
    "rules --format json",
]
# On a workspace in a repository that has a history.
REVISIONS = ["drift HEAD~1..HEAD"]
# On a copy that is put back after each.
WRITES = ["init --force", "baseline --accept-new"]
# On a copy with two commits and a changed work tree.
HISTORY = [
    "drift HEAD~1..HEAD",
    "drift HEAD~1..HEAD --format json --tests",
    "drift HEAD --format markdown",
    "drift --history --format json",
    "drift --coupling --min-support 1 --max-files 1000000",
]
COMMANDS = sorted({line.split()[0] for line in READS + REVISIONS + WRITES + HISTORY} | {"why"})

USE = re.compile(rb"^[ \t]*(pub )?use [^{;\n]*;\n", re.MULTILINE)
SHOWN_LINES, SHOWN_COLUMNS = 20, 200


def environment():
    """The caller's, without what the program or git would heed."""
    heeded = re.compile("CLICOLOR|GITHUB_|GIT_|ARCHLINT_|SOURCE_DATE_EPOCH")
    env = {name: value for name, value in os.environ.items() if not heeded.match(name)}
    commits = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "x"), ("EMAIL", "x"), ("DATE", "2026-01-01T00:00:00Z"))
    }
    no_config = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    # The same day for every run: waivers run out.
    return env | commits | no_config | {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1767225600"}


ENVIRONMENT = environment()


def git(folder, *arguments, may_fail=False):
    done = subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True)
    if done.returncode and not may_fail:
        raise RuntimeError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
    return done


def run(program, folder, arguments):
    done = subprocess.run(
        [program, *arguments, "--no-cache"],
        cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, timeout=600,
    )
    return {"exit code": b"%d\n" % done.returncode, "stdout": done.stdout, "stderr": done.stderr}


def run_and_put_back(program, folder, arguments):
    """As `run`, with the files that the program wrote to the repository, which is then put back."""
    result = run(program, folder, arguments)
    git(folder, "add", "--all", "--force")
    names = git(folder, "diff", "--cached", "--name-only", "-z").stdout.decode().split("\0")[:-1]
    contents = [git(folder, "show", f":{name}", may_fail=True).stdout for name in names]
    result["files"] = b"".join(f"{n}:\n".encode() + text for n, text in zip(names, contents))
    git(folder, "reset", "--hard", "--quiet")
    return result


class Comparison:
    """Of the two programs on one workspace."""

    def __init__(self, programs, only, expected):
        self.programs, self.only, self.expected = programs, only, expected
        self.exits, self.differences = collections.Counter(), []

    def wants(self, command):
        return not self.only or command in self.only

    def compare(self, folder, commands, how=run):
        for arguments in commands:
            if self.wants(arguments[0]):
                old, new = (how(program, folder, arguments) for program in self.programs)
                self.exits[int(old["exit code"])] += 1
                for stream in old:
                    self.hold(f"{' '.join(arguments)}: {stream}", old[stream], new[stream])

    def hold(self, title, old, new):
        if old != new and not title.endswith("exit code"):
            old, new = self.unexpected(old), self.unexpected(new)
        if old != new:
            self.differences.append((title, short_diff(old, new)))

    def unexpected(self, text):
        is_expected = lambda line: any(regex.search(line) for regex in self.expected)
        return b"\n".join(line for line in text.split(b"\n") if not is_expected(line))


def short_diff(old, new):
    """The start of a diff, from the first line that differs: a whole one could take minutes."""
    old, new = (text.decode(errors="backslashreplace").split("\n") for text in (old, new))
    pairs = enumerate(zip(old, new))
    same = next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
    start = max(0, same - 3)
    old, new = old[start : start + 200], new[start : start + 200]
    names = (f"{name}, from line {start + 1}" for name in ("old", "new"))
    diff = list(difflib.unified_diff(old, new, *names, lineterm=""))
    return [shorten(line, old, new) for line in diff[:SHOWN_LINES]]


def shorten(line, old, new):
    """A long line is cut, around its first difference where both sides have one at its place."""
    if len(line) <= SHOWN_COLUMNS:
        return line
    pairs = [(a, b) for a, b in zip(old, new) if a != b and line[1:] in (a, b)]
    same = len(os.path.commonprefix(pairs[0])) if pairs else 0
    start = max(0, same - SHOWN_COLUMNS // 2)
    middle = line[1:][start : start + SHOWN_COLUMNS]
    return f"{line[0]}{'…' if start else ''}{middle}…"


def sampled(program, folder):
    """Commands about the ends of the first and the last dependency among the modules."""
    try:
        graph = json.loads(run(program, folder, ["graph", "--format", "json"])["stdout"])
    except ValueError:
        return []  # cargo cannot read the workspace
    modules = {node["id"]: node for node in graph["nodes"] if node["kind"] == "module"}
    edges = [(edge["from"], edge["to"]) for edge in graph["edges"]]
    edges = [edge for edge in edges if modules.keys() >= set(edge)]
    commands = []
    for a, b in dict.fromkeys(edges[:1] + edges[-1:]):
        commands += [["why", a, b], ["why", b, a, "--format", "json", "--tests"]]
        commands += [["rules", modules[a]["file"]]]
    return commands


def copy_with_history(workspace, folder):
    """A copy with two commits: without every other line-long `use`, and as the workspace is."""
    ignored = shutil.ignore_patterns("target", ".git", "node_modules")
    shutil.copytree(workspace, folder, symlinks=True, ignore=ignored)
    git(folder, "init", "--quiet", "--initial-branch=main")
    # No attribute of the workspace's own may change what a file holds.
    (folder / ".git/info/attributes").write_text("* -text -filter -ident -working-tree-encoding\n")
    whole = drop_uses(folder, 0)
    commit(folder)
    for file, text in whole.items():
        file.write_bytes(text)
    commit(folder)


def drop_uses(folder, remainder):
    """Takes every other line-long `use` from the sources; what the changed files held before."""
    before, count = {}, 0

    def keep(found):
        nonlocal count
        count += 1
        return b"" if count % 2 == remainder else found[0]

    for file in sorted(folder.rglob("*.rs")):
        if file.is_file() and not file.is_symlink():
            text = file.read_bytes()
            changed = USE.sub(keep, text)
            if changed != text:
                before[file] = text
                file.write_bytes(changed)
    return before


def commit(folder):
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "change")


def compare(workspace, programs, only, expected):
    comparison = Comparison(programs, only, expected)
    comparison.compare(workspace, [line.split() for line in READS])
    if comparison.wants("why") or comparison.wants("rules"):
        comparison.compare(workspace, sampled(programs[0], workspace))
    if git(workspace, "rev-parse", "--verify", "HEAD~1", may_fail=True).returncode == 0:
        comparison.compare(workspace, [line.split() for line in REVISIONS])
    if any(comparison.wants(line.split()[0]) for line in WRITES + HISTORY):
        with tempfile.TemporaryDirectory() as temporary:
            copy = pathlib.Path(temporary) / "workspace"
            copy_with_history(workspace, copy)
            comparison.compare(copy, [line.split() for line in WRITES], how=run_and_put_back)
            drop_uses(copy, 1)
            comparison.compare(copy, [line.split() for line in HISTORY])
    return comparison


def fixtures():
    """Folders with a manifest: the topmost, and those with `[workspace]` or a configuration."""
    found = []
    for manifest in sorted(FIXTURES.rglob("Cargo.toml")):
        folder = manifest.parent
        above = [parent for parent in folder.parents if FIXTURES in parent.parents]
        is_topmost = not any((parent / "Cargo.toml").exists() for parent in above)
        has_table = re.search(rb"^\[workspace\b", manifest.read_bytes(), re.MULTILINE)
        is_workspace = is_topmost or has_table or (folder / "archlint.toml").exists()
        if is_workspace and "target" not in folder.relative_to(FIXTURES).parts:
            found.append(folder)
    return found


def report(workspace, comparison):
    runs, differences = sum(comparison.exits.values()), comparison.differences
    exits = ", ".join(f"{code}: {count}" for code, count in sorted(comparison.exits.items()))
    outcome = f"{len(differences)} DIFFERENCES" if differences else "equal"
    print(f"{workspace}: {outcome}, {runs} runs (exit codes {exits})")
    for title, diff in differences:
        print(f"  {title}", *(f"    {line}" for line in diff), sep="\n")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(
        usage=argparse.SUPPRESS,
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("workspaces", nargs="*", metavar="WORKSPACE")
    parser.add_argument("--fixtures", action="store_true")
    parser.add_argument("--only", action="append", choices=COMMANDS, default=[], metavar="COMMAND")
    parser.add_argument("--expect", action="append", default=[], metavar="REGEX")
    asked = parser.parse_intermixed_args()
    programs = [os.path.abspath(program) for program in (asked.old, asked.new)]
    expected = [re.compile(regex.encode()) for regex in asked.expect]
    workspaces = [pathlib.Path(workspace).resolve() for workspace in asked.workspaces]
    workspaces += fixtures() if asked.fixtures else []
    if not workspaces:
        parser.error("no workspace: name some, or give --fixtures")
    one = lambda workspace: compare(workspace, programs, asked.only, expected)
    differences = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for workspace, comparison in zip(workspaces, pool.map(one, workspaces)):
            report(os.path.relpath(workspace), comparison)
            differences += len(comparison.differences)
    print(f"{len(workspaces)} workspaces, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
        print(f"compare_builds.py: {error}", file=sys.stderr)
        sys.exit(2)
