/** Asks before a form with unsaved changes is left. */
export function warnBeforeLeaving() {
  for (const form of document.querySelectorAll('form[data-unsaved]')) {
    let saving = false;
    form.addEventListener('submit', () => {
      saving = true;
    });
    addEventListener('beforeunload', (event) => {
      if (!saving && isChanged(form)) event.preventDefault();
    });
    // A page that comes back from the browser's cache can be changed again.
    addEventListener('pageshow', () => {
      saving = false;
    });
  }
}

/** A form that came back with errors holds changes from the start. */
function isChanged(form) {
  return (
    form.dataset.unsaved === 'true' || [...form.elements].some(isChangedField)
  );
}

function isChangedField(field) {
  if (field.type === 'checkbox' || field.type === 'radio')
    return field.checked !== field.defaultChecked;
  if (field.type === 'file') return field.files.length > 0;
  return 'defaultValue' in field && field.value !== field.defaultValue;
}
