// Passkeys: creating one, and signing in with one. The device's response goes into
// the form, which is then sent like any other. Without this script, or without
// passkeys, people use passwords.
(() => {
  if (!window.PublicKeyCredential) {
    document.querySelectorAll("[data-way]").forEach((way) => { way.hidden = true; });
    return;
  }
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  // decoded turns the bytes that JSON carries as text back into bytes.
  const decoded = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const c of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) c.id = bytes(c.id);
    return options;
  };

  // encoded writes the device's credential as JSON.
  const encoded = (c) => JSON.stringify({
    id: c.id, rawId: text(c.rawId), type: c.type, clientExtensionResults: c.getClientExtensionResults(),
    authenticatorAttachment: c.authenticatorAttachment ?? undefined,
    response: {
      clientDataJSON: text(c.response.clientDataJSON), attestationObject: text(c.response.attestationObject),
      authenticatorData: text(c.response.authenticatorData), signature: text(c.response.signature),
      userHandle: text(c.response.userHandle), transports: c.response.getTransports?.(),
    },
  });

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const way = form.querySelector("[data-way]");
    if (!way) return;
    const failed = form.querySelector("[data-failed]"), button = way.querySelector("button");
    addEventListener("pageshow", () => { form.elements.passkey.value = ""; });
    button.addEventListener("click", async () => {
      failed.hidden = true;
      try {
        const answer = await fetch(form.dataset.challenge, { method: "POST", headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok) throw answer.status;
        const { publicKey } = await answer.json();
        form.elements.passkey.value = encoded(await navigator.credentials[form.dataset.passkey]({ publicKey: decoded(publicKey) }));
        form.submit();
      } catch {
        failed.hidden = false;
        button.focus();
      }
    });
  });
})();
