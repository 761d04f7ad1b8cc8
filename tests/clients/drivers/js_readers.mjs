// Reads calendar files with one JavaScript library and prints what it saw, as JSON.
//
// Run by Node in the folder that holds node_modules: node js_readers.mjs READER FILE...
// Instants are seconds since 1970, days are dates.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "index.js"));

const day = (y, m, d) => `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;

function withIcalJs(text) {
  const loaded = require("ical.js");
  const ICAL = loaded.default ?? loaded;
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const moment = (time) => {
    if (time.isDate) return day(time.year, time.month, time.day);
    if (time.zone.tzid === "floating") return `floating ${time}`;
    return time.toUnixTime();
  };
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: moment(event.startDate),
      end: moment(event.endDate),
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      names: component.getAllProperties().map((p) => p.name.toUpperCase()).sort(),
    };
  });
}

function withNodeIcal(text) {
  const ical = require("node-ical");
  const moment = (time) =>
    time.dateOnly
      ? day(time.getFullYear(), time.getMonth() + 1, time.getDate())
      : Math.floor(time.getTime() / 1000);
  return Object.values(ical.sync.parseICS(text))
    .filter((found) => found.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      start: moment(event.start),
      end: moment(event.end),
      status: event.status,
      summary: typeof event.summary === "string" ? event.summary : event.summary.val,
      description: event.description,
      sequence: Number(event.sequence),
      names: Object.keys(event).map((name) => name.toUpperCase()).sort(),
    }));
}

const readers = { "ical.js": withIcalJs, "node-ical": withNodeIcal };
const [reader, ...files] = process.argv.slice(2);
const seen = files.map((file) => readers[reader](readFileSync(file, "utf8")));
process.stdout.write(JSON.stringify(seen));
