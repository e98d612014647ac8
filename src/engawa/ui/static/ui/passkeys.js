// A passkey that did not come (called off, none on this device, no network) is said in words: allauth only writes it to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const text = document.querySelector("[data-passkey-failed]").dataset.passkeyFailed;
  document.dispatchEvent(new CustomEvent("engawa:toast", { detail: { text, tone: "wait" } }));
});
