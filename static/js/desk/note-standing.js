// Where the dialog of a note stands: below its place in the text, or above it where there is no room;
// on a telephone it is a sheet, which its style sheet places.
const NARROW = matchMedia("(max-width: 47.99rem)");
const GAP = 12; // pixels between the place and the dialog

export function stand(dialog, place) {
  if (NARROW.matches) {
    dialog.style.top = dialog.style.left = "";
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const below = place.bottom + GAP;
  const top = below + height <= innerHeight ? below : Math.max(GAP, place.top - GAP - height);
  dialog.style.top = `${Math.min(top, Math.max(GAP, innerHeight - height - GAP))}px`;
  dialog.style.left = `${Math.max(GAP, Math.min(place.left - width / 3, innerWidth - width - GAP))}px`;
}
