// Shows the progress of an upload. Without this script the browser sends the same
// form, and gets the same pages.
(() => {
  "use strict";

  const chosen = (form) => {
    const field = form.querySelector("input[data-upload]");
    return field && field.files.length > 0 ? field : null;
  };

  // A file that is too large is refused before it is sent.
  const check = (field) => {
    const large = [...field.files].find((file) => file.size > Number(field.dataset.limit));
    field.setCustomValidity(large ? field.dataset.large.replace("%name%", large.name) : "");
    return field.reportValidity();
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-upload]")) check(event.target);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const field = chosen(form);
    if (!field || event.defaultPrevented) return;
    event.preventDefault();
    if (check(field) && !form.dataset.sending) send(form, field, event.submitter);
  });

  const send = (form, field, button) => {
    const data = new FormData(form, button);
    const box = form.querySelector(".progress");
    const bar = form.querySelector("progress");
    const status = form.querySelector("#uploaded");
    const request = new XMLHttpRequest();
    form.dataset.sending = "yes";
    box.hidden = false;
    let told = -1;
    // Screen readers hear each quarter; the bar shows every step.
    const tell = (part) => {
      bar.value = part * 100;
      const quarter = Math.floor(part * 4);
      if (quarter === told) return;
      told = quarter;
      status.textContent = part < 1 ? field.dataset.percent.replace("%percent%", quarter * 25) : field.dataset.checking;
    };
    request.upload.addEventListener("progress", (e) => { if (e.lengthComputable) tell(e.loaded / e.total); });
    request.addEventListener("load", () => arrive(form, field, request));
    for (const trouble of ["error", "abort", "timeout"]) {
      request.addEventListener(trouble, () => {
        rest(form);
        status.textContent = field.dataset.interrupted;
      });
    }
    tell(0);
    request.open("POST", form.action);
    request.send(data);
  };

  const rest = (form) => {
    delete form.dataset.sending;
    form.querySelector(".progress").hidden = true;
    dispatchEvent(new Event("pageshow")); // the script that saves drafts goes on
  };

  // After a sign-out only the words are sent: they survive the way through signing
  // in, files would not.
  const arrive = (form, field, request) => {
    if (request.status === 401) {
      field.value = "";
      form.submit();
    } else {
      show(request.responseURL, request.responseText);
    }
  };

  // The response carries a notice that is shown once, so it is displayed as it is
  // and not requested again. Its scripts start afresh.
  const show = (address, text) => {
    if (address !== location.href) history.pushState(null, "", address);
    document.open();
    document.write(text);
    document.close();
  };
})();
