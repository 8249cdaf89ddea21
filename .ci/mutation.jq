# A mutation report as lines of: whether a test noticed (caught, slow, missed), tab, line of the source, tab, "file: before ~> after".
def squeeze: gsub("\\s+"; " ") | ltrimstr(" ") | rtrimstr(" ") | .[:100];
# What stands in the source at the place of a mutant.
def before($lines): .location as {start: $from, end: $to}
  | if $from.line == $to.line then $lines[$from.line - 1][$from.column - 1:$to.column - 1]
    else [$lines[$from.line - 1][$from.column - 1:], $lines[$from.line:$to.line - 1][], $lines[$to.line - 1][:$to.column - 1]] | join(" ")
    end | squeeze;
{Killed: "caught", Timeout: "slow", Survived: "missed", NoCoverage: "missed"} as $words
| .files | to_entries[] | (.key | split("/") | last) as $file | (.value.source | split("\n")) as $lines | .value.mutants[]
| select($words[.status])
| "\($words[.status])\t\(.location.start.line)\t\($file): \(before($lines)) ~> \(.replacement | squeeze)"
