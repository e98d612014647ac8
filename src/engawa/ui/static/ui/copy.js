// Copy, print, save as a picture: for the passphrase that is shown once.
const textOf = (button) => document.getElementById(button.dataset.copy ?? button.dataset.picture)?.innerText.trim() ?? "";
const say = (text) => document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text } }));

async function copy(button) {
  const text = textOf(button);
  try { await navigator.clipboard.writeText(text); } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  say(button.dataset.says ?? "");
}

/** Draws the words on a sheet of paper, one below the other, and lets the browser keep it. */
function picture(button) {
  const words = textOf(button).split(/[\s・、,]+/u).filter(Boolean);
  const canvas = Object.assign(document.createElement("canvas"), { width: 720, height: 220 + words.length * 76 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#faf6ee";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#8a5a34";
  pen.fillRect(60, 112, 600, 4);
  pen.textAlign = "center";
  pen.font = "500 34px 'Hiragino Mincho ProN','Yu Mincho','Noto Serif CJK JP',serif";
  pen.fillText(button.dataset.heading ?? "", 360, 82);
  pen.fillStyle = "#2b2a27";
  pen.font = "600 46px 'Hiragino Sans','Yu Gothic UI','Noto Sans CJK JP',sans-serif";
  words.forEach((word, place) => pen.fillText(word, 360, 190 + place * 76));
  canvas.toBlob((blob) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: button.dataset.file ?? "engawa.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say(button.dataset.says ?? "");
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-picture], [data-print]");
  if (!button) return;
  if (button.dataset.copy) copy(button);
  else if (button.dataset.picture) picture(button);
  else window.print();
});
