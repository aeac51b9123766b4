// Adds the reader's own zone to moments in UTC, where it shows another hour.
for (const time of document.querySelectorAll("time[data-yours]:not([data-told])")) {
  time.dataset.told = "";
  const moment = new Date(time.dateTime);
  if (moment.getTimezoneOffset() === 0) continue;
  const language = document.documentElement.lang || undefined;
  const here = moment.toLocaleString(language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  time.textContent += ` (${time.dataset.yours}: ${here})`;
}
