//! The examples under the help of every command.

pub(super) const BUILD: &str = "\
Examples:
  tieline build articles
  tieline build articles --out report
  tieline build articles --watch
  tieline build talk.txt --date 2017-06-26
  tieline build articles --date 'talk.txt=2017-06'
  tieline build export.csv --map title=HEADLINE,text=BODY,published=DAY
  curl https://example.org/feed.xml | tieline build -";

pub(super) const TIMELINE: &str = "\
Examples:
  tieline timeline --since 2017 --until 2017-06
  tieline timeline --actor lindqvist --type meet --long
  tieline timeline --json | jq '.events[].title'";

pub(super) const MET: &str = "\
Examples:
  tieline met lindqvist
  tieline met lindqvist ortega --since 2016 --planned";

pub(super) const PATH: &str = "\
Examples:
  tieline path lindqvist nordwind
  tieline path lindqvist nordwind --in-time-order --since 2016
  tieline path lindqvist nordwind --max-hops 2 --json

A chain is in order of time when days can be chosen, one inside each event's bounds, that never go
back; an event that may also lie before the one above it is marked.";

pub(super) const DIAGRAM: &str = "\
Examples:
  tieline diagram -o ties.svg
  tieline diagram -o ties.png --scale 2 --theme dark
  tieline diagram --around lindqvist --hops 2 --since 2016 -o around.svg
  tieline diagram --layout actors --color-by community -o circles.svg
  tieline diagram --layout matrix --type meet --type visit -o matrix.svg
  tieline diagram | dot -Tpdf -o ties.pdf";

pub(super) const SHOW: &str = "\
Examples:
  tieline show lindqvist
  tieline show e4f2a81c07 --json";

pub(super) const SEARCH: &str = "\
Examples:
  tieline search fisheries treaty
  tieline search '\"prime minister\" sign*' -n 50
  tieline search 'treaty -draft' --json

Case and accents do not matter. Each sentence comes with the ids of the events that it tells, for
`tieline show`.";

pub(super) const DIFF: &str = "\
Examples:
  tieline build articles && tieline diff
  tieline diff --json | jq '.changes[] | select(.kind == \"event date\")'

An event that is now told under another id by the same word of the same article is the same event.";

pub(super) const ACTORS: &str = "\
Examples:
  tieline actors --kind organization
  tieline actors --json | jq -r '.actors[].name'";

pub(super) const ARTICLES: &str = "\
Examples:
  tieline articles --long
  tieline articles --json";

pub(super) const EXPORT: &str = "\
Examples:
  tieline export --format json -o graph.json
  tieline export --format csv -o tables";

pub(super) const CURATE: &str = "\
Examples:
  tieline curate same lindqvist 'A. Lindqvist'
  tieline curate different 'Jon Berg' 'Jonas Berg' --note 'father and son'
  tieline curate different 'Jon Berg@oslo.txt' 'Jon Berg@vienna.txt'
  tieline curate rename nordwind 'Nordwind Energy AS'
  tieline curate date e4f2a81c07 2021-03-04
  tieline curate reject e4f2a81c07
  tieline curate list
  tieline curate undo

Corrections are kept in curation.toml beside the database, applied at every build, and may be edited
by hand; `tieline curate apply` then brings the database up to date. NAME@ARTICLE names the one whom
an article means, where several bear a name.";

pub(super) const CURATE_ADD: &str = "\
Examples:
  tieline curate add meet --who participant=lindqvist --who participant=alvarez --date 2021-05 \\
    --source oslo.txt --quote 'Lindqvist and Alvarez met again in May.'
  tieline curate add acquire --who buyer=nordwind --who 'acquired=Sund AS' \\
    --new 'Sund AS=organization' --source https://example.org/a --quote 'Nordwind bought Sund AS.'";

pub(super) const REVIEW: &str = "\
Examples:
  tieline review
  tieline review --list --json
  printf 'y\\nn\\nq\\n' | tieline review

Each question takes one letter and Enter. What is answered is kept at once, so that you may leave at
any time; nothing is asked twice.";

pub(super) const ANALYZE: &str = "\
Examples:
  tieline analyze talk.txt --layer times
  tieline analyze articles --layer all --format jsonl";

pub(super) const TYPES: &str = "\
Examples:
  tieline types
  tieline types check own-types.toml";

pub(super) const COMPLETIONS: &str = "\
Examples:
  tieline completions bash > ~/.local/share/bash-completion/completions/tieline
  tieline completions zsh > ~/.zfunc/_tieline
  tieline completions fish > ~/.config/fish/completions/tieline.fish";

pub(super) const MAN: &str = "\
Examples:
  tieline man | man -l -
  tieline man --out ~/.local/share/man/man1";
