"""iCalendar: every DTSTART that the reader decodes is a date and no time.
Arguments: the folder with the exports, graph.json."""
import datetime
import json
import sys
from pathlib import Path

from icalendar import Calendar

folder, graph = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
calendar = Calendar.from_ical((folder / "ics").read_bytes())
wanted = {e["id"]: e for e in graph["events"]}
seen = 0
for part in calendar.walk():
    assert not part.errors, part.errors
    if part.name not in ("VEVENT", "VJOURNAL"):
        continue
    seen += 1
    event = wanted.get(str(part["UID"]).removesuffix("@tieline"))
    if part.name == "VEVENT":
        first, end = part.decoded("DTSTART"), part.decoded("DTEND")
        for day in (first, end):
            assert type(day) is datetime.date, (day, type(day))
        assert first < end
        last = str(end - datetime.timedelta(days=1))
        if event:
            date = event["date"]
            assert str(first) == (date["earliest"] or date["latest"]), (first, date)
            assert last == (date["latest"] or date["earliest"]), (last, date)
            assert str(part["X-TIELINE-EDTF"]) == date["edtf"]
    else:
        assert "DTSTART" not in part
assert seen == len(wanted), f"{seen} of {len(wanted)}"
print(f"{seen} entries, {len(calendar.walk('VEVENT'))} dated")
