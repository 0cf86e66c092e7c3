// Select2 names its boxes by what was chosen in them, if anything. This puts the field's label before that.

function name(select) {
  const box = select.nextElementSibling?.querySelector("[role=combobox]");
  const chosen = box?.querySelector("[role=textbox]");
  const [label] = select.labels;
  if (!chosen || !label) return;
  label.id ||= `${select.id}-label`;
  for (const part of [box, chosen]) part.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
}

// In jQuery's queue, behind Django's own script that draws them.
window.django.jQuery(() => document.querySelectorAll("select.admin-autocomplete").forEach(name));
