/* How long a reply can still be changed from here: counted down, and taken away when it is over. */

const language = document.querySelector("main").lang;
const inMinutes = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const MINUTE = 60_000;

function count() {
  for (const time of document.querySelectorAll("[data-until]")) {
    const left = Date.parse(time.dateTime) - Date.now();
    if (left <= 0) {
      time.closest(".own-foot").remove();
    } else {
      time.dataset.time ??= time.textContent;
      time.textContent = `${time.dataset.time} (${inMinutes.format(Math.ceil(left / MINUTE), "minute")})`;
    }
  }
}

count();
setInterval(count, 10_000);
